-- Sessions of people who signed in. Only the SHA-256 of the secret is kept. Times are the Coordinator's, which also judges
-- them; a session that ended is deleted, and the audit trail remembers it.
CREATE TABLE account_session (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account,
    organization_id uuid REFERENCES organization,
    hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    method text NOT NULL CHECK (method IN ('password', 'password-and-code', 'passkey', 'single-sign-on')),
    form text NOT NULL CHECK (form IN ('bearer', 'cookie')),
    agent text CHECK (char_length(agent) <= 200),
    created_at timestamptz NOT NULL,
    -- When the person last proved who they are; what admins do needs it to be fresh.
    authenticated_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    idle interval NOT NULL CHECK (idle > interval '0'),
    expires_at timestamptz NOT NULL
);
CREATE INDEX account_session_account ON account_session (account_id);
CREATE INDEX account_session_expiry ON account_session (expires_at);

ALTER TABLE account_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_session FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON account_session TO vantage_app
    USING (owner_organization(organization_id) = ANY ((SELECT scope_organizations())::uuid[]));
CREATE POLICY owner ON account_session TO CURRENT_USER USING (true);
CREATE POLICY leader ON account_session TO vantage_leader USING (true);
GRANT SELECT, INSERT, DELETE ON account_session TO vantage_app;
GRANT UPDATE (authenticated_at) ON account_session TO vantage_app;
GRANT SELECT, DELETE ON account_session TO vantage_leader;

-- A disabled account's tokens and sessions open nothing; enabling it brings its tokens back, and none of its sessions.
ALTER TABLE account ADD COLUMN disabled_at timestamptz;
GRANT UPDATE (disabled_at) ON account TO vantage_app;

-- Who holds this session; no row if nobody does. Notes the use, at most once a minute, which is what keeps it from idling.
CREATE FUNCTION find_session(session_hash bytea, at timestamptz) RETURNS TABLE (session_id uuid, account_id uuid, name text,
        roles text[], organization_id uuid, expires_at timestamptz, expired boolean, collaborations uuid[],
        organizations uuid[], authenticated_at timestamptz, form text)
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    UPDATE account_session s SET last_used_at = at
        WHERE s.hash = session_hash AND s.expires_at > at AND s.last_used_at + s.idle > at
            AND s.last_used_at < at - interval '1 minute';
    SELECT s.id, a.id, a.name, a.roles, a.organization_id, s.expires_at,
            s.expires_at <= at OR s.last_used_at + s.idle <= at, r.collaborations, r.organizations, s.authenticated_at, s.form
        FROM account_session s JOIN account a ON a.id = s.account_id
            CROSS JOIN LATERAL reach_of(CASE WHEN 'admin' = ANY (a.roles) THEN NULL ELSE a.organization_id END) r
        WHERE s.hash = session_hash AND a.disabled_at IS NULL;
$$;

-- Which of these sessions still stand: open streams of the others are closed.
CREATE FUNCTION standing_sessions(hashes bytea[], at timestamptz) RETURNS SETOF bytea
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT s.hash FROM account_session s JOIN account a ON a.id = s.account_id
        WHERE s.hash = ANY (hashes) AND s.expires_at > at AND s.last_used_at + s.idle > at AND a.disabled_at IS NULL;
$$;

CREATE OR REPLACE FUNCTION find_token(token_hash bytea) RETURNS TABLE (token_id uuid, account_id uuid, name text, roles text[],
        organization_id uuid, expires_at timestamptz, expired boolean, collaborations uuid[], organizations uuid[])
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    UPDATE api_token SET last_used_at = now()
        WHERE hash = token_hash AND revoked_at IS NULL AND expires_at > now()
            AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute');
    SELECT t.id, a.id, a.name, a.roles, a.organization_id, t.expires_at, t.expires_at <= now(), r.collaborations, r.organizations
        FROM api_token t JOIN account a ON a.id = t.account_id
            CROSS JOIN LATERAL reach_of(CASE WHEN 'admin' = ANY (a.roles) THEN NULL ELSE a.organization_id END) r
        WHERE t.hash = token_hash AND t.revoked_at IS NULL AND a.disabled_at IS NULL;
$$;

CREATE OR REPLACE FUNCTION standing_credentials(hashes bytea[]) RETURNS SETOF bytea
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT t.hash FROM api_token t JOIN account a ON a.id = t.account_id
        WHERE t.hash = ANY (hashes) AND t.revoked_at IS NULL AND t.expires_at > now() AND a.disabled_at IS NULL
    UNION ALL
    SELECT s.hash FROM node_session s JOIN node n ON n.id = s.node_id
        WHERE s.hash = ANY (hashes) AND s.expires_at > now() AND n.revoked_at IS NULL;
$$;

GRANT EXECUTE ON FUNCTION find_session(bytea, timestamptz), standing_sessions(bytea[], timestamptz) TO vantage_app;
