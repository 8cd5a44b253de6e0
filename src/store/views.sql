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
    MAX(time) AS last_order
  FROM orders
  JOIN subjects USING (subject_no)
  GROUP BY person
), sums AS (
  SELECT person, COALESCE(currency, '') AS currency, COUNT(*) AS n, SUM(amount) AS amount
  FROM orders
  JOIN subjects USING (subject_no)
  WHERE amount IS NOT NULL
  GROUP BY ALL
), money AS (
  SELECT person, NULLIF(FIRST(currency ORDER BY n DESC, currency), '') AS currency,
    FIRST(amount ORDER BY n DESC, currency)::DECIMAL(38, 4) AS amount,
    (SUM(n) - MAX(n))::BIGINT AS other_currency_rows
  FROM sums
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
  local_time(t.last_contact) AS last_contact, COALESCE(b.orders, 0) AS orders, m.amount,
  local_time(b.last_order) AS last_order, m.currency,
  COALESCE(m.other_currency_rows, 0) AS other_currency_rows
FROM people AS p
JOIN subjects AS s ON s.subject_no = p.person
LEFT JOIN talks AS t ON t.person = p.person
LEFT JOIN purchases AS b ON b.person = p.person
LEFT JOIN money AS m ON m.person = p.person
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
COMMENT ON COLUMN v_customers.amount
  IS 'sum of orders.amount in the currency of most of their rows; currencies are never added';
COMMENT ON COLUMN v_customers.last_order IS 'time of the last order';
COMMENT ON COLUMN v_customers.currency IS 'of amount';
COMMENT ON COLUMN v_customers.other_currency_rows
  IS 'rows of orders in other currencies, which amount leaves out';

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

CREATE OR REPLACE VIEW v_customer_values AS
SELECT plain_id(s.subject) AS customer, v.as_of, v.currency, v.first_day, v.last_day, v.purchases,
  v.money, v.recency_score, v.frequency_score, v.money_score, v.segment, v.model, v.horizon_days,
  v.alive, v.orders, v.orders_low, v.orders_high, v.spend, v.value, v.value_low, v.value_high,
  v.value_error
FROM customer_values AS v
JOIN subjects AS s ON s.subject_no = v.person;
COMMENT ON VIEW v_customer_values
  IS 'what each person who bought is worth, and what a model of repeat buying expects';
COMMENT ON COLUMN v_customer_values.customer IS 'as in v_customers';
COMMENT ON COLUMN v_customer_values.as_of IS 'the day from which it was looked';
COMMENT ON COLUMN v_customer_values.currency IS 'of the money; orders in others are left out';
COMMENT ON COLUMN v_customer_values.first_day IS 'of the first purchase';
COMMENT ON COLUMN v_customer_values.last_day IS 'of the last purchase';
COMMENT ON COLUMN v_customer_values.purchases IS 'days with purchases';
COMMENT ON COLUMN v_customer_values.money IS 'spent, less refunds, not below 0';
COMMENT ON COLUMN v_customer_values.recency_score IS '1 to 5 by fifths: 5 bought last';
COMMENT ON COLUMN v_customer_values.frequency_score IS '1 to 5 by fifths: 5 bought most often';
COMMENT ON COLUMN v_customer_values.money_score IS '1 to 5 by fifths: 5 spent most';
COMMENT ON COLUMN v_customer_values.segment IS 'champion, loyal, potential, new, promising, needs_attention, fading, at_risk, cannot_lose, hibernating or lost';
COMMENT ON COLUMN v_customer_values.model
  IS 'mbg: MBG/NBD; null, with all that it expects, where the company has too few data';
COMMENT ON COLUMN v_customer_values.horizon_days IS 'how far is looked ahead';
COMMENT ON COLUMN v_customer_values.alive IS 'probability of still being a customer';
COMMENT ON COLUMN v_customer_values.orders IS 'expected days with purchases within the horizon';
COMMENT ON COLUMN v_customer_values.orders_low IS 'with 95 % probability there are so many';
COMMENT ON COLUMN v_customer_values.orders_high IS 'with 95 % probability there are no more';
COMMENT ON COLUMN v_customer_values.spend
  IS 'expected money of one of them; null where there is no money';
COMMENT ON COLUMN v_customer_values.value IS 'expected money within the horizon, not discounted';
COMMENT ON COLUMN v_customer_values.value_low IS 'with 95 % probability it comes to so much';
COMMENT ON COLUMN v_customer_values.value_high IS 'with 95 % probability it comes to no more';
COMMENT ON COLUMN v_customer_values.value_error
  IS 'standard error of value as an expectation, from the estimates of the model';

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

CREATE OR REPLACE VIEW v_journey_steps AS
SELECT activity, steps, cases, starts, ends, ends_open, repeats, repeat_cases, timed,
  service_median, service_p90, as_of
FROM journey_steps;
COMMENT ON VIEW v_journey_steps IS 'the steps that cases of touchpoints go through';
COMMENT ON COLUMN v_journey_steps.activity IS 'what the step is called';
COMMENT ON COLUMN v_journey_steps.steps IS 'how often it came';
COMMENT ON COLUMN v_journey_steps.cases IS 'in how many cases';
COMMENT ON COLUMN v_journey_steps.starts IS 'cases that begin with it';
COMMENT ON COLUMN v_journey_steps.ends IS 'cases whose last step it is';
COMMENT ON COLUMN v_journey_steps.ends_open IS 'of these, cases that may still go on';
COMMENT ON COLUMN v_journey_steps.repeats IS 'steps beyond the first of their case';
COMMENT ON COLUMN v_journey_steps.repeat_cases IS 'cases that have such';
COMMENT ON COLUMN v_journey_steps.timed IS 'steps with a start and an end';
COMMENT ON COLUMN v_journey_steps.service_median IS 'from start to end, seconds';
COMMENT ON COLUMN v_journey_steps.service_p90 IS 'nine of ten take at most this, seconds';
COMMENT ON COLUMN v_journey_steps.as_of IS 'the day up to whose end rows counted';

CREATE OR REPLACE VIEW v_journey_edges AS
SELECT from_activity, to_activity, n, cases, overlapped, wait_median, wait_p90, wait_mean, as_of
FROM journey_edges;
COMMENT ON VIEW v_journey_edges IS 'which step comes directly after which, and how long one waits';
COMMENT ON COLUMN v_journey_edges.from_activity IS 'the step before';
COMMENT ON COLUMN v_journey_edges.to_activity IS 'the step directly after it';
COMMENT ON COLUMN v_journey_edges.n IS 'how often';
COMMENT ON COLUMN v_journey_edges.cases IS 'in how many cases';
COMMENT ON COLUMN v_journey_edges.overlapped IS 'of n, how often the two overlapped';
COMMENT ON COLUMN v_journey_edges.wait_median IS 'median wait between the two, seconds';
COMMENT ON COLUMN v_journey_edges.wait_p90 IS 'nine of ten wait at most this, seconds';
COMMENT ON COLUMN v_journey_edges.wait_mean IS 'mean wait, seconds';
COMMENT ON COLUMN v_journey_edges.as_of IS 'the day up to whose end rows counted';

CREATE OR REPLACE VIEW v_journey_variants AS
SELECT place, activities, steps, cases, total_median, as_of
FROM journey_variants;
COMMENT ON VIEW v_journey_variants IS 'the most frequent ways through the journey';
COMMENT ON COLUMN v_journey_variants.place IS '1 is the most frequent';
COMMENT ON COLUMN v_journey_variants.activities IS 'the steps, joined by " > "';
COMMENT ON COLUMN v_journey_variants.steps IS 'how many steps';
COMMENT ON COLUMN v_journey_variants.cases IS 'how many cases went this way';
COMMENT ON COLUMN v_journey_variants.total_median IS 'median of first start to last end, seconds';
COMMENT ON COLUMN v_journey_variants.as_of IS 'the day up to whose end rows counted';
CREATE OR REPLACE VIEW v_usage AS
SELECT plain_id(s.subject) AS customer, t.meter_no, t.meter, t.state, t.step_minutes, t.days,
  t.first_day, t.last_day, t.per_day, t.per_day_error, t.base_kw, t.peak_kw, t.top_kw,
  t.load_factor, t.night, t.evening, t.weekend, t.variation, t.season, t.high_month,
  t.low_month, t.habit, t.changed, t.change_ratio, t.change_low, t.change_high, t.left_out,
  t.missing, t.as_of
FROM usage_features AS t
JOIN subjects AS s ON s.subject_no = t.person;
COMMENT ON VIEW v_usage IS 'what the readings of each meter say';
COMMENT ON COLUMN v_usage.customer IS 'as in v_customers';
COMMENT ON COLUMN v_usage.meter_no IS 'number of the meter among this customer''s, from 1';
COMMENT ON COLUMN v_usage.meter IS 'as the company calls it; null where rows name none';
COMMENT ON COLUMN v_usage.state
  IS 'good; too_few, irregular, never_falls, falls_often: why nothing is said';
COMMENT ON COLUMN v_usage.step_minutes IS 'usual time between readings';
COMMENT ON COLUMN v_usage.days IS 'full days, or days of the periods of coarse readings';
COMMENT ON COLUMN v_usage.first_day IS 'the first of them';
COMMENT ON COLUMN v_usage.last_day IS 'the last of them';
COMMENT ON COLUMN v_usage.per_day IS 'kWh of a mean day; null under 14 days, as what follows';
COMMENT ON COLUMN v_usage.per_day_error IS 'standard error of per_day, from means of weeks';
COMMENT ON COLUMN v_usage.base_kw IS 'load exceeded 95 % of the time, median of days';
COMMENT ON COLUMN v_usage.peak_kw IS 'highest slot of a day, mean of days';
COMMENT ON COLUMN v_usage.top_kw IS 'highest slot of all';
COMMENT ON COLUMN v_usage.load_factor IS 'mean load by peak_kw';
COMMENT ON COLUMN v_usage.night IS 'share of use from 00:00 to 06:00';
COMMENT ON COLUMN v_usage.evening IS 'share of use from 17:00 to 22:00';
COMMENT ON COLUMN v_usage.weekend IS 'use of a weekend day by that of a working day';
COMMENT ON COLUMN v_usage.variation IS 'standard deviation of days by their mean';
COMMENT ON COLUMN v_usage.season IS 'use a day of the highest month by the lowest';
COMMENT ON COLUMN v_usage.high_month IS 'the highest month, 1 to 12';
COMMENT ON COLUMN v_usage.low_month IS 'the lowest month, 1 to 12';
COMMENT ON COLUMN v_usage.habit
  IS 'shape of the day among all meters: flat, night, morning, daytime, evening, morning_evening';
COMMENT ON COLUMN v_usage.changed IS 'since when use is on another level; null: no change';
COMMENT ON COLUMN v_usage.change_ratio IS 'use since then by before, season taken out';
COMMENT ON COLUMN v_usage.change_low IS 'lower end of its 95 % interval';
COMMENT ON COLUMN v_usage.change_high IS 'upper end of its 95 % interval';
COMMENT ON COLUMN v_usage.left_out IS 'readings that were left out as faulty';
COMMENT ON COLUMN v_usage.missing IS 'intervals between readings that have none';
COMMENT ON COLUMN v_usage.as_of IS 'the day of looking';

CREATE OR REPLACE VIEW v_usage_alerts AS
SELECT plain_id(s.subject) AS customer, t.meter_no, t.meter, t.first_day, t.last_day, t.kwh,
  t.usual, t.low, t.high, t.last_year, t.earlier, t.as_of,
  t.kwh / NULLIF(t.usual, 0) AS ratio
FROM usage_alerts AS t
JOIN subjects AS s ON s.subject_no = t.person;
COMMENT ON VIEW v_usage_alerts IS 'periods of the last year whose use is far from usual: what may become a complaint, or a meter that stands still';
COMMENT ON COLUMN v_usage_alerts.customer IS 'as in v_customers';
COMMENT ON COLUMN v_usage_alerts.meter_no IS 'as in usage_features';
COMMENT ON COLUMN v_usage_alerts.meter IS 'as in usage_features';
COMMENT ON COLUMN v_usage_alerts.first_day IS 'first day of the period';
COMMENT ON COLUMN v_usage_alerts.last_day IS 'last day of the period';
COMMENT ON COLUMN v_usage_alerts.kwh IS 'what was used in it';
COMMENT ON COLUMN v_usage_alerts.usual IS 'what is usual for this meter in this season';
COMMENT ON COLUMN v_usage_alerts.low IS 'lower end of its 90 % interval';
COMMENT ON COLUMN v_usage_alerts.high IS 'upper end of its 90 % interval';
COMMENT ON COLUMN v_usage_alerts.last_year IS 'use in the same month of the year before';
COMMENT ON COLUMN v_usage_alerts.earlier IS 'earlier periods that the usual rests on';
COMMENT ON COLUMN v_usage_alerts.as_of IS 'the day of looking';
COMMENT ON COLUMN v_usage_alerts.ratio IS 'kwh by usual';
CREATE OR REPLACE VIEW v_recommendations AS
SELECT plain_id(s.subject) AS customer, r.rank, r.product, COALESCE(r.name, r.product) AS name,
  r.score, r.method, r.why, r.other, r.times, r.of_times, r.gap_days, r.elapsed_days, r.season,
  r.window_days, r.as_of
FROM recommendations AS r
JOIN subjects AS s ON s.subject_no = r.person;
COMMENT ON VIEW v_recommendations IS 'what each customer may need next, and why';
COMMENT ON COLUMN v_recommendations.customer IS 'as in v_customers';
COMMENT ON COLUMN v_recommendations.rank IS 'from 1, the best';
COMMENT ON COLUMN v_recommendations.product IS 'code of the product, else its name';
COMMENT ON COLUMN v_recommendations.name IS 'its name, else its code';
COMMENT ON COLUMN v_recommendations.score
  IS 'method blend: probability of buying it if anything is bought in the window';
COMMENT ON COLUMN v_recommendations.method IS 'which ranked: blend, popular, often, ...';
COMMENT ON COLUMN v_recommendations.why IS 'due, again, together, next, season, popular';
COMMENT ON COLUMN v_recommendations.other IS 'the product that it goes with';
COMMENT ON COLUMN v_recommendations.times IS 'the count behind the reason';
COMMENT ON COLUMN v_recommendations.of_times IS 'of how many';
COMMENT ON COLUMN v_recommendations.gap_days IS 'usual days between two purchases';
COMMENT ON COLUMN v_recommendations.elapsed_days IS 'days since the last purchase';
COMMENT ON COLUMN v_recommendations.season IS 'times as often as at other times of the year';
COMMENT ON COLUMN v_recommendations.window_days IS 'days that are looked ahead';
COMMENT ON COLUMN v_recommendations.as_of IS 'the last day with orders that was known';
CREATE OR REPLACE VIEW v_churn_risks AS
SELECT plain_id(s.subject) AS customer, r.as_of, r.horizon_days, r.p AS probability, r.of_words,
  r.reasons, r.auc, r.customers, r.leavers
FROM churn_risks AS r
JOIN subjects AS s ON s.subject_no = r.person;
COMMENT ON VIEW v_churn_risks
  IS 'how probable it is that each buyer orders no more within the horizon, and why';
COMMENT ON COLUMN v_churn_risks.customer IS 'as in v_customers';
COMMENT ON COLUMN v_churn_risks.as_of IS 'the last day that counts';
COMMENT ON COLUMN v_churn_risks.horizon_days IS 'how far it looks';
COMMENT ON COLUMN v_churn_risks.probability IS 'of no order within the horizon; calibrated';
COMMENT ON COLUMN v_churn_risks.of_words IS 'whether signals of the words count in it';
COMMENT ON COLUMN v_churn_risks.reasons IS 'JSON list: what, value, level, adds';
COMMENT ON COLUMN v_churn_risks.auc IS 'of the model, in cross-validation';
COMMENT ON COLUMN v_churn_risks.customers IS 'how many were learned from';
COMMENT ON COLUMN v_churn_risks.leavers IS 'how many of them left';
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
