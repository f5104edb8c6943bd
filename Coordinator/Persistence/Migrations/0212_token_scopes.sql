-- What of its owner's rights a token has, as rules such as task.view@organization; NULL for all of them. Rights are always
-- what both allow: a rule that the owner has lost since gives nothing.

ALTER TABLE api_token ADD COLUMN scopes text[] CHECK (cardinality(scopes) BETWEEN 1 AND 500);

DROP FUNCTION token_terms(bytea);
CREATE FUNCTION token_terms(token_hash bytea) RETURNS TABLE (allowed_from text[], scopes text[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT t.allowed_from, t.scopes FROM api_token t WHERE t.hash = token_hash AND t.revoked_at IS NULL;
$$;
GRANT EXECUTE ON FUNCTION token_terms(bytea) TO vantage_app;
