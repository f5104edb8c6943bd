-- Organizations, collaborations and studies. The Coordinator's admin makes them; members see their partners.

CREATE TABLE organization (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    country text CHECK (country ~ '^[A-Z]{2}$'),
    root bytea,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX organization_name ON organization (lower(name));

CREATE TABLE collaboration (
    id uuid PRIMARY KEY,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX collaboration_name ON collaboration (lower(name));

CREATE TABLE collaboration_member (
    collaboration_id uuid NOT NULL REFERENCES collaboration,
    organization_id uuid NOT NULL REFERENCES organization,
    PRIMARY KEY (collaboration_id, organization_id)
);
CREATE INDEX collaboration_member_organization ON collaboration_member (organization_id);

CREATE TABLE study (
    id uuid PRIMARY KEY,
    collaboration_id uuid NOT NULL REFERENCES collaboration,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (id, collaboration_id)
);
CREATE UNIQUE INDEX study_name ON study (collaboration_id, lower(name));

-- The two foreign keys make a study a subset of its own collaboration, whatever a caller sends.
CREATE TABLE study_organization (
    study_id uuid NOT NULL,
    collaboration_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    PRIMARY KEY (study_id, organization_id),
    FOREIGN KEY (study_id, collaboration_id) REFERENCES study (id, collaboration_id),
    FOREIGN KEY (collaboration_id, organization_id) REFERENCES collaboration_member (collaboration_id, organization_id)
);

ALTER TABLE organization ENABLE ROW LEVEL SECURITY;
ALTER TABLE organization FORCE ROW LEVEL SECURITY;
ALTER TABLE collaboration ENABLE ROW LEVEL SECURITY;
ALTER TABLE collaboration FORCE ROW LEVEL SECURITY;
ALTER TABLE collaboration_member ENABLE ROW LEVEL SECURITY;
ALTER TABLE collaboration_member FORCE ROW LEVEL SECURITY;
ALTER TABLE study ENABLE ROW LEVEL SECURITY;
ALTER TABLE study FORCE ROW LEVEL SECURITY;
ALTER TABLE study_organization ENABLE ROW LEVEL SECURITY;
ALTER TABLE study_organization FORCE ROW LEVEL SECURITY;

CREATE POLICY tenant ON organization TO vantage_app USING (id = ANY ((SELECT scope_organizations())::uuid[]));
-- Partners are read through the collaboration that they share, never written.
CREATE POLICY partner ON organization FOR SELECT TO vantage_app USING (id IN (
    SELECT m.organization_id FROM collaboration_member m WHERE m.collaboration_id = ANY ((SELECT scope_collaborations())::uuid[])));
CREATE POLICY tenant ON collaboration TO vantage_app USING (id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY tenant ON collaboration_member TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY tenant ON study TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY tenant ON study_organization TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));

GRANT SELECT, INSERT ON organization, collaboration, collaboration_member, study, study_organization TO vantage_app;
GRANT UPDATE (name, country, root) ON organization TO vantage_app;

-- For the lookup functions, which act as the owner: FORCE binds the owner too.
CREATE POLICY owner ON organization FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner ON collaboration FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner ON collaboration_member FOR SELECT TO CURRENT_USER USING (true);
