-- Charters: what the organizations of a collaboration signed. The Coordinator keeps and relays them; nodes and clients
-- judge them by themselves.

CREATE TABLE charter (
    collaboration_id uuid NOT NULL REFERENCES collaboration,
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    charter_id uuid NOT NULL,
    serial bigint NOT NULL CHECK (serial > 0),
    -- The exact text: what is signed is its UTF-8.
    text text NOT NULL,
    proposed_by uuid NOT NULL REFERENCES organization,
    created_at timestamptz NOT NULL DEFAULT now(),
    in_force_at timestamptz,
    PRIMARY KEY (collaboration_id, digest)
);
-- One successor of each version. Nodes hold to that too, whatever this database says.
CREATE UNIQUE INDEX charter_serial ON charter (collaboration_id, charter_id, serial) WHERE in_force_at IS NOT NULL;

-- An organization that changes its root agrees by both, hence root: the digest of the certificate.
CREATE TABLE charter_consent (
    collaboration_id uuid NOT NULL,
    digest bytea NOT NULL,
    organization_id uuid NOT NULL REFERENCES organization,
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    jws text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (collaboration_id, digest, organization_id, root),
    FOREIGN KEY (collaboration_id, digest) REFERENCES charter (collaboration_id, digest)
);

-- Organizations that a version would let in: being named in one is the invitation to read and to agree.
CREATE TABLE charter_joining (
    collaboration_id uuid NOT NULL,
    digest bytea NOT NULL,
    organization_id uuid NOT NULL REFERENCES organization,
    PRIMARY KEY (collaboration_id, digest, organization_id),
    FOREIGN KEY (collaboration_id, digest) REFERENCES charter (collaboration_id, digest)
);
CREATE INDEX charter_joining_organization ON charter_joining (organization_id);

ALTER TABLE charter ENABLE ROW LEVEL SECURITY;
ALTER TABLE charter FORCE ROW LEVEL SECURITY;
ALTER TABLE charter_consent ENABLE ROW LEVEL SECURITY;
ALTER TABLE charter_consent FORCE ROW LEVEL SECURITY;
ALTER TABLE charter_joining ENABLE ROW LEVEL SECURITY;
ALTER TABLE charter_joining FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON charter TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY tenant ON charter_consent TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY tenant ON charter_joining TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
-- Who is to agree reads what was agreed before: the whole charter, and nothing else of the collaboration.
CREATE POLICY named ON charter_joining FOR SELECT TO vantage_app USING (organization_id = ANY ((SELECT scope_organizations())::uuid[]));
CREATE POLICY named ON charter FOR SELECT TO vantage_app USING (collaboration_id IN (
    SELECT j.collaboration_id FROM charter_joining j WHERE j.organization_id = ANY ((SELECT scope_organizations())::uuid[])));
CREATE POLICY named ON charter_consent FOR SELECT TO vantage_app USING (collaboration_id IN (
    SELECT j.collaboration_id FROM charter_joining j WHERE j.organization_id = ANY ((SELECT scope_organizations())::uuid[])));

GRANT SELECT, INSERT ON charter, charter_consent, charter_joining TO vantage_app;
GRANT UPDATE (in_force_at) ON charter TO vantage_app;
