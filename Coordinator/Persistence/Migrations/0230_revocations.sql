-- The newest list of revoked keys of each organization that publishes one. Nodes and clients believe it by its signature;
-- the Coordinator hands it on.

CREATE SEQUENCE statement_mark;

CREATE TABLE key_revocations (
    organization_id uuid PRIMARY KEY REFERENCES organization,
    serial bigint NOT NULL CHECK (serial > 0),
    not_after timestamptz NOT NULL,
    statement text NOT NULL CHECK (char_length(statement) <= 4194304),
    -- Another number with each change; see statement_marks.
    mark bigint NOT NULL DEFAULT nextval('statement_mark'),
    created_at timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE key_revocations ENABLE ROW LEVEL SECURITY;
ALTER TABLE key_revocations FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON key_revocations TO vantage_app USING (organization_id = ANY ((SELECT scope_organizations())::uuid[]));
-- Partners read it: it is about keys that they may otherwise believe.
CREATE POLICY partner ON key_revocations FOR SELECT TO vantage_app USING (organization_id IN (
    SELECT m.organization_id FROM collaboration_member m WHERE m.collaboration_id = ANY ((SELECT scope_collaborations())::uuid[])));
CREATE POLICY owner ON key_revocations FOR SELECT TO CURRENT_USER USING (true);
GRANT SELECT, INSERT ON key_revocations TO vantage_app;
GRANT UPDATE (serial, not_after, statement, mark) ON key_revocations TO vantage_app;
GRANT USAGE ON SEQUENCE statement_mark TO vantage_app;

-- Changes whenever any list does, and says nothing else. A sum, since two that commit in the other order than they took
-- their numbers would leave the greatest as it was.
CREATE FUNCTION statement_marks() RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT coalesce(sum(mark), 0)::text FROM key_revocations
$$;
GRANT EXECUTE ON FUNCTION statement_marks() TO vantage_app;
