-- Code before a collaboration's reviewers, and what they said of it. What counts is in the signed statements; the columns
-- beside them are there to be searched.

CREATE TABLE algorithm_submission (
    id uuid PRIMARY KEY,
    collaboration_id uuid NOT NULL REFERENCES collaboration,
    organization_id uuid NOT NULL REFERENCES organization,
    account_id uuid NOT NULL REFERENCES account,
    algorithm text NOT NULL CHECK (char_length(algorithm) BETWEEN 1 AND 512),
    digest text NOT NULL CHECK (digest ~ '^sha256:[0-9a-f]{64}$'),
    name text NOT NULL,
    version text NOT NULL,
    statement text NOT NULL CHECK (char_length(statement) <= 1048576),
    created_at timestamptz NOT NULL DEFAULT now(),
    withdrawn_at timestamptz,
    UNIQUE (id, collaboration_id)
);
-- The same code is before the same people once.
CREATE UNIQUE INDEX algorithm_submission_code ON algorithm_submission (collaboration_id, digest) WHERE withdrawn_at IS NULL;

-- Each reviewer's newest word; the audit trail has when there were others.
CREATE TABLE algorithm_review (
    submission_id uuid NOT NULL,
    collaboration_id uuid NOT NULL,
    organization_id uuid NOT NULL REFERENCES organization,
    account_id uuid NOT NULL REFERENCES account,
    digest text NOT NULL,
    serial bigint NOT NULL CHECK (serial > 0),
    statement text NOT NULL CHECK (char_length(statement) <= 65536),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (submission_id, account_id),
    FOREIGN KEY (submission_id, collaboration_id) REFERENCES algorithm_submission (id, collaboration_id)
);
CREATE INDEX algorithm_review_code ON algorithm_review (digest);

-- What an organization asks of code before it takes it for reviewed. Without a row: one of its own reviewers.
CREATE TABLE algorithm_rule (
    collaboration_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    at_least integer NOT NULL CHECK (at_least BETWEEN 1 AND 100),
    from_organizations integer NOT NULL CHECK (from_organizations BETWEEN 1 AND at_least),
    accepts uuid[] NOT NULL CHECK (cardinality(accepts) >= from_organizations),
    PRIMARY KEY (collaboration_id, organization_id),
    FOREIGN KEY (collaboration_id, organization_id) REFERENCES collaboration_member (collaboration_id, organization_id)
);

ALTER TABLE algorithm_submission ENABLE ROW LEVEL SECURITY;
ALTER TABLE algorithm_submission FORCE ROW LEVEL SECURITY;
ALTER TABLE algorithm_review ENABLE ROW LEVEL SECURITY;
ALTER TABLE algorithm_review FORCE ROW LEVEL SECURITY;
ALTER TABLE algorithm_rule ENABLE ROW LEVEL SECURITY;
ALTER TABLE algorithm_rule FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON algorithm_submission TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY tenant ON algorithm_review TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));
CREATE POLICY tenant ON algorithm_rule TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));

GRANT SELECT, INSERT ON algorithm_submission, algorithm_review, algorithm_rule TO vantage_app;
GRANT UPDATE (withdrawn_at) ON algorithm_submission TO vantage_app;
GRANT UPDATE (serial, statement, created_at) ON algorithm_review TO vantage_app;
GRANT UPDATE (at_least, from_organizations, accepts) ON algorithm_rule TO vantage_app;
