-- Dictionaries that people published in a collaboration. What counts is in the signed statements; the columns beside them
-- are there to be searched. Nothing is ever changed: another content is another version.

CREATE TABLE dictionary (
    collaboration_id uuid NOT NULL REFERENCES collaboration,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 64),
    version text NOT NULL CHECK (char_length(version) BETWEEN 1 AND 64),
    organization_id uuid NOT NULL REFERENCES organization,
    account_id uuid NOT NULL REFERENCES account,
    digest text NOT NULL CHECK (digest ~ '^sha256:[0-9a-f]{64}$'),
    statement text NOT NULL CHECK (char_length(statement) <= 2097152),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (collaboration_id, name, version)
);

ALTER TABLE dictionary ENABLE ROW LEVEL SECURITY;
ALTER TABLE dictionary FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dictionary TO vantage_app USING (collaboration_id = ANY ((SELECT scope_collaborations())::uuid[]));

GRANT SELECT, INSERT ON dictionary TO vantage_app;
