-- People and their API tokens. An account without an organization belongs to the Coordinator itself, which scopes name
-- by the nil id.

CREATE FUNCTION owner_organization(organization_id uuid) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN coalesce(organization_id, '00000000-0000-0000-0000-000000000000'::uuid);
GRANT EXECUTE ON FUNCTION owner_organization(uuid) TO PUBLIC;

CREATE TABLE account (
    id uuid PRIMARY KEY,
    organization_id uuid REFERENCES organization,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    email text CHECK (char_length(email) BETWEEN 3 AND 254),
    roles text[] NOT NULL CHECK (roles <@ ARRAY['admin', 'organization-admin', 'researcher'] AND cardinality(roles) > 0),
    signing_certificate bytea,
    encryption_certificate bytea,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- The Coordinator's admins act for no organization, and nobody else's rights reach beyond one.
    CHECK ((organization_id IS NULL) = ('admin' = ANY (roles))),
    CHECK (organization_id IS NOT NULL OR cardinality(roles) = 1)
);
CREATE UNIQUE INDEX account_name ON account (owner_organization(organization_id), lower(name));

-- Only the SHA-256 of the whole token is kept.
CREATE TABLE api_token (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES account,
    organization_id uuid REFERENCES organization,
    hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX api_token_account ON api_token (account_id);

ALTER TABLE account ENABLE ROW LEVEL SECURITY;
ALTER TABLE account FORCE ROW LEVEL SECURITY;
ALTER TABLE api_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_token FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON account TO vantage_app
    USING (owner_organization(organization_id) = ANY ((SELECT scope_organizations())::uuid[]));
CREATE POLICY tenant ON api_token TO vantage_app
    USING (owner_organization(organization_id) = ANY ((SELECT scope_organizations())::uuid[]));
CREATE POLICY owner ON account TO CURRENT_USER USING (true);
CREATE POLICY owner ON api_token TO CURRENT_USER USING (true);

-- No UPDATE of organization_id: nobody changes organizations and keeps old rights.
GRANT SELECT, INSERT ON account, api_token TO vantage_app;
GRANT UPDATE (name, email, roles, signing_certificate, encryption_certificate) ON account TO vantage_app;
GRANT UPDATE (last_used_at, revoked_at) ON api_token TO vantage_app;
