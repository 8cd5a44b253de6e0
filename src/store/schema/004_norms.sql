ALTER TABLE expectations ADD COLUMN norm VARCHAR;
ALTER TABLE expectations ADD COLUMN content_zh VARCHAR;
ALTER TABLE expectations ADD COLUMN content_en VARCHAR;
COMMENT ON COLUMN expectations.norm
  IS 'pack and id of the norm of the trade that says what is expected; null without one';
COMMENT ON COLUMN expectations.content_zh IS 'what is expected, in Chinese';
COMMENT ON COLUMN expectations.content_en IS 'what is expected, in English';
