-- Rows that name nobody stand under the conversation's own id, `nobody`.
CREATE OR REPLACE TEMP TABLE touched_ids AS
SELECT conversation, s.subject_no AS nobody
FROM (
  SELECT DISTINCT conversation
  FROM messages
  WHERE row_no > GETVARIABLE('through') AND conversation IS NOT NULL)
LEFT JOIN subjects AS s ON s.subject = CONCAT('h:conversation:', conversation);

CREATE OR REPLACE TEMP TABLE touched_runs AS
SELECT DISTINCT subject_no, COALESCE(channel, '') AS channel
FROM messages
WHERE row_no > GETVARIABLE('through') AND conversation IS NULL
  AND subject_no IS NOT NULL AND time IS NOT NULL;

-- One row an id: its only customer, if there is one, and the number it has then. Computed here, so
-- that rows of one customer, which is nearly all, need no hash of their own.
CREATE OR REPLACE TEMP TABLE touched_talks AS
WITH owners AS (
  SELECT conversation, ANY_VALUE(nobody) AS nobody, MIN(NULLIF(subject_no, nobody)) AS least,
    MAX(NULLIF(subject_no, nobody)) AS most
  FROM messages
  JOIN touched_ids USING (conversation)
  GROUP BY conversation
), usual AS (
  SELECT conversation, nobody,
    COALESCE(CASE WHEN least = most THEN least END, nobody) AS usual_subject
  FROM owners
)
SELECT conversation, nobody, usual_subject,
  MD5_NUMBER_LOWER(CONCAT_WS(CHR(31), 'id', conversation, COALESCE(s.subject, ''))) AS usual_number
FROM usual
LEFT JOIN subjects AS s ON s.subject_no = usual_subject;

-- Where each message belongs: by the company's conversation id and the customer; else by customer,
-- channel and silence; else alone. The number is a hash of what identifies the conversation.
CREATE OR REPLACE TEMP TABLE placed AS
WITH owned AS (
  SELECT row_no, COALESCE(NULLIF(subject_no, nobody), usual_subject) AS subject_no, conversation,
    channel, time, line, key_high, key_low, usual_subject, usual_number
  FROM messages
  JOIN touched_talks USING (conversation)
), marked AS (
  SELECT m.row_no, m.subject_no, m.channel, m.time, m.line, m.key_high, m.key_low,
    CASE WHEN m.time - LAG(m.time) OVER run <= TO_MINUTES(GETVARIABLE('gap_minutes'))
      THEN NULL ELSE m.time END AS begins
  FROM messages AS m
  SEMI JOIN touched_runs AS r
    ON m.subject_no = r.subject_no AND COALESCE(m.channel, '') = r.channel
  WHERE m.conversation IS NULL AND m.time IS NOT NULL
  WINDOW run AS (
    PARTITION BY m.subject_no, COALESCE(m.channel, '')
    ORDER BY m.time, m.line, m.key_high, m.key_low)
), by_gap AS (
  SELECT row_no, subject_no, channel, time, line, key_high, key_low,
    MAX(begins) OVER (
      PARTITION BY subject_no, COALESCE(channel, '')
      ORDER BY time, line, key_high, key_low) AS begun
  FROM marked
), alone AS (
  SELECT row_no, subject_no, channel, time, line, key_high, key_low
  FROM messages
  WHERE row_no > GETVARIABLE('through') AND conversation IS NULL
    AND (subject_no IS NULL OR time IS NULL)
), numbered AS (
  SELECT row_no, subject_no, channel, time, line, key_high, key_low,
    CASE WHEN subject_no IS NOT DISTINCT FROM usual_subject THEN usual_number
      ELSE MD5_NUMBER_LOWER(CONCAT_WS(CHR(31), 'id', conversation, COALESCE(subject, '')))
      END AS number
  FROM owned
  LEFT JOIN subjects USING (subject_no)
  UNION ALL
  SELECT row_no, subject_no, channel, time, line, key_high, key_low,
    MD5_NUMBER_LOWER(
      CONCAT_WS(CHR(31), 'gap', subject, COALESCE(channel, ''), EPOCH_MS(begun)))
  FROM by_gap
  JOIN subjects USING (subject_no)
  UNION ALL
  SELECT row_no, subject_no, channel, time, line, key_high, key_low,
    MD5_NUMBER_LOWER(CONCAT_WS(CHR(31), 'alone', key_high, key_low))
  FROM alone
)
SELECT (number >> 1)::BIGINT AS conversation_no, * EXCLUDE (number)
FROM numbered;

CREATE OR REPLACE TEMP TABLE replaced AS
SELECT DISTINCT conversation_no
FROM turns
SEMI JOIN placed ON placed.row_no = turns.message_no;

DELETE FROM turns
WHERE conversation_no IN (FROM replaced);

DELETE FROM conversations
WHERE conversation_no IN (FROM replaced);

INSERT INTO conversations
SELECT p.conversation_no, p.subject_no, m.conversation, p.channel, p.started, p.ended, p.messages,
  p.digest
FROM (
  SELECT conversation_no, ANY_VALUE(subject_no) AS subject_no, MIN(row_no) AS first_row,
    MIN(channel) AS channel, MIN(time) AS started, MAX(time) AS ended, COUNT(*) AS messages,
    BIT_XOR(key_low) AS digest
  FROM placed
  GROUP BY conversation_no) AS p
JOIN messages AS m ON m.row_no = p.first_row
ORDER BY p.subject_no, p.started, p.conversation_no;

INSERT INTO turns
SELECT p.conversation_no,
  ROW_NUMBER() OVER (
    PARTITION BY p.conversation_no
    ORDER BY p.time NULLS FIRST, p.line, p.key_high, p.key_low) - 1 AS turn_no,
  p.row_no
FROM placed AS p
JOIN conversations AS c USING (conversation_no)
ORDER BY c.subject_no, c.started, p.conversation_no, turn_no;

CREATE OR REPLACE TEMP TABLE vanished AS
SELECT conversation_no
FROM replaced
ANTI JOIN conversations USING (conversation_no);

INSERT INTO stale_subjects
SELECT DISTINCT subject_no
FROM evidence
SEMI JOIN vanished USING (conversation_no)
WHERE subject_no IS NOT NULL
ORDER BY subject_no;

DELETE FROM readings
WHERE conversation_no IN (FROM vanished);

DELETE FROM evidence
WHERE conversation_no IN (FROM vanished);

DELETE FROM expectations
WHERE conversation_no IN (FROM vanished);

DELETE FROM promise_words
WHERE conversation_no IN (FROM vanished);
