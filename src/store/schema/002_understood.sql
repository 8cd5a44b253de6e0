CREATE TABLE readings (
  conversation_no BIGINT NOT NULL,
  subject_no BIGINT,
  day DATE,
  digest UBIGINT NOT NULL,
  model VARCHAR NOT NULL,
  cards VARCHAR NOT NULL,
  lang VARCHAR NOT NULL,
  sentiment DOUBLE,
  emotion VARCHAR,
  emotion_p DOUBLE,
  motive VARCHAR,
  motive_p DOUBLE,
  need VARCHAR,
  need_p DOUBLE,
  stage VARCHAR,
  stage_p DOUBLE,
  satisfaction DOUBLE,
  escalation DOUBLE,
  urgency DOUBLE,
  detail VARCHAR
);
COMMENT ON TABLE readings
  IS 'what the words of a conversation say: one row a conversation; can be made again';
COMMENT ON COLUMN readings.conversation_no IS 'the conversation';
COMMENT ON COLUMN readings.subject_no IS 'its customer';
COMMENT ON COLUMN readings.day IS 'its day, in the zone of this file';
COMMENT ON COLUMN readings.digest IS 'conversations.digest when it was read';
COMMENT ON COLUMN readings.model IS 'name and version of the model';
COMMENT ON COLUMN readings.cards IS 'version of the cards and cues';
COMMENT ON COLUMN readings.lang IS 'zh or en';
COMMENT ON COLUMN readings.sentiment IS '-1 to 1';
COMMENT ON COLUMN readings.emotion IS 'the emotion that marks the conversation';
COMMENT ON COLUMN readings.emotion_p IS 'its probability';
COMMENT ON COLUMN readings.motive IS 'the most probable motive';
COMMENT ON COLUMN readings.motive_p IS 'its probability';
COMMENT ON COLUMN readings.need IS 'the most probable need';
COMMENT ON COLUMN readings.need_p IS 'its probability';
COMMENT ON COLUMN readings.stage IS 'the most probable stage of the decision';
COMMENT ON COLUMN readings.stage_p IS 'its probability';
COMMENT ON COLUMN readings.satisfaction IS 'expected value, -2 to 2';
COMMENT ON COLUMN readings.escalation IS 'expected level, 0 to 2';
COMMENT ON COLUMN readings.urgency IS 'expected level, 0 to 2';
COMMENT ON COLUMN readings.detail IS 'the whole reading as JSON, where it is kept';

CREATE TABLE evidence (
  conversation_no BIGINT,
  subject_no BIGINT,
  construct VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  day DATE NOT NULL,
  micro_nats BIGINT NOT NULL,
  n BIGINT NOT NULL,
  source VARCHAR NOT NULL,
  card VARCHAR NOT NULL,
  event_table VARCHAR NOT NULL,
  event_no BIGINT,
  turn_no INTEGER,
  span_begin BIGINT,
  span_end BIGINT
);
COMMENT ON TABLE evidence
  IS 'the grounds: what speaks for or against a state, where and how much; can be made again';
COMMENT ON COLUMN evidence.conversation_no IS 'the conversation; null for what was done, not said';
COMMENT ON COLUMN evidence.subject_no IS 'whom it is about';
COMMENT ON COLUMN evidence.construct IS 'id of the construct';
COMMENT ON COLUMN evidence.state IS 'id of the state';
COMMENT ON COLUMN evidence.day IS 'the day it refers to';
COMMENT ON COLUMN evidence.micro_nats IS 'weight, millionths of a nat; negative speaks against';
COMMENT ON COLUMN evidence.n IS 'how many signals this row counts';
COMMENT ON COLUMN evidence.source IS 'model, cue or act';
COMMENT ON COLUMN evidence.card IS 'version of the card that gave the weight';
COMMENT ON COLUMN evidence.event_table IS 'table of the row it rests on: messages, orders, ...';
COMMENT ON COLUMN evidence.event_no
  IS 'row_no in that table; null when it rests on the whole conversation';
COMMENT ON COLUMN evidence.turn_no IS 'position in the conversation';
COMMENT ON COLUMN evidence.span_begin IS 'first byte of the quote in the text of the message';
COMMENT ON COLUMN evidence.span_end IS 'byte after the quote';

CREATE TABLE expectations (
  conversation_no BIGINT NOT NULL,
  subject_no BIGINT,
  aspect VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  promised BOOLEAN NOT NULL,
  due DATE,
  p DOUBLE NOT NULL,
  event_no BIGINT,
  turn_no INTEGER,
  span_begin BIGINT,
  span_end BIGINT
);
COMMENT ON TABLE expectations
  IS 'what customers expect and what they were promised; can be made again';
COMMENT ON COLUMN expectations.conversation_no IS 'the conversation';
COMMENT ON COLUMN expectations.subject_no IS 'whose expectation';
COMMENT ON COLUMN expectations.aspect IS 'PRI, FUN, REL, SPD, ...';
COMMENT ON COLUMN expectations.kind IS 'explicit or implicit';
COMMENT ON COLUMN expectations.status IS 'open, met, unmet or exceeded';
COMMENT ON COLUMN expectations.promised IS 'whether the company promised it';
COMMENT ON COLUMN expectations.due IS 'by when, where a time was said';
COMMENT ON COLUMN expectations.p IS 'probability that it is expected';
COMMENT ON COLUMN expectations.event_no IS 'messages.row_no of the words';
COMMENT ON COLUMN expectations.turn_no IS 'position in the conversation';
COMMENT ON COLUMN expectations.span_begin IS 'first byte of the words in the text of the message';
COMMENT ON COLUMN expectations.span_end IS 'byte after the words';

CREATE TABLE stale_subjects (
  subject_no BIGINT NOT NULL
);
COMMENT ON TABLE stale_subjects
  IS 'whose evidence or acts changed since their portraits were made; may name one twice';
COMMENT ON COLUMN stale_subjects.subject_no IS 'the subject';

CREATE TABLE portraits (
  person BIGINT NOT NULL,
  construct VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  said BOOLEAN NOT NULL,
  p DOUBLE,
  weight DOUBLE NOT NULL,
  n BIGINT NOT NULL,
  episodes BIGINT NOT NULL,
  trend DOUBLE,
  first_day DATE,
  last_day DATE,
  as_of DATE NOT NULL,
  card VARCHAR NOT NULL
);
COMMENT ON TABLE portraits
  IS 'what can be said about each person: one row for each construct and state; can be made again';
COMMENT ON COLUMN portraits.person IS 'subjects.person';
COMMENT ON COLUMN portraits.construct IS 'id of the construct';
COMMENT ON COLUMN portraits.state IS 'id of the state';
COMMENT ON COLUMN portraits.said IS 'false: not enough ground to say anything';
COMMENT ON COLUMN portraits.p IS 'probability; null where nothing is said';
COMMENT ON COLUMN portraits.weight IS 'weight of evidence, nats';
COMMENT ON COLUMN portraits.n IS 'how many signals';
COMMENT ON COLUMN portraits.episodes IS 'in how many conversations and acts';
COMMENT ON COLUMN portraits.trend IS 'change of late against before; null when too little is known';
COMMENT ON COLUMN portraits.first_day IS 'first day with evidence';
COMMENT ON COLUMN portraits.last_day IS 'last day with evidence';
COMMENT ON COLUMN portraits.as_of IS 'the day the portrait was made for';
COMMENT ON COLUMN portraits.card IS 'version of the card';
