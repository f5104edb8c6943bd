-- The audit trail. Rows are inserted unchained in the business transaction; the leader's sealer chains and signs them
-- within a second into a table of its own, so that no row is ever updated.

CREATE TABLE audit_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at timestamptz NOT NULL DEFAULT now(),
    actor text NOT NULL CHECK (char_length(actor) BETWEEN 1 AND 200),
    action text NOT NULL CHECK (action ~ '^[a-z][a-z-]*(\.[a-z][a-z-]*)+$'),
    subject text NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 200),
    collaboration_id uuid,
    organization_id uuid
);

-- sequence: without gaps, from 1. hash: of the entry and the hash before. seal: on the last entry of each batch, the
-- signature over its hash, which by the chain covers all before.
CREATE TABLE audit_seal (
    sequence bigint PRIMARY KEY CHECK (sequence > 0),
    entry_id bigint NOT NULL UNIQUE REFERENCES audit_entry,
    collaboration_id uuid,
    organization_id uuid,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    seal text
);
CREATE INDEX audit_entry_order ON audit_entry (xid, id);

ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_seal ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_seal FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON audit_entry TO vantage_app USING (
    collaboration_id = ANY ((SELECT scope_collaborations())::uuid[])
    OR (collaboration_id IS NULL OR organization_id IS NOT NULL)
        AND owner_organization(organization_id) = ANY ((SELECT scope_organizations())::uuid[]));
CREATE POLICY tenant ON audit_seal FOR SELECT TO vantage_app USING (
    collaboration_id = ANY ((SELECT scope_collaborations())::uuid[])
    OR (collaboration_id IS NULL OR organization_id IS NOT NULL)
        AND owner_organization(organization_id) = ANY ((SELECT scope_organizations())::uuid[]));
CREATE POLICY leader ON audit_entry FOR SELECT TO vantage_leader USING (true);
CREATE POLICY leader ON audit_seal TO vantage_leader USING (true);

GRANT SELECT, INSERT ON audit_entry TO vantage_app;
GRANT SELECT ON audit_seal TO vantage_app;
GRANT SELECT ON audit_entry TO vantage_leader;
GRANT SELECT, INSERT ON audit_seal TO vantage_leader;

-- Not even the owner changes what happened, short of dropping this trigger, which an auditor can see.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'The audit trail only grows: % refused.', TG_OP; END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
