CREATE TABLE meta (
  name VARCHAR NOT NULL,
  value VARCHAR NOT NULL
);
COMMENT ON TABLE meta IS 'facts about this file';
COMMENT ON COLUMN meta.name
  IS 'schema, views, salt, zone_minutes, conversations_through, gap_minutes, rewrite';
COMMENT ON COLUMN meta.value IS 'the value as text';

CREATE TABLE files (
  file_no BIGINT NOT NULL,
  path VARCHAR NOT NULL,
  table_name VARCHAR NOT NULL,
  format VARCHAR,
  size_bytes BIGINT NOT NULL,
  consumed_bytes BIGINT NOT NULL,
  consumed_lines BIGINT NOT NULL,
  prefix_digest VARCHAR,
  rows_in BIGINT NOT NULL,
  rows_kept BIGINT NOT NULL,
  rows_rejected BIGINT NOT NULL,
  rows_duplicate BIGINT NOT NULL,
  run_no BIGINT
);
COMMENT ON TABLE files
  IS 'the files that were read, and how far: written in one transaction with their rows';
COMMENT ON COLUMN files.file_no IS 'number from 1, in order of arrival';
COMMENT ON COLUMN files.path IS 'where the file was when it was read';
COMMENT ON COLUMN files.table_name IS 'the event table that its rows went to';
COMMENT ON COLUMN files.format IS 'csv, tsv, jsonl, parquet or xlsx';
COMMENT ON COLUMN files.size_bytes IS 'size when last read';
COMMENT ON COLUMN files.consumed_bytes IS 'bytes whose rows are kept: reading goes on here';
COMMENT ON COLUMN files.consumed_lines IS 'lines or records in those bytes';
COMMENT ON COLUMN files.prefix_digest
  IS 'digest of the consumed bytes: tells a file that grew from one that changed';
COMMENT ON COLUMN files.rows_in IS 'rows read: kept + rejected + duplicate';
COMMENT ON COLUMN files.rows_kept IS 'rows that are now events';
COMMENT ON COLUMN files.rows_rejected
  IS 'rows that could not be read or belong to an erased person';
COMMENT ON COLUMN files.rows_duplicate IS 'rows whose key was there already';
COMMENT ON COLUMN files.run_no IS 'the run that read it last';

CREATE TABLE runs (
  run_no BIGINT NOT NULL,
  command VARCHAR NOT NULL,
  version VARCHAR NOT NULL,
  started TIMESTAMP_MS NOT NULL,
  ended TIMESTAMP_MS
);
COMMENT ON TABLE runs IS 'each time a command wrote to this file';
COMMENT ON COLUMN runs.run_no IS 'number from 1';
COMMENT ON COLUMN runs.command IS 'the command, without its arguments';
COMMENT ON COLUMN runs.version IS 'version of the program';
COMMENT ON COLUMN runs.started IS 'UTC';
COMMENT ON COLUMN runs.ended IS 'UTC; null: still running, or was stopped half way';

CREATE TABLE subjects (
  subject_no BIGINT NOT NULL,
  subject VARCHAR NOT NULL,
  person BIGINT NOT NULL
);
COMMENT ON TABLE subjects IS 'who rows are about: one row for each customer id and each handle';
COMMENT ON COLUMN subjects.subject_no IS 'number from 1, in order of arrival';
COMMENT ON COLUMN subjects.subject IS 'c:<customer> or h:<kind>:<handle>; personal. h:conversation:<id> where rows name nobody';
COMMENT ON COLUMN subjects.person IS 'subject_no that stands for everyone linked with this one';

CREATE TABLE links (
  a BIGINT NOT NULL,
  b BIGINT NOT NULL,
  reason VARCHAR NOT NULL,
  source VARCHAR NOT NULL,
  undone_at TIMESTAMP_MS
);
COMMENT ON TABLE links IS 'why two subjects are one person';
COMMENT ON COLUMN links.a IS 'subject_no, the smaller';
COMMENT ON COLUMN links.b IS 'subject_no, the larger';
COMMENT ON COLUMN links.reason IS 'the kind of handle both have, and the handle masked';
COMMENT ON COLUMN links.source IS 'the file and line, or who said so';
COMMENT ON COLUMN links.undone_at
  IS 'UTC; set when someone took the link back: it is not made again';

CREATE TABLE conversations (
  conversation_no BIGINT NOT NULL,
  subject_no BIGINT,
  conversation VARCHAR,
  channel VARCHAR,
  started TIMESTAMP_MS,
  ended TIMESTAMP_MS,
  messages BIGINT NOT NULL,
  digest UBIGINT NOT NULL
);
COMMENT ON TABLE conversations
  IS 'messages put together: by conversation id, or by customer, channel and a gap of silence';
COMMENT ON COLUMN conversations.conversation_no
  IS 'hash of what identifies it, so the same on every machine and in every order of loading';
COMMENT ON COLUMN conversations.subject_no IS 'the customer; null if nobody knows';
COMMENT ON COLUMN conversations.conversation IS 'the id the company gave; null when found by a gap';
COMMENT ON COLUMN conversations.channel IS 'channel of its messages; the first in the alphabet of several';
COMMENT ON COLUMN conversations.started IS 'UTC, time of the first message';
COMMENT ON COLUMN conversations.ended IS 'UTC, time of the last message';
COMMENT ON COLUMN conversations.messages IS 'how many messages';
COMMENT ON COLUMN conversations.digest
  IS 'hash of the keys of its messages in any order: a reading with another digest is stale';

CREATE TABLE turns (
  conversation_no BIGINT NOT NULL,
  turn_no INTEGER NOT NULL,
  message_no BIGINT NOT NULL
);
COMMENT ON TABLE turns IS 'the messages of each conversation, in order';
COMMENT ON COLUMN turns.conversation_no IS 'the conversation';
COMMENT ON COLUMN turns.turn_no IS 'position from 0, by time (none first), then line';
COMMENT ON COLUMN turns.message_no IS 'messages.row_no';

CREATE TABLE erased (
  digest UBIGINT NOT NULL
);
COMMENT ON TABLE erased
  IS 'salted hashes of what was erased: those rows are refused when delivered again';
COMMENT ON COLUMN erased.digest IS 'hash of the salt in meta and a subject, or the key of a row that named nobody';
