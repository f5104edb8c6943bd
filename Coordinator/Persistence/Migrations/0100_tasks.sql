-- Tasks and runs: the hot path. Phases, outcomes and the like are the numbers of the enums in Vantage.Protocol; a test
-- pins them. Coordinator and nodes meet in the columns of run that a compare-and-set on (run, epoch, phase) moves.

ALTER TABLE node ADD COLUMN mode_since timestamptz;
GRANT UPDATE (mode_since) ON node TO vantage_app;
-- The leader changes no node. PostgreSQL asks for this right of whoever locks a row: the sweep holds a lapsed lease
-- still while it gives the node's runs away.
GRANT UPDATE (mode_since) ON node TO vantage_leader;

-- Every field comes from the signed manifest. The outcome is the fold of TaskLifecycle over the counts of ended runs,
-- which the statement that ends a run keeps: so the last one settles the task in its own transaction.
CREATE TABLE task (
    id uuid PRIMARY KEY,
    collaboration_id uuid NOT NULL REFERENCES collaboration,
    owner_organization uuid NOT NULL,
    asked_by_user uuid,
    asked_by_node uuid,
    study_id uuid,
    job_id uuid NOT NULL,
    type smallint NOT NULL,
    algorithm text NOT NULL,
    function text NOT NULL,
    not_before timestamptz NOT NULL,
    not_after timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    manifest text NOT NULL,
    manifest_digest bytea NOT NULL CHECK (octet_length(manifest_digest) = 32),
    parent_manifest text,
    open_runs int NOT NULL CHECK (open_runs >= 0),
    succeeded int NOT NULL DEFAULT 0,
    failed int NOT NULL DEFAULT 0,
    refused int NOT NULL DEFAULT 0,
    cancelled int NOT NULL DEFAULT 0,
    expired int NOT NULL DEFAULT 0,
    lost int NOT NULL DEFAULT 0,
    outcome smallint GENERATED ALWAYS AS (CASE
        WHEN open_runs > 0 THEN NULL
        WHEN succeeded > 0 AND failed + refused + cancelled + expired + lost = 0 THEN 0
        WHEN succeeded > 0 THEN 1
        WHEN failed + lost > 0 THEN 2
        WHEN cancelled > 0 THEN 4
        WHEN expired > 0 THEN 5
        ELSE 3 END) STORED,
    settled_at timestamptz,
    payloads_removed_at timestamptz,
    CHECK ((asked_by_user IS NULL) <> (asked_by_node IS NULL)),
    CHECK ((open_runs = 0) = (settled_at IS NOT NULL))
) WITH (fillfactor = 80);
ALTER TABLE task ALTER COLUMN manifest SET STORAGE EXTERNAL;
CREATE INDEX task_list ON task (collaboration_id, id);
CREATE INDEX task_job ON task (job_id, id);
CREATE INDEX task_retention ON task (settled_at) WHERE settled_at IS NOT NULL AND payloads_removed_at IS NULL;

-- queued and live exist for the partial indexes: a report changes neither, so that it rewrites no index entry.
CREATE TABLE run (
    id uuid PRIMARY KEY,
    task_id uuid NOT NULL REFERENCES task,
    collaboration_id uuid NOT NULL,
    owner_organization uuid NOT NULL,
    asker_organization uuid NOT NULL,
    node_id uuid NOT NULL,
    turn_of uuid NOT NULL,
    lost_node smallint NOT NULL,
    not_before timestamptz NOT NULL,
    not_after timestamptz NOT NULL,
    phase smallint NOT NULL DEFAULT 0 CHECK (phase BETWEEN 0 AND 6),
    epoch bigint NOT NULL DEFAULT 0,
    holder uuid,
    outcome smallint CHECK (outcome BETWEEN 0 AND 5),
    code text CHECK (code ~ '^[a-z][a-z0-9-]{0,63}$'),
    progress smallint CHECK (progress BETWEEN 0 AND 100),
    waiting smallint NOT NULL DEFAULT 0,
    waiting_since timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now(),
    queued boolean NOT NULL GENERATED ALWAYS AS (phase = 0) STORED,
    live boolean NOT NULL GENERATED ALWAYS AS (phase < 6) STORED,
    CHECK ((phase = 6) = (outcome IS NOT NULL))
) WITH (fillfactor = 80);
CREATE INDEX run_task ON run (task_id);
CREATE INDEX run_queue ON run (node_id, collaboration_id, turn_of, id) WHERE queued;
CREATE INDEX run_held ON run (holder) WHERE live AND NOT queued;
CREATE INDEX run_expiry ON run (not_after) WHERE live;

-- Alternates that may claim a run while its own node is away. Swept once the run has ended.
CREATE TABLE run_stand_in (
    node_id uuid NOT NULL,
    run_id uuid NOT NULL REFERENCES run,
    collaboration_id uuid NOT NULL,
    owner_organization uuid NOT NULL,
    PRIMARY KEY (node_id, run_id)
);
CREATE INDEX run_stand_in_run ON run_stand_in (run_id);

-- Sealed bytes of a run, or where they lie: node_id says to whom an input is sealed, or who made the others.
-- inline NULL and removed_at NULL: in the blob store.
CREATE TABLE run_payload (
    run_id uuid NOT NULL REFERENCES run,
    kind smallint NOT NULL,
    node_id uuid NOT NULL,
    collaboration_id uuid NOT NULL,
    owner_organization uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    size bigint NOT NULL CHECK (size > 0),
    inline bytea CHECK (octet_length(inline) <= 16384),
    removed_at timestamptz,
    PRIMARY KEY (run_id, kind, node_id)
);
ALTER TABLE run_payload ALTER COLUMN inline SET STORAGE EXTERNAL;
CREATE INDEX run_payload_blob ON run_payload (collaboration_id, digest) WHERE inline IS NULL AND removed_at IS NULL;

-- What nodes signed about ends: the accepted receipt of a run, and those that came too late, kept for audit.
CREATE TABLE run_receipt (
    run_id uuid NOT NULL REFERENCES run,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    collaboration_id uuid NOT NULL,
    owner_organization uuid NOT NULL,
    node_id uuid NOT NULL,
    epoch bigint NOT NULL,
    accepted boolean NOT NULL,
    receipt text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (run_id, digest)
);
CREATE UNIQUE INDEX run_receipt_accepted ON run_receipt (run_id) WHERE accepted;

-- Whose turn it was last at a node, so that claims go round.
CREATE TABLE claim_turn (
    node_id uuid NOT NULL,
    collaboration_id uuid NOT NULL,
    turn_of uuid NOT NULL,
    served_at timestamptz NOT NULL,
    PRIMARY KEY (node_id, collaboration_id, turn_of)
) WITH (fillfactor = 50);

ALTER TABLE task ENABLE ROW LEVEL SECURITY;
ALTER TABLE task FORCE ROW LEVEL SECURITY;
ALTER TABLE run ENABLE ROW LEVEL SECURITY;
ALTER TABLE run FORCE ROW LEVEL SECURITY;
ALTER TABLE run_stand_in ENABLE ROW LEVEL SECURITY;
ALTER TABLE run_stand_in FORCE ROW LEVEL SECURITY;
ALTER TABLE run_payload ENABLE ROW LEVEL SECURITY;
ALTER TABLE run_payload FORCE ROW LEVEL SECURITY;
ALTER TABLE run_receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE run_receipt FORCE ROW LEVEL SECURITY;
ALTER TABLE claim_turn ENABLE ROW LEVEL SECURITY;
ALTER TABLE claim_turn FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON task TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY tenant ON run TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY tenant ON run_stand_in TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY tenant ON run_payload TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY tenant ON run_receipt TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY tenant ON claim_turn TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY leader ON task TO vantage_leader USING (true);
CREATE POLICY leader ON run TO vantage_leader USING (true);
CREATE POLICY leader ON run_stand_in TO vantage_leader USING (true);
CREATE POLICY leader ON run_payload TO vantage_leader USING (true);

GRANT SELECT, INSERT ON task, run, run_stand_in, run_payload, run_receipt, claim_turn TO vantage_app;
GRANT UPDATE (open_runs, succeeded, failed, refused, cancelled, expired, lost, settled_at) ON task TO vantage_app, vantage_leader;
GRANT UPDATE (phase, epoch, holder, outcome, code, progress, waiting, waiting_since, updated_at) ON run TO vantage_app;
GRANT UPDATE (served_at) ON claim_turn TO vantage_app;

-- The leader's sweep expires runs, applies the policies for lost nodes and removes payloads past their retention. It
-- reads neither manifests nor payloads.
GRANT SELECT (id, collaboration_id, owner_organization, open_runs, succeeded, failed, refused, cancelled, expired, lost,
    outcome, settled_at, payloads_removed_at) ON task TO vantage_leader;
GRANT UPDATE (payloads_removed_at) ON task TO vantage_leader;
GRANT SELECT ON run TO vantage_leader;
GRANT UPDATE (phase, holder, outcome, progress, waiting, waiting_since, updated_at) ON run TO vantage_leader;
GRANT SELECT, DELETE ON run_stand_in TO vantage_leader;
GRANT SELECT (run_id, kind, node_id, collaboration_id, digest, size, removed_at), UPDATE (inline, removed_at)
    ON run_payload TO vantage_leader;
