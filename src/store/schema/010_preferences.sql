ALTER TABLE evidence ADD COLUMN act VARCHAR;
COMMENT ON COLUMN evidence.act
  IS 'of what was done: the kind of act, discounted, compared, looked, ...; null for words';

CREATE TABLE preferences (
  person BIGINT NOT NULL,
  measure VARCHAR NOT NULL,
  about VARCHAR,
  value DOUBLE NOT NULL,
  low DOUBLE NOT NULL,
  high DOUBLE NOT NULL,
  n BIGINT NOT NULL,
  as_of DATE NOT NULL
);
COMMENT ON TABLE preferences
  IS 'what each person prefers, measured on orders and events: one row for each measure with enough of them; compared with the company as it was at the last analysis; can be made again';
COMMENT ON COLUMN preferences.person IS 'subjects.person';
COMMENT ON COLUMN preferences.measure
  IS 'discount_share, price_sensitivity, price_index, brand_share, ... (docs/methods/preference.md)';
COMMENT ON COLUMN preferences.about IS 'the brand or category it is about; null without one';
COMMENT ON COLUMN preferences.value IS 'the figure';
COMMENT ON COLUMN preferences.low IS 'lower end of its 95 % interval';
COMMENT ON COLUMN preferences.high IS 'upper end';
COMMENT ON COLUMN preferences.n IS 'how many orders, lines or looks it rests on';
COMMENT ON COLUMN preferences.as_of IS 'the last day that counts';

CREATE TABLE said_did (
  person BIGINT NOT NULL,
  rule VARCHAR NOT NULL,
  p DOUBLE NOT NULL,
  construct VARCHAR,
  state VARCHAR,
  said_p DOUBLE NOT NULL,
  measure VARCHAR NOT NULL,
  value DOUBLE NOT NULL,
  low DOUBLE NOT NULL,
  high DOUBLE NOT NULL,
  n BIGINT NOT NULL,
  as_of DATE NOT NULL
);
COMMENT ON TABLE said_did
  IS 'where words and acts part: said but not done, done but not said; can be made again';
COMMENT ON COLUMN said_did.person IS 'subjects.person';
COMMENT ON COLUMN said_did.rule IS 'id in plays/said_did.tsv';
COMMENT ON COLUMN said_did.p IS 'probability that both sides hold';
COMMENT ON COLUMN said_did.construct IS 'of the words';
COMMENT ON COLUMN said_did.state IS 'of the words';
COMMENT ON COLUMN said_did.said_p IS 'probability of what the words say, or of what they leave out';
COMMENT ON COLUMN said_did.measure IS 'what the acts are measured by';
COMMENT ON COLUMN said_did.value IS 'the figure';
COMMENT ON COLUMN said_did.low IS 'lower end of its 95 % interval';
COMMENT ON COLUMN said_did.high IS 'upper end';
COMMENT ON COLUMN said_did.n IS 'how many acts it rests on';
COMMENT ON COLUMN said_did.as_of IS 'the last day that counts';
