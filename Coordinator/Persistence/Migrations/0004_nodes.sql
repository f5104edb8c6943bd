-- Nodes and how they come in: a one-time code opens the account, the organization's admin certifies the keys, and a
-- signed challenge gives a session.

CREATE TABLE node (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    signing_request bytea,
    encryption_request bytea,
    signing_certificate bytea,
    encryption_certificate bytea,
    revoked_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- The lease: by this database's clock, renewed by heartbeats. Online means lease_until > now().
    mode text NOT NULL DEFAULT 'Active' CHECK (mode IN ('Active', 'Paused', 'Draining')),
    lease_until timestamptz,
    last_seen_at timestamptz,
    agent_version text CHECK (char_length(agent_version) <= 100),
    UNIQUE (id, organization_id),
    CHECK ((signing_request IS NULL) = (encryption_request IS NULL)),
    CHECK ((signing_certificate IS NULL) = (encryption_certificate IS NULL)),
    CHECK (signing_certificate IS NULL OR signing_request IS NOT NULL)
);
CREATE UNIQUE INDEX node_name ON node (organization_id, lower(name));
CREATE INDEX node_lease ON node (lease_until) WHERE lease_until IS NOT NULL;

CREATE TABLE node_enrolment (
    node_id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    code_hash bytea NOT NULL UNIQUE CHECK (octet_length(code_hash) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    FOREIGN KEY (node_id, organization_id) REFERENCES node (id, organization_id)
);

CREATE TABLE node_session (
    id uuid PRIMARY KEY,
    node_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    FOREIGN KEY (node_id, organization_id) REFERENCES node (id, organization_id)
);
CREATE INDEX node_session_node ON node_session (node_id);
CREATE INDEX node_session_expiry ON node_session (expires_at);

ALTER TABLE node ENABLE ROW LEVEL SECURITY;
ALTER TABLE node FORCE ROW LEVEL SECURITY;
ALTER TABLE node_enrolment ENABLE ROW LEVEL SECURITY;
ALTER TABLE node_enrolment FORCE ROW LEVEL SECURITY;
ALTER TABLE node_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE node_session FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON node TO vantage_app USING (organization_id = ANY ((SELECT scope_organizations())::uuid[]));
CREATE POLICY partner ON node FOR SELECT TO vantage_app USING (organization_id IN (
    SELECT m.organization_id FROM collaboration_member m WHERE m.collaboration_id = ANY ((SELECT scope_collaborations())::uuid[])));
CREATE POLICY tenant ON node_enrolment TO vantage_app USING (organization_id = ANY ((SELECT scope_organizations())::uuid[]));
CREATE POLICY tenant ON node_session TO vantage_app USING (organization_id = ANY ((SELECT scope_organizations())::uuid[]));
CREATE POLICY owner ON node TO CURRENT_USER USING (true);
CREATE POLICY owner ON node_enrolment TO CURRENT_USER USING (true);
CREATE POLICY owner ON node_session TO CURRENT_USER USING (true);
CREATE POLICY leader ON node TO vantage_leader USING (true);
CREATE POLICY leader ON node_session TO vantage_leader USING (true);

GRANT SELECT, INSERT ON node, node_enrolment, node_session TO vantage_app;
GRANT UPDATE (name, signing_request, encryption_request, signing_certificate, encryption_certificate, revoked_at,
    mode, lease_until, last_seen_at, agent_version) ON node TO vantage_app;
-- A code that was never used can be replaced by another.
GRANT UPDATE (code_hash, created_at, expires_at) ON node_enrolment TO vantage_app;
GRANT DELETE ON node_session TO vantage_app;
GRANT SELECT ON node TO vantage_leader;
GRANT SELECT, DELETE ON node_session TO vantage_leader;
