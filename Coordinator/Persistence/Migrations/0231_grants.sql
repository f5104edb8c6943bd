-- Grants: a payload's key wrapped again for a later reader, signed by who could read it. The Coordinator keeps them for the
-- grantee; it can open none, and envelope and receipt stay as they are.

CREATE TABLE payload_grant (
    id uuid PRIMARY KEY,
    collaboration_id uuid NOT NULL REFERENCES collaboration,
    task_id uuid NOT NULL REFERENCES task ON DELETE CASCADE,
    run_id uuid NOT NULL REFERENCES run ON DELETE CASCADE,
    kind smallint NOT NULL,
    granter uuid NOT NULL REFERENCES account,
    granter_organization uuid NOT NULL REFERENCES organization,
    grantee uuid NOT NULL REFERENCES account,
    grantee_organization uuid NOT NULL REFERENCES organization,
    recipient_key bytea NOT NULL CHECK (octet_length(recipient_key) = 32),
    statement text NOT NULL CHECK (char_length(statement) <= 65536),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (run_id, kind, recipient_key)
);
CREATE INDEX payload_grant_grantee ON payload_grant (grantee, id);
CREATE INDEX payload_grant_granter ON payload_grant (granter, id);

ALTER TABLE payload_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE payload_grant FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON payload_grant TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
GRANT SELECT, INSERT, DELETE ON payload_grant TO vantage_app;

-- Whether an account belongs to a member of a collaboration: who gives a grant can't see a partner's accounts.
CREATE FUNCTION organization_in(account uuid, collaboration uuid) RETURNS uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT a.organization_id FROM account a JOIN collaboration_member m ON m.organization_id = a.organization_id
        WHERE a.id = account AND m.collaboration_id = collaboration
$$;
GRANT EXECUTE ON FUNCTION organization_in(uuid, uuid) TO vantage_app;
