CREATE TABLE churn_risks (
  person BIGINT NOT NULL,
  as_of DATE NOT NULL,
  horizon_days INTEGER NOT NULL,
  p DOUBLE NOT NULL,
  of_words BOOLEAN NOT NULL,
  reasons VARCHAR NOT NULL,
  auc DOUBLE NOT NULL,
  customers BIGINT NOT NULL,
  leavers BIGINT NOT NULL
);
COMMENT ON TABLE churn_risks
  IS 'how probable it is that each buyer orders no more within the horizon; empty where data are too few to learn from; can be made again';
COMMENT ON COLUMN churn_risks.person IS 'subjects.person';
COMMENT ON COLUMN churn_risks.as_of IS 'the last day that counts';
COMMENT ON COLUMN churn_risks.horizon_days IS 'how far it looks';
COMMENT ON COLUMN churn_risks.p IS 'probability of no order within the horizon, calibrated on customers not learned from';
COMMENT ON COLUMN churn_risks.of_words IS 'whether signals of the words count in it';
COMMENT ON COLUMN churn_risks.reasons
  IS 'JSON list of what adds most to it and takes most from it: what, value, level, adds (log odds against the average)';
COMMENT ON COLUMN churn_risks.auc IS 'of the model, in cross-validation by customers';
COMMENT ON COLUMN churn_risks.customers IS 'how many were learned from';
COMMENT ON COLUMN churn_risks.leavers IS 'how many of them left';
