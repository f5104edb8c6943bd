-- Lookups before anybody is known, hence before there is a scope: narrow functions that run as the owner, each answering
-- one question about a secret that the asker has to hold. Only the application's login may call them.

-- Everything that one organization belongs to. NULL stands for the Coordinator's admins, who see all.
CREATE FUNCTION reach_of(organization uuid, OUT collaborations uuid[], OUT organizations uuid[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT CASE WHEN organization IS NULL
            THEN (SELECT coalesce(array_agg(c.id), '{}') FROM collaboration c)
            ELSE (SELECT coalesce(array_agg(m.collaboration_id), '{}') FROM collaboration_member m WHERE m.organization_id = organization) END,
        CASE WHEN organization IS NULL
            THEN (SELECT coalesce(array_agg(o.id), '{}') FROM organization o)
            ELSE ARRAY[organization] END
$$;

-- Who holds this API token; no row if nobody does, or no longer. Notes the use, at most once a minute.
CREATE FUNCTION find_token(token_hash bytea) RETURNS TABLE (token_id uuid, account_id uuid, name text, roles text[],
        organization_id uuid, expires_at timestamptz, expired boolean, collaborations uuid[], organizations uuid[])
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    UPDATE api_token SET last_used_at = now()
        WHERE hash = token_hash AND revoked_at IS NULL AND expires_at > now()
            AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute');
    SELECT t.id, a.id, a.name, a.roles, a.organization_id, t.expires_at, t.expires_at <= now(), r.collaborations, r.organizations
        FROM api_token t JOIN account a ON a.id = t.account_id
            CROSS JOIN LATERAL reach_of(CASE WHEN 'admin' = ANY (a.roles) THEN NULL ELSE a.organization_id END) r
        WHERE t.hash = token_hash AND t.revoked_at IS NULL;
$$;

-- Which node holds this session; no row if none does, or it was revoked.
CREATE FUNCTION find_node_session(session_hash bytea) RETURNS TABLE (session_id uuid, node_id uuid, name text,
        organization_id uuid, expires_at timestamptz, expired boolean, collaborations uuid[])
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT s.id, n.id, n.name, n.organization_id, s.expires_at, s.expires_at <= now(), r.collaborations
        FROM node_session s JOIN node n ON n.id = s.node_id CROSS JOIN LATERAL reach_of(n.organization_id) r
        WHERE s.hash = session_hash AND n.revoked_at IS NULL;
$$;

-- Which of these tokens and sessions still stand: open streams of the others are closed.
CREATE FUNCTION standing_credentials(hashes bytea[]) RETURNS SETOF bytea
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT t.hash FROM api_token t WHERE t.hash = ANY (hashes) AND t.revoked_at IS NULL AND t.expires_at > now()
    UNION ALL
    SELECT s.hash FROM node_session s JOIN node n ON n.id = s.node_id
        WHERE s.hash = ANY (hashes) AND s.expires_at > now() AND n.revoked_at IS NULL;
$$;

-- Uses up an enrolment code and hands in the node's requests; the row lock lets one of several win. outcome: 'enrolled',
-- 'expired', 'invalid', or 'used' with the requests that were handed in then: the same node asking again is answered
-- again, which only a look into the requests can tell.
CREATE FUNCTION use_enrolment_code(hash bytea, signing bytea, encryption bytea, OUT outcome text, OUT node_id uuid,
        OUT organization_id uuid, OUT name text, OUT root bytea, OUT signing_request bytea, OUT encryption_request bytea,
        OUT signing_certificate bytea, OUT encryption_certificate bytea)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
#variable_conflict use_column
DECLARE
    enrolment node_enrolment;
BEGIN
    SELECT * INTO enrolment FROM node_enrolment e WHERE e.code_hash = hash FOR UPDATE;
    SELECT n.id, n.organization_id, n.name, o.root, n.signing_request, n.encryption_request, n.signing_certificate,
            n.encryption_certificate
        INTO node_id, organization_id, name, root, signing_request, encryption_request, signing_certificate,
            encryption_certificate
        FROM node n JOIN organization o ON o.id = n.organization_id
        WHERE n.id = enrolment.node_id AND n.revoked_at IS NULL FOR UPDATE OF n;
    IF NOT FOUND THEN
        outcome := 'invalid';
    ELSIF enrolment.used_at IS NOT NULL THEN
        outcome := 'used';
    ELSIF enrolment.expires_at <= now() THEN
        outcome := 'expired';
    ELSE
        UPDATE node_enrolment SET used_at = now() WHERE node_enrolment.node_id = enrolment.node_id;
        UPDATE node SET signing_request = signing, encryption_request = encryption WHERE node.id = enrolment.node_id;
        outcome := 'enrolled';
    END IF;
END $$;

-- What a sign-in is checked against.
CREATE FUNCTION find_node(node uuid) RETURNS TABLE (organization_id uuid, name text, revoked boolean,
        signing_certificate bytea, encryption_certificate bytea, root bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT n.organization_id, n.name, n.revoked_at IS NOT NULL, n.signing_certificate, n.encryption_certificate, o.root
        FROM node n JOIN organization o ON o.id = n.organization_id WHERE n.id = node;
$$;

GRANT EXECUTE ON FUNCTION reach_of(uuid), find_token(bytea), find_node_session(bytea), standing_credentials(bytea[]),
    use_enrolment_code(bytea, bytea, bytea), find_node(uuid) TO vantage_app;

-- What belongs to nobody's tenancy. Challenges are signed rather than stored (an anonymous caller must not fill a table);
-- used ones are remembered until they end by themselves.
CREATE TABLE coordinator_secret (name text PRIMARY KEY, value bytea NOT NULL);
CREATE TABLE used_challenge (nonce bytea PRIMARY KEY, expires_at timestamptz NOT NULL);
CREATE INDEX used_challenge_expiry ON used_challenge (expires_at);
GRANT SELECT, INSERT ON coordinator_secret TO vantage_app;
GRANT SELECT, INSERT ON used_challenge TO vantage_app;
GRANT SELECT, DELETE ON used_challenge TO vantage_leader;
