CREATE TABLE journey_steps (
  activity VARCHAR NOT NULL,
  steps BIGINT NOT NULL,
  cases BIGINT NOT NULL,
  starts BIGINT NOT NULL,
  ends BIGINT NOT NULL,
  ends_open BIGINT NOT NULL,
  repeats BIGINT NOT NULL,
  repeat_cases BIGINT NOT NULL,
  timed BIGINT NOT NULL,
  service_median DOUBLE,
  service_p90 DOUBLE,
  as_of DATE NOT NULL
);
COMMENT ON TABLE journey_steps
  IS 'the steps that cases go through, over all cases of touchpoints, most frequent first; can be made again';
COMMENT ON COLUMN journey_steps.activity IS 'what the step is called';
COMMENT ON COLUMN journey_steps.steps IS 'how often it came';
COMMENT ON COLUMN journey_steps.cases IS 'in how many cases';
COMMENT ON COLUMN journey_steps.starts IS 'cases that begin with it';
COMMENT ON COLUMN journey_steps.ends IS 'cases whose last step it is';
COMMENT ON COLUMN journey_steps.ends_open IS 'of these, cases so recent that they may still go on';
COMMENT ON COLUMN journey_steps.repeats IS 'steps beyond the first of their case';
COMMENT ON COLUMN journey_steps.repeat_cases IS 'cases that have such';
COMMENT ON COLUMN journey_steps.timed IS 'steps with a start and an end';
COMMENT ON COLUMN journey_steps.service_median IS 'from start to end, seconds; null without ends';
COMMENT ON COLUMN journey_steps.service_p90 IS 'nine of ten take at most this, seconds';
COMMENT ON COLUMN journey_steps.as_of IS 'the day up to whose end rows counted';

CREATE TABLE journey_edges (
  from_activity VARCHAR NOT NULL,
  to_activity VARCHAR NOT NULL,
  n BIGINT NOT NULL,
  cases BIGINT NOT NULL,
  overlapped BIGINT NOT NULL,
  wait_median DOUBLE NOT NULL,
  wait_p90 DOUBLE NOT NULL,
  wait_mean DOUBLE NOT NULL,
  as_of DATE NOT NULL
);
COMMENT ON TABLE journey_edges
  IS 'which step comes directly after which, and how long one waits; can be made again';
COMMENT ON COLUMN journey_edges.from_activity IS 'the step before';
COMMENT ON COLUMN journey_edges.to_activity IS 'the step directly after it';
COMMENT ON COLUMN journey_edges.n IS 'how often';
COMMENT ON COLUMN journey_edges.cases IS 'in how many cases';
COMMENT ON COLUMN journey_edges.overlapped
  IS 'of n, how often the second began before the first had ended: no wait';
COMMENT ON COLUMN journey_edges.wait_median
  IS 'from the end of the first (its start where unknown) to the start of the second, seconds';
COMMENT ON COLUMN journey_edges.wait_p90 IS 'nine of ten wait at most this, seconds';
COMMENT ON COLUMN journey_edges.wait_mean IS 'mean wait, seconds';
COMMENT ON COLUMN journey_edges.as_of IS 'the day up to whose end rows counted';

CREATE TABLE journey_variants (
  place BIGINT NOT NULL,
  activities VARCHAR NOT NULL,
  steps BIGINT NOT NULL,
  cases BIGINT NOT NULL,
  total_median DOUBLE NOT NULL,
  as_of DATE NOT NULL
);
COMMENT ON TABLE journey_variants
  IS 'the most frequent ways through: cases with the same steps in the same order; can be made again';
COMMENT ON COLUMN journey_variants.place IS '1 is the most frequent';
COMMENT ON COLUMN journey_variants.activities IS 'the steps, joined by " > "; at most 50 of them';
COMMENT ON COLUMN journey_variants.steps IS 'how many steps';
COMMENT ON COLUMN journey_variants.cases IS 'how many cases went this way';
COMMENT ON COLUMN journey_variants.total_median IS 'median of first start to last end, seconds';
COMMENT ON COLUMN journey_variants.as_of IS 'the day up to whose end rows counted';
