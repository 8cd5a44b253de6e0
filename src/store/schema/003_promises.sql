CREATE TABLE promise_words (
  conversation_no BIGINT NOT NULL,
  subject_no BIGINT,
  what VARCHAR NOT NULL,
  acts VARCHAR NOT NULL,
  aspect VARCHAR,
  due TIMESTAMP_MS,
  due_to_the_minute BOOLEAN NOT NULL,
  amount VARCHAR,
  unit VARCHAR,
  recalls BOOLEAN NOT NULL,
  event_no BIGINT NOT NULL,
  turn_no INTEGER NOT NULL,
  span_begin BIGINT NOT NULL,
  span_end BIGINT NOT NULL
);
COMMENT ON TABLE promise_words
  IS 'words by which the company promised something, and words that tell what became of it; can be made again';
COMMENT ON COLUMN promise_words.conversation_no IS 'the conversation';
COMMENT ON COLUMN promise_words.subject_no IS 'to whom';
COMMENT ON COLUMN promise_words.what
  IS 'promise; told: the customer tells of one; met, unmet, exceeded, withdrawn: what became of one';
COMMENT ON COLUMN promise_words.acts IS 'kinds of acts, joined by +: refund, visit, ...';
COMMENT ON COLUMN promise_words.aspect IS 'of a promise: PRI, SPD, AFT, ...';
COMMENT ON COLUMN promise_words.due
  IS 'of a promise: by when, UTC; the end of the day where only a day was said';
COMMENT ON COLUMN promise_words.due_to_the_minute IS 'whether a time of day was said';
COMMENT ON COLUMN promise_words.amount IS 'of a promise: the number that was said';
COMMENT ON COLUMN promise_words.unit IS 'its unit; money by its ISO code';
COMMENT ON COLUMN promise_words.recalls IS 'whether the words recall a promise: 说好的, you promised; of a promise: whether it takes the place of another';
COMMENT ON COLUMN promise_words.event_no IS 'messages.row_no of the words';
COMMENT ON COLUMN promise_words.turn_no IS 'position in the conversation';
COMMENT ON COLUMN promise_words.span_begin IS 'first byte of the words in the text of the message';
COMMENT ON COLUMN promise_words.span_end IS 'byte after the words';
