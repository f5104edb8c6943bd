-- Whom the members of a charter leave out of its next version leaves the collaboration: its studies, and what it asked of
-- code there, go with it. Row-level security holds this to the collaboration of the charter.
GRANT DELETE ON collaboration_member, study_organization, algorithm_rule TO vantage_app;
