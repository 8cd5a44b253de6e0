ALTER TABLE promise_words ADD COLUMN bound VARCHAR;
ALTER TABLE promise_words ADD COLUMN giver VARCHAR;
ALTER TABLE promise_words ADD COLUMN object_begin BIGINT;
ALTER TABLE promise_words ADD COLUMN object_end BIGINT;
ALTER TABLE promise_words ADD COLUMN measures BOOLEAN;
COMMENT ON COLUMN promise_words.what
  IS 'promise; told: the customer tells of one; wanted: the customer asks for it; met, unmet, exceeded, withdrawn: what became of one';
COMMENT ON COLUMN promise_words.amount IS 'of a promise: the number that was said; of an outcome: what came';
COMMENT ON COLUMN promise_words.bound IS 'of an amount: most, least; exactly, or null';
COMMENT ON COLUMN promise_words.giver
  IS 'of a promise: who gave the word: agent, company, contract, advert; customer: nobody did, it is wanted';
COMMENT ON COLUMN promise_words.object_begin IS 'of a promise: first byte of what the act is done to';
COMMENT ON COLUMN promise_words.object_end IS 'byte after it';
COMMENT ON COLUMN promise_words.measures IS 'of an outcome: whether only the amount tells it';
