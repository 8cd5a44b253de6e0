CREATE OR REPLACE TEMP TABLE erased_subjects AS
SELECT subject_no
FROM subjects
WHERE person = GETVARIABLE('person');

CREATE OR REPLACE TEMP TABLE erased_conversations AS
SELECT conversation_no
FROM conversations
WHERE subject_no IN (FROM erased_subjects);

-- Rows of these conversations that name nobody stand under the conversation's own id.
INSERT INTO erased_subjects
SELECT s.subject_no
FROM conversations AS c
JOIN subjects AS s ON s.subject = CONCAT('h:conversation:', c.conversation)
WHERE c.conversation_no IN (FROM erased_conversations)
  AND s.subject_no NOT IN (FROM erased_subjects);

CREATE OR REPLACE TEMP TABLE erased_messages AS
SELECT message_no
FROM turns
WHERE conversation_no IN (FROM erased_conversations);
