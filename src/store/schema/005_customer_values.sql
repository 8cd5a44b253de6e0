CREATE TABLE customer_values (
  person BIGINT NOT NULL,
  as_of DATE NOT NULL,
  currency VARCHAR,
  first_day DATE NOT NULL,
  last_day DATE NOT NULL,
  purchases BIGINT NOT NULL,
  money DECIMAL(18, 4) NOT NULL,
  recency_score INTEGER NOT NULL,
  frequency_score INTEGER NOT NULL,
  money_score INTEGER NOT NULL,
  segment VARCHAR NOT NULL,
  model VARCHAR,
  horizon_days INTEGER NOT NULL,
  alive DOUBLE,
  orders DOUBLE,
  orders_low BIGINT,
  orders_high BIGINT,
  spend DOUBLE,
  value DOUBLE,
  value_low DOUBLE,
  value_high DOUBLE,
  value_error DOUBLE
);
COMMENT ON TABLE customer_values
  IS 'what each person who bought is worth: scores, and what a model of repeat buying expects; can be made again';
COMMENT ON COLUMN customer_values.person IS 'subjects.person';
COMMENT ON COLUMN customer_values.as_of IS 'the day from which it was looked';
COMMENT ON COLUMN customer_values.currency IS 'of the money; orders in others are left out';
COMMENT ON COLUMN customer_values.first_day IS 'of the first purchase';
COMMENT ON COLUMN customer_values.last_day IS 'of the last purchase';
COMMENT ON COLUMN customer_values.purchases IS 'days with purchases';
COMMENT ON COLUMN customer_values.money IS 'spent, less refunds, not below 0';
COMMENT ON COLUMN customer_values.recency_score IS '1 to 5 by fifths: 5 bought last';
COMMENT ON COLUMN customer_values.frequency_score IS '1 to 5 by fifths: 5 bought most often';
COMMENT ON COLUMN customer_values.money_score IS '1 to 5 by fifths: 5 spent most';
COMMENT ON COLUMN customer_values.segment IS 'champion, loyal, potential, new, promising, needs_attention, fading, at_risk, cannot_lose, hibernating or lost';
COMMENT ON COLUMN customer_values.model
  IS 'mbg: MBG/NBD; null, with all that it expects, where the company has too few data';
COMMENT ON COLUMN customer_values.horizon_days IS 'how far is looked ahead';
COMMENT ON COLUMN customer_values.alive IS 'probability of still being a customer';
COMMENT ON COLUMN customer_values.orders IS 'expected days with purchases within the horizon';
COMMENT ON COLUMN customer_values.orders_low IS 'with 95 % probability there are so many';
COMMENT ON COLUMN customer_values.orders_high IS 'with 95 % probability there are no more';
COMMENT ON COLUMN customer_values.spend IS 'expected money of one of them; null where there is no money';
COMMENT ON COLUMN customer_values.value IS 'expected money within the horizon, not discounted';
COMMENT ON COLUMN customer_values.value_low IS 'with 95 % probability it comes to so much';
COMMENT ON COLUMN customer_values.value_high IS 'with 95 % probability it comes to no more';
COMMENT ON COLUMN customer_values.value_error
  IS 'standard error of value as an expectation, from the estimates of the model';
