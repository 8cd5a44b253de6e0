CREATE OR REPLACE TEMP TABLE erased_subjects AS
SELECT subject_no
FROM subjects
WHERE person = GETVARIABLE('person');

CREATE OR REPLACE TEMP TABLE erased_conversations AS
SELECT conversation_no
FROM conversations
WHERE subject_no IN (FROM erased_subjects);

CREATE OR REPLACE TEMP TABLE erased_messages AS
SELECT message_no
FROM turns
WHERE conversation_no IN (FROM erased_conversations);
