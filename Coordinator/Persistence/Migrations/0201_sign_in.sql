-- How people sign in by themselves. No secret is kept in plain: passwords as PBKDF2, codes as hashes, an authenticator's
-- secret sealed with a key that lies outside the database.
CREATE TABLE account_sign_in (
    account_id uuid PRIMARY KEY REFERENCES account,
    organization_id uuid REFERENCES organization,
    -- Unique over all organizations: whoever signs in has said nothing else yet.
    login text NOT NULL UNIQUE CHECK (char_length(login) BETWEEN 3 AND 254 AND login = lower(login)),
    password_hash text,
    password_changed_at timestamptz,
    -- The address that a code was sent to and came back from; the account's may have changed since.
    verified_email text CHECK (char_length(verified_email) <= 254),
    totp_secret bytea,
    totp_confirmed_at timestamptz,
    -- Of the last code that was taken: none is taken twice.
    totp_step bigint NOT NULL DEFAULT 0,
    CHECK (totp_confirmed_at IS NULL OR totp_secret IS NOT NULL)
);

CREATE TABLE account_recovery_code (
    account_id uuid NOT NULL REFERENCES account,
    organization_id uuid REFERENCES organization,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (account_id, hash)
);

CREATE TABLE account_passkey (
    id bytea PRIMARY KEY CHECK (octet_length(id) BETWEEN 1 AND 1023),
    account_id uuid NOT NULL REFERENCES account,
    organization_id uuid REFERENCES organization,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    transports text[] NOT NULL,
    is_backup_eligible boolean NOT NULL,
    is_backed_up boolean NOT NULL,
    attestation_object bytea NOT NULL,
    client_data_json bytea NOT NULL,
    added_at timestamptz NOT NULL,
    last_used_at timestamptz
);
CREATE INDEX account_passkey_account ON account_passkey (account_id);

-- One-time codes: to set the first password, to recover, to verify an address. Used ones are deleted.
CREATE TABLE account_code (
    hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    account_id uuid NOT NULL REFERENCES account,
    organization_id uuid REFERENCES organization,
    purpose text NOT NULL CHECK (purpose IN ('invitation', 'recovery', 'email')),
    -- Where it was sent; coming back it verifies that address.
    email text CHECK (char_length(email) <= 254),
    expires_at timestamptz NOT NULL,
    UNIQUE (account_id, purpose)
);
CREATE INDEX account_code_expiry ON account_code (expires_at);

-- Failed attempts, of accounts that exist and of such that don't, by a hash of what was tried. Nobody's tenancy.
CREATE TABLE sign_in_attempt (
    key bytea PRIMARY KEY CHECK (octet_length(key) = 32),
    failures integer NOT NULL,
    free_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL
);
CREATE INDEX sign_in_attempt_last ON sign_in_attempt (last_at);

DO $$
DECLARE
    tenant_table text;
BEGIN
    FOREACH tenant_table IN ARRAY ARRAY['account_sign_in', 'account_recovery_code', 'account_passkey', 'account_code'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', tenant_table);
        EXECUTE format('CREATE POLICY tenant ON %I TO vantage_app
            USING (owner_organization(organization_id) = ANY ((SELECT scope_organizations())::uuid[]))', tenant_table);
        EXECUTE format('CREATE POLICY owner ON %I TO CURRENT_USER USING (true)', tenant_table);
        EXECUTE format('GRANT SELECT, INSERT, DELETE ON %I TO vantage_app', tenant_table);
    END LOOP;
END $$;
GRANT UPDATE (login, password_hash, password_changed_at, verified_email, totp_secret, totp_confirmed_at, totp_step)
    ON account_sign_in TO vantage_app;
GRANT UPDATE (name, sign_count, is_backed_up, last_used_at) ON account_passkey TO vantage_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_attempt TO vantage_app;
CREATE POLICY leader ON account_code TO vantage_leader USING (true);
GRANT SELECT, DELETE ON account_code, sign_in_attempt TO vantage_leader;

-- Lookups before anybody is known. Each answers about one name or secret that the asker has to hold.
CREATE FUNCTION find_sign_in(wanted text) RETURNS TABLE (account_id uuid, organization_id uuid, name text, login text,
        email text, verified_email text, disabled boolean, password_hash text, totp_secret bytea, totp_confirmed boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT a.id, a.organization_id, a.name, s.login, a.email, s.verified_email, a.disabled_at IS NOT NULL, s.password_hash,
            s.totp_secret, s.totp_confirmed_at IS NOT NULL
        FROM account_sign_in s JOIN account a ON a.id = s.account_id WHERE s.login = wanted;
$$;

CREATE FUNCTION find_passkey_owner(credential bytea) RETURNS TABLE (account_id uuid, organization_id uuid, name text,
        disabled boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT a.id, a.organization_id, a.name, a.disabled_at IS NOT NULL
        FROM account_passkey p JOIN account a ON a.id = p.account_id WHERE p.id = credential;
$$;

CREATE FUNCTION find_account_code(code_hash bytea, wanted text, at timestamptz) RETURNS TABLE (account_id uuid,
        organization_id uuid, name text, login text, email text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT a.id, a.organization_id, a.name, s.login, c.email
        FROM account_code c JOIN account a ON a.id = c.account_id JOIN account_sign_in s ON s.account_id = a.id
        WHERE c.hash = code_hash AND c.purpose = wanted AND c.expires_at > at AND a.disabled_at IS NULL;
$$;

GRANT EXECUTE ON FUNCTION find_sign_in(text), find_passkey_owner(bytea), find_account_code(bytea, text, timestamptz) TO vantage_app;
