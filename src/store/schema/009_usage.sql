CREATE TABLE usage_features (
  person BIGINT NOT NULL,
  meter_no INTEGER NOT NULL,
  meter VARCHAR,
  state VARCHAR NOT NULL,
  step_minutes INTEGER,
  days INTEGER NOT NULL,
  first_day DATE,
  last_day DATE,
  per_day DOUBLE,
  per_day_error DOUBLE,
  base_kw DOUBLE,
  peak_kw DOUBLE,
  top_kw DOUBLE,
  load_factor DOUBLE,
  night DOUBLE,
  evening DOUBLE,
  weekend DOUBLE,
  variation DOUBLE,
  season DOUBLE,
  high_month INTEGER,
  low_month INTEGER,
  habit VARCHAR,
  changed DATE,
  change_ratio DOUBLE,
  change_low DOUBLE,
  change_high DOUBLE,
  left_out BIGINT NOT NULL,
  missing BIGINT NOT NULL,
  as_of DATE NOT NULL
);
COMMENT ON TABLE usage_features
  IS 'what the readings of each meter say (docs/methods/usage.md); can be made again';
COMMENT ON COLUMN usage_features.person IS 'subjects.person';
COMMENT ON COLUMN usage_features.meter_no IS 'number of the meter among this customer''s, from 1';
COMMENT ON COLUMN usage_features.meter IS 'as the company calls it; null where rows name none';
COMMENT ON COLUMN usage_features.state
  IS 'good; too_few, irregular, never_falls, falls_often: why nothing is said';
COMMENT ON COLUMN usage_features.step_minutes IS 'usual time between readings';
COMMENT ON COLUMN usage_features.days IS 'full days, or days of the periods of coarse readings';
COMMENT ON COLUMN usage_features.first_day IS 'the first of them';
COMMENT ON COLUMN usage_features.last_day IS 'the last of them';
COMMENT ON COLUMN usage_features.per_day IS 'kWh of a mean day; null under 14 days, as what follows';
COMMENT ON COLUMN usage_features.per_day_error IS 'standard error of per_day, from means of weeks';
COMMENT ON COLUMN usage_features.base_kw IS 'load exceeded 95 % of the time, median of days';
COMMENT ON COLUMN usage_features.peak_kw IS 'highest slot of a day, mean of days';
COMMENT ON COLUMN usage_features.top_kw IS 'highest slot of all';
COMMENT ON COLUMN usage_features.load_factor IS 'mean load by peak_kw';
COMMENT ON COLUMN usage_features.night IS 'share of use from 00:00 to 06:00';
COMMENT ON COLUMN usage_features.evening IS 'share of use from 17:00 to 22:00';
COMMENT ON COLUMN usage_features.weekend IS 'use of a weekend day by that of a working day';
COMMENT ON COLUMN usage_features.variation IS 'standard deviation of days by their mean';
COMMENT ON COLUMN usage_features.season IS 'use a day of the highest month by the lowest';
COMMENT ON COLUMN usage_features.high_month IS 'the highest month, 1 to 12';
COMMENT ON COLUMN usage_features.low_month IS 'the lowest month, 1 to 12';
COMMENT ON COLUMN usage_features.habit
  IS 'shape of the day among all meters: flat, night, morning, daytime, evening, morning_evening';
COMMENT ON COLUMN usage_features.changed IS 'since when use is on another level; null: no change';
COMMENT ON COLUMN usage_features.change_ratio IS 'use since then by before, season taken out';
COMMENT ON COLUMN usage_features.change_low IS 'lower end of its 95 % interval';
COMMENT ON COLUMN usage_features.change_high IS 'upper end of its 95 % interval';
COMMENT ON COLUMN usage_features.left_out IS 'readings that were left out as faulty';
COMMENT ON COLUMN usage_features.missing IS 'intervals between readings that have none';
COMMENT ON COLUMN usage_features.as_of IS 'the day of looking';

CREATE TABLE usage_alerts (
  person BIGINT NOT NULL,
  meter_no INTEGER NOT NULL,
  meter VARCHAR,
  first_day DATE NOT NULL,
  last_day DATE NOT NULL,
  kwh DOUBLE NOT NULL,
  usual DOUBLE NOT NULL,
  low DOUBLE NOT NULL,
  high DOUBLE NOT NULL,
  last_year DOUBLE,
  earlier INTEGER NOT NULL,
  as_of DATE NOT NULL
);
COMMENT ON TABLE usage_alerts
  IS 'periods of the last year whose use is far from usual: what may become a complaint, or a meter that stands still; can be made again';
COMMENT ON COLUMN usage_alerts.person IS 'subjects.person';
COMMENT ON COLUMN usage_alerts.meter_no IS 'as in usage_features';
COMMENT ON COLUMN usage_alerts.meter IS 'as in usage_features';
COMMENT ON COLUMN usage_alerts.first_day IS 'first day of the period';
COMMENT ON COLUMN usage_alerts.last_day IS 'last day of the period';
COMMENT ON COLUMN usage_alerts.kwh IS 'what was used in it';
COMMENT ON COLUMN usage_alerts.usual IS 'what is usual for this meter in this season';
COMMENT ON COLUMN usage_alerts.low IS 'lower end of its 90 % interval';
COMMENT ON COLUMN usage_alerts.high IS 'upper end of its 90 % interval';
COMMENT ON COLUMN usage_alerts.last_year IS 'use in the same month of the year before';
COMMENT ON COLUMN usage_alerts.earlier IS 'earlier periods that the usual rests on';
COMMENT ON COLUMN usage_alerts.as_of IS 'the day of looking';
