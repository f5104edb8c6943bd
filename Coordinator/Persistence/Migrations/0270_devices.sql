-- A person works at several devices, each with two keys of its own that the organization certified. What is sealed to the
-- person is sealed to all of them.
CREATE TABLE account_device (
    account_id uuid NOT NULL REFERENCES account,
    -- SHA-256 of the signing key's SubjectPublicKeyInfo: its key id, which is the device's name among all.
    signing_key bytea NOT NULL CHECK (octet_length(signing_key) = 32),
    organization_id uuid NOT NULL REFERENCES organization,
    name text CHECK (char_length(name) BETWEEN 1 AND 100),
    signing_certificate bytea NOT NULL,
    encryption_certificate bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, signing_key)
);

ALTER TABLE account_device ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_device FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON account_device TO vantage_app
    USING (owner_organization(organization_id) = ANY ((SELECT scope_organizations())::uuid[]));
CREATE POLICY owner ON account_device TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, DELETE ON account_device TO vantage_app;
GRANT UPDATE (name, signing_certificate, encryption_certificate) ON account_device TO vantage_app;

-- The one device of before. A certificate of the profile holds its P-256 key behind these 26 bytes, 91 in all.
INSERT INTO account_device (account_id, signing_key, organization_id, signing_certificate, encryption_certificate, created_at)
    SELECT id, sha256(substring(signing_certificate
            FROM position('\x3059301306072a8648ce3d020106082a8648ce3d030107034200'::bytea IN signing_certificate) FOR 91)),
        organization_id, signing_certificate, encryption_certificate, created_at
    FROM account WHERE signing_certificate IS NOT NULL AND encryption_certificate IS NOT NULL AND organization_id IS NOT NULL;
ALTER TABLE account DROP COLUMN signing_certificate, DROP COLUMN encryption_certificate;
