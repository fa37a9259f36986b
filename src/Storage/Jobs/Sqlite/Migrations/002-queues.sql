-- Jobs that need the same of an instance stand in one queue: those of a workflow, or those whose own graphs need the same.

ALTER TABLE jobs ADD COLUMN queue TEXT NOT NULL DEFAULT '';

UPDATE jobs SET queue = workflow;

DROP INDEX jobs_pending;

CREATE INDEX jobs_pending ON jobs (queue, priority DESC, arrival) WHERE phase = 'pending';
