-- The trail's entries become the leaves of one growing Merkle tree (RFC 6962), so that whoever keeps a signed head can ask
-- whether today's trail still begins with it, and a tenant can verify its part without seeing anybody else's. What was
-- sealed as a plain chain is sealed anew: no program with that format was ever released.

DROP TABLE audit_seal;

-- Where an entry stands, and what keeps its hash from being guessed.
CREATE TABLE audit_seal (
    sequence bigint PRIMARY KEY CHECK (sequence > 0),
    entry_id bigint NOT NULL UNIQUE REFERENCES audit_entry,
    collaboration_id uuid,
    organization_id uuid,
    salt bytea NOT NULL CHECK (octet_length(salt) = 16)
);

-- The tree: its leaves (level 0), and every eighth level of its full subtrees. Says nothing about what the entries say.
CREATE TABLE audit_hash (
    level smallint CHECK (level >= 0 AND level % 8 = 0),
    index bigint CHECK (index >= 0),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (level, index)
);

-- What was signed, at the end of each batch.
CREATE TABLE audit_head (
    size bigint PRIMARY KEY CHECK (size > 0),
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    at timestamptz NOT NULL,
    key text NOT NULL,
    signature text NOT NULL
);

-- Which trail this is, and where it goes on.
CREATE TABLE audit_tip (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    chain uuid NOT NULL,
    size bigint NOT NULL,
    frontier bytea NOT NULL
);
INSERT INTO audit_tip (chain, size, frontier) VALUES (gen_random_uuid(), 0, '');

ALTER TABLE audit_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_seal FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON audit_seal FOR SELECT TO vantage_app USING (
    collaboration_id = ANY ((SELECT scope_collaborations())::uuid[])
    OR (collaboration_id IS NULL OR organization_id IS NOT NULL)
        AND owner_organization(organization_id) = ANY ((SELECT scope_organizations())::uuid[]));
CREATE POLICY leader ON audit_seal TO vantage_leader USING (true);

GRANT SELECT ON audit_seal, audit_hash, audit_head, audit_tip TO vantage_app;
GRANT SELECT, INSERT ON audit_seal, audit_hash, audit_head TO vantage_leader;
GRANT SELECT, UPDATE (size, frontier) ON audit_tip TO vantage_leader;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_hash FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_head FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
