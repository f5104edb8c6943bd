-- By which account a program works that showed an access token of the provider; whoever asks has it from the provider.
CREATE FUNCTION find_service(of_issuer text, of_client text) RETURNS TABLE (account_id uuid, name text, roles text[],
        organization_id uuid, collaborations uuid[], organizations uuid[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT a.id, a.name, a.roles, a.organization_id, r.collaborations, r.organizations
        FROM account_identity i JOIN account a ON a.id = i.account_id CROSS JOIN LATERAL reach_of(a.organization_id) r
        WHERE i.issuer = of_issuer AND i.subject = of_client AND i.is_service AND a.disabled_at IS NULL
            AND a.organization_id IS NOT NULL;
$$;
GRANT EXECUTE ON FUNCTION find_service(text, text) TO vantage_app;
