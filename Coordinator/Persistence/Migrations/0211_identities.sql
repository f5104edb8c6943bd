-- People and programs at identity providers, and the accounts that they sign in to. The issuer and its subject are the only
-- link: names and addresses of mail change hands.

CREATE TABLE account_identity (
    issuer text NOT NULL CHECK (char_length(issuer) BETWEEN 9 AND 2048),
    subject text NOT NULL CHECK (char_length(subject) BETWEEN 1 AND 255),
    account_id uuid NOT NULL REFERENCES account,
    organization_id uuid REFERENCES organization,
    is_service boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- A person and a program may be called alike, and are not the same.
    PRIMARY KEY (issuer, subject, is_service)
);
CREATE INDEX account_identity_account ON account_identity (account_id);

ALTER TABLE account_identity ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_identity FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON account_identity TO vantage_app
    USING (owner_organization(organization_id) = ANY ((SELECT scope_organizations())::uuid[]));
CREATE POLICY owner ON account_identity TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, DELETE ON account_identity TO vantage_app;

-- Whom a provider means, before anybody is known; the asker has it from the provider itself.
CREATE FUNCTION find_identity(of_issuer text, of_subject text, service boolean) RETURNS TABLE (account_id uuid,
        organization_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT a.id, a.organization_id
        FROM account_identity i JOIN account a ON a.id = i.account_id WHERE i.issuer = of_issuer AND i.subject = of_subject
            AND i.is_service = service;
$$;
GRANT EXECUTE ON FUNCTION find_identity(text, text, boolean) TO vantage_app;
