CREATE OR REPLACE MACRO local_time(moment) AS
  moment::TIMESTAMP + TO_MINUTES((SELECT value::INTEGER FROM meta WHERE name = 'zone_minutes'));

CREATE OR REPLACE MACRO quote(message, first_byte, end_byte) AS
  CASE WHEN end_byte > first_byte THEN DECODE(ENCODE(message)[first_byte + 1:end_byte]) END;

CREATE OR REPLACE MACRO plain_id(subject) AS
  SUBSTRING(subject, 3);

CREATE OR REPLACE VIEW v_customers AS
WITH people AS (
  SELECT person, COUNT(*) AS ids
  FROM subjects
  GROUP BY person
), talks AS (
  SELECT person, COUNT(*) AS conversations, SUM(messages)::BIGINT AS messages,
    MIN(started) AS first_contact, MAX(ended) AS last_contact,
    STRING_AGG(DISTINCT channel, ', ' ORDER BY channel) AS channels
  FROM conversations
  JOIN subjects USING (subject_no)
  GROUP BY person
), purchases AS (
  SELECT person, COUNT(DISTINCT COALESCE(order_id, row_no::VARCHAR)) AS orders,
    SUM(amount)::DECIMAL(38, 4) AS amount, MAX(time) AS last_order
  FROM orders
  JOIN subjects USING (subject_no)
  GROUP BY person
), registered AS (
  SELECT person, ARG_MIN(c.name, row_no) AS name, ARG_MIN(c.region, row_no) AS region,
    ARG_MIN(c.kind, row_no) AS kind, ARG_MIN(c.level, row_no) AS level
  FROM customers AS c
  JOIN subjects USING (subject_no)
  GROUP BY person
)
SELECT plain_id(s.subject) AS customer, r.name, r.region, r.kind, r.level, p.ids,
  COALESCE(t.conversations, 0) AS conversations, COALESCE(t.messages, 0) AS messages,
  t.channels, local_time(t.first_contact) AS first_contact,
  local_time(t.last_contact) AS last_contact, COALESCE(b.orders, 0) AS orders, b.amount,
  local_time(b.last_order) AS last_order
FROM people AS p
JOIN subjects AS s ON s.subject_no = p.person
LEFT JOIN talks AS t ON t.person = p.person
LEFT JOIN purchases AS b ON b.person = p.person
LEFT JOIN registered AS r ON r.person = p.person
WHERE t.conversations IS NOT NULL OR NOT STARTS_WITH(s.subject, 'h:conversation:');
COMMENT ON VIEW v_customers IS 'one row a person: who, how often in contact, what bought';
COMMENT ON COLUMN v_customers.customer
  IS 'the id that stands for the person: a customer id, or channel:handle';
COMMENT ON COLUMN v_customers.name IS 'from the customers table';
COMMENT ON COLUMN v_customers.region IS 'from the customers table';
COMMENT ON COLUMN v_customers.kind IS 'from the customers table';
COMMENT ON COLUMN v_customers.level IS 'from the customers table';
COMMENT ON COLUMN v_customers.ids IS 'how many ids and handles were found to be this person';
COMMENT ON COLUMN v_customers.conversations IS 'how many';
COMMENT ON COLUMN v_customers.messages IS 'how many, both sides';
COMMENT ON COLUMN v_customers.channels IS 'channels used, sorted';
COMMENT ON COLUMN v_customers.first_contact IS 'time of the first message';
COMMENT ON COLUMN v_customers.last_contact IS 'time of the last message';
COMMENT ON COLUMN v_customers.orders IS 'how many';
COMMENT ON COLUMN v_customers.amount IS 'sum of orders.amount, whatever the currency';
COMMENT ON COLUMN v_customers.last_order IS 'time of the last order';

CREATE OR REPLACE VIEW v_portraits AS
SELECT plain_id(s.subject) AS customer, p.construct, p.state, p.said, p.p AS probability, p.weight,
  p.n AS signals, p.episodes, p.trend, p.first_day, p.last_day, p.as_of, p.card
FROM portraits AS p
JOIN subjects AS s ON s.subject_no = p.person;
COMMENT ON VIEW v_portraits
  IS 'what can be said about each person, one row for each construct and state';
COMMENT ON COLUMN v_portraits.customer IS 'as in v_customers';
COMMENT ON COLUMN v_portraits.construct IS 'id of the construct';
COMMENT ON COLUMN v_portraits.state IS 'id of the state';
COMMENT ON COLUMN v_portraits.said IS 'false: not enough ground to say anything';
COMMENT ON COLUMN v_portraits.probability IS 'calibrated; null where nothing is said';
COMMENT ON COLUMN v_portraits.weight IS 'weight of evidence, nats';
COMMENT ON COLUMN v_portraits.signals IS 'how many signals';
COMMENT ON COLUMN v_portraits.episodes IS 'in how many conversations and acts';
COMMENT ON COLUMN v_portraits.trend IS 'change of late against before';
COMMENT ON COLUMN v_portraits.first_day IS 'first day with evidence';
COMMENT ON COLUMN v_portraits.last_day IS 'last day with evidence';
COMMENT ON COLUMN v_portraits.as_of IS 'the day the portrait was made for';
COMMENT ON COLUMN v_portraits.card IS 'version of the card';

CREATE OR REPLACE VIEW v_readings AS
SELECT plain_id(s.subject) AS customer, r.conversation_no, c.conversation, c.channel,
  local_time(c.started) AS started, r.lang, r.sentiment, r.emotion, r.emotion_p, r.motive,
  r.motive_p, r.need, r.need_p, r.stage, r.stage_p, r.satisfaction, r.escalation, r.urgency,
  r.model, r.cards
FROM readings AS r
JOIN conversations AS c USING (conversation_no)
LEFT JOIN subjects AS o ON o.subject_no = c.subject_no
LEFT JOIN subjects AS s ON s.subject_no = o.person;
COMMENT ON VIEW v_readings IS 'what each conversation says, one row a conversation';
COMMENT ON COLUMN v_readings.customer IS 'as in v_customers; null if nobody knows';
COMMENT ON COLUMN v_readings.conversation_no IS 'number of the conversation';
COMMENT ON COLUMN v_readings.conversation IS 'the id the company gave';
COMMENT ON COLUMN v_readings.channel IS 'channel';
COMMENT ON COLUMN v_readings.started IS 'time of the first message';
COMMENT ON COLUMN v_readings.lang IS 'zh or en';
COMMENT ON COLUMN v_readings.sentiment IS '-1 to 1';
COMMENT ON COLUMN v_readings.emotion IS 'the emotion that marks the conversation';
COMMENT ON COLUMN v_readings.emotion_p IS 'its probability';
COMMENT ON COLUMN v_readings.motive IS 'the most probable motive';
COMMENT ON COLUMN v_readings.motive_p IS 'its probability';
COMMENT ON COLUMN v_readings.need IS 'the most probable need';
COMMENT ON COLUMN v_readings.need_p IS 'its probability';
COMMENT ON COLUMN v_readings.stage IS 'the most probable stage of the decision';
COMMENT ON COLUMN v_readings.stage_p IS 'its probability';
COMMENT ON COLUMN v_readings.satisfaction IS 'expected value, -2 to 2';
COMMENT ON COLUMN v_readings.escalation IS 'expected level, 0 to 2';
COMMENT ON COLUMN v_readings.urgency IS 'expected level, 0 to 2';
COMMENT ON COLUMN v_readings.model IS 'name and version of the model';
COMMENT ON COLUMN v_readings.cards IS 'version of the cards and cues';

CREATE OR REPLACE VIEW v_expectations AS
SELECT plain_id(s.subject) AS customer, e.conversation_no, e.aspect, e.kind, e.status, e.promised,
  e.due, e.p AS probability, quote(m.text, e.span_begin, e.span_end) AS quote,
  local_time(m.time) AS time, e.norm, e.content_zh, e.content_en
FROM expectations AS e
LEFT JOIN messages AS m ON m.row_no = e.event_no
LEFT JOIN subjects AS o ON o.subject_no = e.subject_no
LEFT JOIN subjects AS s ON s.subject_no = o.person;
COMMENT ON VIEW v_expectations
  IS 'what customers expect, what they were promised, and what became of it';
COMMENT ON COLUMN v_expectations.customer IS 'as in v_customers; null if nobody knows';
COMMENT ON COLUMN v_expectations.conversation_no IS 'number of the conversation';
COMMENT ON COLUMN v_expectations.aspect IS 'PRI, FUN, REL, SPD, ...';
COMMENT ON COLUMN v_expectations.kind IS 'explicit or implicit';
COMMENT ON COLUMN v_expectations.status IS 'open, met, unmet or exceeded';
COMMENT ON COLUMN v_expectations.promised IS 'whether the company promised it';
COMMENT ON COLUMN v_expectations.due IS 'by when, where a time was said';
COMMENT ON COLUMN v_expectations.probability IS 'probability that it is expected';
COMMENT ON COLUMN v_expectations.quote IS 'the words';
COMMENT ON COLUMN v_expectations.time IS 'when they were said';
COMMENT ON COLUMN v_expectations.norm IS 'pack and id of the norm that says what is expected';
COMMENT ON COLUMN v_expectations.content_zh IS 'what the norm expects, in Chinese';
COMMENT ON COLUMN v_expectations.content_en IS 'what the norm expects, in English';

CREATE OR REPLACE VIEW v_evidence AS
SELECT plain_id(s.subject) AS customer, e.construct, e.state, e.day, e.micro_nats / 1e6 AS nats,
  e.n AS signals, e.source, e.card, e.event_table, e.event_no, e.conversation_no, e.turn_no,
  quote(m.text, e.span_begin, e.span_end) AS quote, m.channel, local_time(m.time) AS time, e.act
FROM evidence AS e
LEFT JOIN messages AS m ON m.row_no = e.event_no AND e.event_table = 'messages'
LEFT JOIN subjects AS o ON o.subject_no = e.subject_no
LEFT JOIN subjects AS s ON s.subject_no = o.person;
COMMENT ON VIEW v_evidence IS 'the grounds of every portrait, with the words they rest on';
COMMENT ON COLUMN v_evidence.customer IS 'as in v_customers; null if nobody knows';
COMMENT ON COLUMN v_evidence.construct IS 'id of the construct';
COMMENT ON COLUMN v_evidence.state IS 'id of the state';
COMMENT ON COLUMN v_evidence.day IS 'the day it refers to';
COMMENT ON COLUMN v_evidence.nats IS 'weight; negative speaks against';
COMMENT ON COLUMN v_evidence.signals IS 'how many signals this row counts';
COMMENT ON COLUMN v_evidence.source IS 'model, cue or act';
COMMENT ON COLUMN v_evidence.card IS 'version of the card that gave the weight';
COMMENT ON COLUMN v_evidence.event_table IS 'table of the row it rests on';
COMMENT ON COLUMN v_evidence.event_no IS 'row_no in that table';
COMMENT ON COLUMN v_evidence.conversation_no IS 'number of the conversation';
COMMENT ON COLUMN v_evidence.turn_no IS 'position in the conversation';
COMMENT ON COLUMN v_evidence.quote IS 'the words';
COMMENT ON COLUMN v_evidence.channel IS 'where they were said';
COMMENT ON COLUMN v_evidence.time IS 'when they were said';
COMMENT ON COLUMN v_evidence.act IS 'of what was done: the kind of act; null for words';

CREATE OR REPLACE VIEW v_conversations AS
SELECT plain_id(s.subject) AS customer, c.conversation_no, c.conversation, c.channel,
  local_time(c.started) AS started, local_time(c.ended) AS ended, c.messages
FROM conversations AS c
LEFT JOIN subjects AS o ON o.subject_no = c.subject_no
LEFT JOIN subjects AS s ON s.subject_no = o.person;
COMMENT ON VIEW v_conversations IS 'one row a conversation';
COMMENT ON COLUMN v_conversations.customer IS 'as in v_customers; null if nobody knows';
COMMENT ON COLUMN v_conversations.conversation_no IS 'number of the conversation';
COMMENT ON COLUMN v_conversations.conversation
  IS 'the id the company gave; null when found by a gap';
COMMENT ON COLUMN v_conversations.channel IS 'channel of its messages; the first in the alphabet of several';
COMMENT ON COLUMN v_conversations.started IS 'time of the first message';
COMMENT ON COLUMN v_conversations.ended IS 'time of the last message';
COMMENT ON COLUMN v_conversations.messages IS 'how many messages';

CREATE OR REPLACE VIEW v_messages AS
SELECT plain_id(s.subject) AS customer, t.conversation_no, t.turn_no, m.row_no AS message_no,
  local_time(m.time) AS time, m.channel,
  CASE m.speaker WHEN 1 THEN 'agent' WHEN 2 THEN 'bot' ELSE 'customer' END AS speaker, m.text
FROM turns AS t
JOIN messages AS m ON m.row_no = t.message_no
JOIN conversations AS c USING (conversation_no)
LEFT JOIN subjects AS o ON o.subject_no = c.subject_no
LEFT JOIN subjects AS s ON s.subject_no = o.person;
COMMENT ON VIEW v_messages IS 'every message, with personal data masked';
COMMENT ON COLUMN v_messages.customer IS 'as in v_customers; null if nobody knows';
COMMENT ON COLUMN v_messages.conversation_no IS 'number of the conversation';
COMMENT ON COLUMN v_messages.turn_no IS 'position in the conversation';
COMMENT ON COLUMN v_messages.message_no IS 'row_no in the messages table';
COMMENT ON COLUMN v_messages.time IS 'when it was said';
COMMENT ON COLUMN v_messages.channel IS 'where it was said';
COMMENT ON COLUMN v_messages.speaker IS 'customer, agent or bot';
COMMENT ON COLUMN v_messages.text IS 'the text';

CREATE OR REPLACE VIEW tally AS
SELECT subject_no, construct, state, day, SUM(micro_nats)::BIGINT AS micro_nats,
  SUM(n)::BIGINT AS n
FROM evidence
WHERE subject_no IS NOT NULL
GROUP BY ALL
HAVING SUM(micro_nats) <> 0 OR SUM(n) <> 0;
COMMENT ON VIEW tally IS 'evidence summed: nothing but SUM and GROUP BY';
COMMENT ON COLUMN tally.subject_no IS 'whom it is about';
COMMENT ON COLUMN tally.construct IS 'id of the construct';
COMMENT ON COLUMN tally.state IS 'id of the state; * counts how often the construct was looked at';
COMMENT ON COLUMN tally.day IS 'the day';
COMMENT ON COLUMN tally.micro_nats IS 'sum of the weights';
COMMENT ON COLUMN tally.n IS 'sum of the counts';

CREATE OR REPLACE VIEW v_tally AS
SELECT plain_id(s.subject) AS id, t.construct, t.state, t.day, t.micro_nats, t.n
FROM tally AS t
JOIN subjects AS s USING (subject_no);
COMMENT ON VIEW v_tally IS 'the sums that every portrait is read from, before people are linked';
COMMENT ON COLUMN v_tally.id IS 'customer id, or channel:handle';
COMMENT ON COLUMN v_tally.construct IS 'id of the construct';
COMMENT ON COLUMN v_tally.state IS 'id of the state; * counts how often the construct was looked at';
COMMENT ON COLUMN v_tally.day IS 'the day';
COMMENT ON COLUMN v_tally.micro_nats IS 'sum of the weights, millionths of a nat';
COMMENT ON COLUMN v_tally.n IS 'sum of the counts';

CREATE OR REPLACE VIEW v_preferences AS
SELECT plain_id(s.subject) AS customer, p.measure, p.about, p.value, p.low, p.high, p.n, p.as_of
FROM preferences AS p
JOIN subjects AS s ON s.subject_no = p.person;
COMMENT ON VIEW v_preferences IS 'what each person prefers by what was bought, with intervals';
COMMENT ON COLUMN v_preferences.customer IS 'as in v_customers';
COMMENT ON COLUMN v_preferences.measure IS 'discount_share, price_sensitivity, brand_share, ...';
COMMENT ON COLUMN v_preferences.about IS 'the brand or category it is about';
COMMENT ON COLUMN v_preferences.value IS 'the figure';
COMMENT ON COLUMN v_preferences.low IS 'lower end of its 95 % interval';
COMMENT ON COLUMN v_preferences.high IS 'upper end';
COMMENT ON COLUMN v_preferences.n IS 'how many orders, lines or looks it rests on';
COMMENT ON COLUMN v_preferences.as_of IS 'the last day that counts';

CREATE OR REPLACE VIEW v_said_did AS
SELECT plain_id(s.subject) AS customer, d.rule, d.p AS probability, d.construct, d.state,
  d.said_p AS said_probability, d.measure, d.value, d.low, d.high, d.n, d.as_of
FROM said_did AS d
JOIN subjects AS s ON s.subject_no = d.person;
COMMENT ON VIEW v_said_did IS 'where the words and the acts of a person part';
COMMENT ON COLUMN v_said_did.customer IS 'as in v_customers';
COMMENT ON COLUMN v_said_did.rule IS 'id of the rule in plays/said_did.tsv';
COMMENT ON COLUMN v_said_did.probability IS 'that both sides hold';
COMMENT ON COLUMN v_said_did.construct IS 'of the words';
COMMENT ON COLUMN v_said_did.state IS 'of the words';
COMMENT ON COLUMN v_said_did.said_probability IS 'of what the words say, or leave out';
COMMENT ON COLUMN v_said_did.measure IS 'what the acts are measured by';
COMMENT ON COLUMN v_said_did.value IS 'the figure';
COMMENT ON COLUMN v_said_did.low IS 'lower end of its 95 % interval';
COMMENT ON COLUMN v_said_did.high IS 'upper end';
COMMENT ON COLUMN v_said_did.n IS 'how many acts it rests on';
COMMENT ON COLUMN v_said_did.as_of IS 'the last day that counts';
