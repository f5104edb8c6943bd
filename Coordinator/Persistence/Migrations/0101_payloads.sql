-- Payload bytes too large for a row: where they are on their way up, and what has arrived. The bytes themselves lie in
-- the blob store under (collaboration, digest), and are reached only through a row of run_payload.

CREATE TABLE blob (
    collaboration_id uuid NOT NULL REFERENCES collaboration,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    size bigint NOT NULL CHECK (size > 0),
    owner_organization uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- Marked first, removed a while later if still nobody refers to it: a task that arrives in between keeps it.
    marked_at timestamptz,
    PRIMARY KEY (collaboration_id, digest)
);

CREATE TABLE upload (
    id uuid PRIMARY KEY,
    collaboration_id uuid NOT NULL REFERENCES collaboration,
    owner_organization uuid NOT NULL,
    -- The account or node that began it: nobody else goes on with it.
    uploader uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    size bigint NOT NULL CHECK (size > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    completed_at timestamptz
);
CREATE INDEX upload_expiry ON upload (expires_at);
CREATE INDEX upload_open ON upload (collaboration_id) WHERE completed_at IS NULL;

CREATE TABLE upload_part (
    upload_id uuid NOT NULL REFERENCES upload ON DELETE CASCADE,
    number int NOT NULL CHECK (number >= 0),
    collaboration_id uuid NOT NULL,
    owner_organization uuid NOT NULL,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (upload_id, number)
);

ALTER TABLE blob ENABLE ROW LEVEL SECURITY;
ALTER TABLE blob FORCE ROW LEVEL SECURITY;
ALTER TABLE upload ENABLE ROW LEVEL SECURITY;
ALTER TABLE upload FORCE ROW LEVEL SECURITY;
ALTER TABLE upload_part ENABLE ROW LEVEL SECURITY;
ALTER TABLE upload_part FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON blob TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY tenant ON upload TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY tenant ON upload_part TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY leader ON blob TO vantage_leader USING (true);
CREATE POLICY leader ON upload TO vantage_leader USING (true);

GRANT SELECT, INSERT ON blob, upload, upload_part TO vantage_app;
GRANT UPDATE (marked_at, created_at) ON blob TO vantage_app;
GRANT UPDATE (expires_at, completed_at) ON upload TO vantage_app;
GRANT DELETE ON upload_part TO vantage_app;
GRANT SELECT, DELETE ON blob, upload TO vantage_leader;
GRANT UPDATE (marked_at) ON blob TO vantage_leader;

-- The folder (or bucket) that this database's blobs lie in: a replica with another one is refused.
CREATE TABLE blob_store (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    identity text NOT NULL
);
GRANT SELECT, INSERT ON blob_store TO vantage_leader;
