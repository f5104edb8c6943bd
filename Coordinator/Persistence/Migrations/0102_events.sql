-- What happened to tasks, for those who watch. Readers stop at the oldest transaction that still runs and go by
-- (xid, id), so that a slow commit is never skipped.

CREATE TABLE task_event (
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    id bigint GENERATED ALWAYS AS IDENTITY,
    at timestamptz NOT NULL DEFAULT now(),
    collaboration_id uuid NOT NULL,
    owner_organization uuid NOT NULL,
    task_id uuid NOT NULL,
    run_id uuid,
    phase smallint,
    outcome smallint,
    code text,
    progress smallint,
    waiting smallint,
    task_outcome smallint,
    PRIMARY KEY (xid, id)
);

-- The last event that retention removed: whoever resumes before it has missed something.
CREATE TABLE task_event_horizon (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    xid xid8 NOT NULL,
    id bigint NOT NULL
);
INSERT INTO task_event_horizon (xid, id) VALUES ('0', 0);

ALTER TABLE task_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE task_event FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON task_event TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY leader ON task_event TO vantage_leader USING (true);

GRANT SELECT, INSERT ON task_event TO vantage_app;
GRANT INSERT, DELETE ON task_event TO vantage_leader;
GRANT SELECT (xid, id, at) ON task_event TO vantage_leader;
GRANT SELECT ON task_event_horizon TO vantage_app;
GRANT SELECT, UPDATE ON task_event_horizon TO vantage_leader;
