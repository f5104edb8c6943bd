-- Who sees which rows. Three logins: the owner (runs migrations, owns the lookup functions), vantage_app (serves
-- requests, sees only rows of the scope that its transaction set) and vantage_leader (background jobs; sees what its own
-- policies name). Neither of the latter owns anything. docs/adr has the record on database roles.

GRANT USAGE ON SCHEMA vantage TO vantage_app, vantage_leader;
ALTER DEFAULT PRIVILEGES IN SCHEMA vantage REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
REVOKE ALL ON schema_migration FROM PUBLIC;

-- The scope of this transaction; NULL when none was set, and then "= ANY (NULL)" holds for no row. An earlier
-- transaction of the same session leaves an empty text behind, hence nullif. Policies wrap the call in (SELECT …), so
-- that it is evaluated once per statement rather than once per row.
CREATE FUNCTION scope_collaborations() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('vantage.collaborations', true), '')::uuid[];
CREATE FUNCTION scope_organizations() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('vantage.organizations', true), '')::uuid[];
GRANT EXECUTE ON FUNCTION scope_collaborations(), scope_organizations() TO PUBLIC;
