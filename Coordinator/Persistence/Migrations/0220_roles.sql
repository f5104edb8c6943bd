-- Organizations' own roles, and more roles that every Coordinator knows. What an account may do is never stored: it is
-- read from its roles each time.

ALTER TABLE account DROP CONSTRAINT account_roles_check;
ALTER TABLE account ADD CONSTRAINT account_roles_check CHECK (roles <@ ARRAY['admin', 'collaboration-admin',
    'organization-admin', 'researcher', 'viewer', 'data-steward', 'algorithm-reviewer', 'workshop-host', 'model-user']);
ALTER TABLE account ADD CONSTRAINT account_id_organization UNIQUE (id, organization_id);

-- Nobody changes organizations and keeps old rights; not even the owner of the tables moves anybody.
CREATE FUNCTION refuse_move() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'An account never changes its organization.'; END $$;
CREATE TRIGGER organization_stays BEFORE UPDATE ON account FOR EACH ROW
    WHEN (OLD.organization_id IS DISTINCT FROM NEW.organization_id OR OLD.id <> NEW.id) EXECUTE FUNCTION refuse_move();

-- rules: as text, such as task.view@organization. None is global: what reaches beyond an organization and its
-- collaborations only the Coordinator's admins have.
CREATE TABLE role (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    description text NOT NULL CHECK (char_length(description) <= 500),
    rules text[] NOT NULL CHECK (cardinality(rules) <= 500 AND array_to_string(rules, ' ') !~ '@global'),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (id, organization_id)
);
CREATE UNIQUE INDEX role_name ON role (organization_id, lower(name));

-- The two foreign keys keep a role within its own organization, whatever a caller sends.
CREATE TABLE account_role (
    account_id uuid NOT NULL,
    role_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    PRIMARY KEY (account_id, role_id),
    FOREIGN KEY (account_id, organization_id) REFERENCES account (id, organization_id),
    FOREIGN KEY (role_id, organization_id) REFERENCES role (id, organization_id)
);
CREATE INDEX account_role_role ON account_role (role_id);

ALTER TABLE role ENABLE ROW LEVEL SECURITY;
ALTER TABLE role FORCE ROW LEVEL SECURITY;
ALTER TABLE account_role ENABLE ROW LEVEL SECURITY;
ALTER TABLE account_role FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON role TO vantage_app USING (organization_id = ANY ((SELECT scope_organizations())::uuid[]));
CREATE POLICY tenant ON account_role TO vantage_app USING (organization_id = ANY ((SELECT scope_organizations())::uuid[]));
CREATE POLICY owner ON role FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner ON account_role FOR SELECT TO CURRENT_USER USING (true);
GRANT SELECT, INSERT, DELETE ON role, account_role TO vantage_app;
GRANT UPDATE (name, description, rules) ON role TO vantage_app;

-- The rules of an account's own roles, before there is a scope. Who asks found the account by its secret.
CREATE FUNCTION rules_of(account uuid) RETURNS text[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT rule), '{}') FROM account_role ar JOIN role r ON r.id = ar.role_id
        CROSS JOIN LATERAL unnest(r.rules) rule WHERE ar.account_id = account;
$$;
GRANT EXECUTE ON FUNCTION rules_of(uuid) TO vantage_app;
