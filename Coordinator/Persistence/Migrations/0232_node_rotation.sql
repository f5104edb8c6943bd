-- A node's change of keys: it asks with its old ones, the admin certifies the new ones, and from then on those are published.
-- Until it signs in with the new key the old one lets it in, for that is how it gets the certificates. What was sealed or
-- delegated to the old keys is still the node's.

ALTER TABLE node
    ADD COLUMN next_signing_request bytea,
    ADD COLUMN next_encryption_request bytea,
    ADD COLUMN former_signing_certificate bytea,
    ADD COLUMN former_encryption_certificate bytea,
    ADD COLUMN former_signs_in boolean NOT NULL DEFAULT false,
    ADD CHECK ((next_signing_request IS NULL) = (next_encryption_request IS NULL)),
    ADD CHECK ((former_signing_certificate IS NULL) = (former_encryption_certificate IS NULL));
GRANT UPDATE (next_signing_request, next_encryption_request, former_signing_certificate, former_encryption_certificate,
    former_signs_in) ON node TO vantage_app;

DROP FUNCTION find_node(uuid);
CREATE FUNCTION find_node(node uuid) RETURNS TABLE (organization_id uuid, name text, revoked boolean,
        signing_certificate bytea, encryption_certificate bytea, root bytea, former_signing_certificate bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
    SELECT n.organization_id, n.name, n.revoked_at IS NOT NULL, n.signing_certificate, n.encryption_certificate, o.root,
            CASE WHEN n.former_signs_in THEN n.former_signing_certificate END
        FROM node n JOIN organization o ON o.id = n.organization_id WHERE n.id = node;
$$;
GRANT EXECUTE ON FUNCTION find_node(uuid) TO vantage_app;
