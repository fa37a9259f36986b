-- Times are UTC in ticks of 100 ns since the year 1; ids are UUIDs of 16 bytes, big-endian, so that they sort by time.

CREATE TABLE jobs (
  arrival         INTEGER PRIMARY KEY,  -- the order of arrival; a requeued job keeps its own
  id              BLOB    NOT NULL UNIQUE CHECK (length(id) = 16),
  workflow        TEXT    NOT NULL,
  priority        INTEGER NOT NULL,
  phase           TEXT    NOT NULL,
  instance        TEXT    NOT NULL,     -- where it runs or ended; empty for nowhere
  version         INTEGER NOT NULL,
  created_at      INTEGER NOT NULL,
  pending_since   INTEGER,              -- null unless pending
  ended_at        INTEGER,
  expired_at      INTEGER,
  idempotency_key TEXT,
  request_hash    TEXT,
  body            TEXT    NOT NULL      -- all the rest, as JSON
) STRICT;

-- The queue, for claims.
CREATE INDEX jobs_pending ON jobs (workflow, priority DESC, arrival) WHERE phase = 'pending';

CREATE INDEX jobs_pending_since ON jobs (pending_since, arrival) WHERE pending_since IS NOT NULL;

CREATE INDEX jobs_processing ON jobs (arrival) WHERE phase = 'processing';

-- Lists: any filter is a merge of a few groups.
CREATE INDEX jobs_by_group ON jobs (phase, workflow, instance, arrival) WHERE expired_at IS NULL;

CREATE INDEX jobs_ended ON jobs (ended_at, arrival) WHERE ended_at IS NOT NULL AND expired_at IS NULL;

CREATE INDEX jobs_expired ON jobs (expired_at) WHERE expired_at IS NOT NULL;

CREATE UNIQUE INDEX jobs_by_key ON jobs (idempotency_key) WHERE idempotency_key IS NOT NULL;

-- The stored files that an unexpired job names.
CREATE TABLE job_files (
  job  INTEGER NOT NULL REFERENCES jobs (arrival) ON DELETE CASCADE,
  blob BLOB    NOT NULL CHECK (length(blob) = 32),
  PRIMARY KEY (job, blob)
) STRICT, WITHOUT ROWID;

CREATE INDEX job_files_by_blob ON job_files (blob);

-- How many unexpired jobs there are of each group, so that nothing is counted row by row.
CREATE TABLE group_counts (
  phase    TEXT    NOT NULL,
  workflow TEXT    NOT NULL,
  instance TEXT    NOT NULL,
  jobs     INTEGER NOT NULL CHECK (jobs >= 0),
  PRIMARY KEY (phase, workflow, instance)
) STRICT, WITHOUT ROWID;

-- How many jobs wait, by priority and by 256 arrivals: a place in the queue is a sum and a short count.
CREATE TABLE queue_counts (
  priority INTEGER NOT NULL,
  bucket   INTEGER NOT NULL,
  jobs     INTEGER NOT NULL CHECK (jobs >= 0),
  PRIMARY KEY (priority, bucket)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER group_joined AFTER INSERT ON jobs WHEN NEW.expired_at IS NULL
BEGIN
  INSERT INTO group_counts VALUES (NEW.phase, NEW.workflow, NEW.instance, 1)
    ON CONFLICT DO UPDATE SET jobs = jobs + 1;
END;

CREATE TRIGGER group_changed AFTER UPDATE OF phase, instance, expired_at ON jobs
  WHEN OLD.phase <> NEW.phase OR OLD.instance <> NEW.instance
    OR (OLD.expired_at IS NULL) <> (NEW.expired_at IS NULL)
BEGIN
  UPDATE group_counts SET jobs = jobs - 1
    WHERE OLD.expired_at IS NULL
      AND phase = OLD.phase AND workflow = OLD.workflow AND instance = OLD.instance;
  INSERT INTO group_counts SELECT NEW.phase, NEW.workflow, NEW.instance, 1 WHERE NEW.expired_at IS NULL
    ON CONFLICT DO UPDATE SET jobs = jobs + 1;
END;

CREATE TRIGGER group_left AFTER DELETE ON jobs WHEN OLD.expired_at IS NULL
BEGIN
  UPDATE group_counts SET jobs = jobs - 1
    WHERE phase = OLD.phase AND workflow = OLD.workflow AND instance = OLD.instance;
END;

CREATE TRIGGER queue_joined AFTER INSERT ON jobs WHEN NEW.phase = 'pending'
BEGIN
  INSERT INTO queue_counts VALUES (NEW.priority, NEW.arrival >> 8, 1)
    ON CONFLICT DO UPDATE SET jobs = jobs + 1;
END;

CREATE TRIGGER queue_joined_again AFTER UPDATE OF phase ON jobs
  WHEN NEW.phase = 'pending' AND OLD.phase <> 'pending'
BEGIN
  INSERT INTO queue_counts VALUES (NEW.priority, NEW.arrival >> 8, 1)
    ON CONFLICT DO UPDATE SET jobs = jobs + 1;
END;

CREATE TRIGGER queue_left AFTER UPDATE OF phase ON jobs
  WHEN OLD.phase = 'pending' AND NEW.phase <> 'pending'
BEGIN
  UPDATE queue_counts SET jobs = jobs - 1 WHERE priority = OLD.priority AND bucket = OLD.arrival >> 8;
  DELETE FROM queue_counts WHERE priority = OLD.priority AND bucket = OLD.arrival >> 8 AND jobs = 0;
END;

CREATE TRIGGER queue_emptied AFTER DELETE ON jobs WHEN OLD.phase = 'pending'
BEGIN
  UPDATE queue_counts SET jobs = jobs - 1 WHERE priority = OLD.priority AND bucket = OLD.arrival >> 8;
  DELETE FROM queue_counts WHERE priority = OLD.priority AND bucket = OLD.arrival >> 8 AND jobs = 0;
END;
