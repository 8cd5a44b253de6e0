CREATE TABLE recommendations (
  person BIGINT NOT NULL,
  rank INTEGER NOT NULL,
  product VARCHAR NOT NULL,
  name VARCHAR,
  score DOUBLE NOT NULL,
  method VARCHAR NOT NULL,
  why VARCHAR NOT NULL,
  other VARCHAR,
  times BIGINT NOT NULL,
  of_times BIGINT NOT NULL,
  gap_days DOUBLE,
  own_gaps BIGINT NOT NULL,
  elapsed_days INTEGER,
  season DOUBLE,
  price_rank DOUBLE,
  popularity_rank DOUBLE NOT NULL,
  days_on_sale INTEGER NOT NULL,
  window_days INTEGER NOT NULL,
  as_of DATE NOT NULL
);
COMMENT ON TABLE recommendations
  IS 'products that somebody may buy next, best first, and why (docs/methods/recommend.md); can be made again';
COMMENT ON COLUMN recommendations.person IS 'subjects.person';
COMMENT ON COLUMN recommendations.rank IS 'from 1';
COMMENT ON COLUMN recommendations.product IS 'code of the product, else its name';
COMMENT ON COLUMN recommendations.name IS 'its most usual name; null where rows have none';
COMMENT ON COLUMN recommendations.score
  IS 'by the blend: probability of buying it if anything is bought in the window; by other methods their own measure';
COMMENT ON COLUMN recommendations.method
  IS 'which ranked: blend, popular, often, again, together, next, factors';
COMMENT ON COLUMN recommendations.why
  IS 'due: bought before, with gaps of their own; again: bought before; together: bought by those who bought other; next: follows a basket with other; season: bought more in this month; popular: bought by many lately';
COMMENT ON COLUMN recommendations.other
  IS 'together, next: name or code of the product that it goes with';
COMMENT ON COLUMN recommendations.times
  IS 'due, again: days on which it was bought; together: people who bought both; next: baskets that it followed in; season, popular: people who bought it lately';
COMMENT ON COLUMN recommendations.of_times
  IS 'due, again: baskets of this person; together: people who bought other; next: baskets with other that another followed; season, popular: people who bought anything lately';
COMMENT ON COLUMN recommendations.gap_days
  IS 'due, again: usual time between two purchases, days, this person''s own and others'' pooled';
COMMENT ON COLUMN recommendations.own_gaps IS 'gaps of this person that it rests on';
COMMENT ON COLUMN recommendations.elapsed_days IS 'due, again: since the last purchase';
COMMENT ON COLUMN recommendations.season
  IS 'how many times as often it is bought in the month of the window as at other times; null under 400 days of orders';
COMMENT ON COLUMN recommendations.price_rank
  IS 'share of the products of its category, or of all where that has fewer than five, that cost less; null where no price is known';
COMMENT ON COLUMN recommendations.popularity_rank
  IS 'share of products that more people bought lately';
COMMENT ON COLUMN recommendations.days_on_sale IS 'since it was first bought by anybody';
COMMENT ON COLUMN recommendations.window_days IS 'how far ahead is looked';
COMMENT ON COLUMN recommendations.as_of IS 'the last day with orders that was known';
