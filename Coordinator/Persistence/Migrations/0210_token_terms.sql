-- What narrows a token beyond its owner's rights, and how one replaces another. The texts are checked where they are made;
-- NULL narrows nothing.

ALTER TABLE api_token
    ADD COLUMN allowed_from text[] CHECK (cardinality(allowed_from) BETWEEN 1 AND 50),
    ADD COLUMN replaced_by uuid REFERENCES api_token;

-- Never the networks: whoever wants more than a token has makes another.
GRANT UPDATE (expires_at, replaced_by) ON api_token TO vantage_app;

-- The terms of a token that somebody holds; asked together with find_token.
CREATE FUNCTION token_terms(token_hash bytea) RETURNS TABLE (allowed_from text[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT t.allowed_from FROM api_token t WHERE t.hash = token_hash AND t.revoked_at IS NULL;
$$;
GRANT EXECUTE ON FUNCTION token_terms(bytea) TO vantage_app;
