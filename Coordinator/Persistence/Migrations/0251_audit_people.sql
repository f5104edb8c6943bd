-- The trail names people by pseudonyms. This table alone says whom one stands for: without a person's row here the trail is
-- still whole, and nobody can tell any more whose acts those were. Somebody who acts after that gets a new pseudonym.

CREATE TABLE audit_person (
    account_id uuid PRIMARY KEY,
    pseudonym text NOT NULL UNIQUE DEFAULT 'psn_' || replace(gen_random_uuid()::text, '-', '')
);
ALTER TABLE audit_person ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_person FORCE ROW LEVEL SECURITY;
-- Whoever may see the account may know its pseudonym.
CREATE POLICY tenant ON audit_person TO vantage_app USING (EXISTS (SELECT FROM account a
    WHERE a.id = account_id AND owner_organization(a.organization_id) = ANY ((SELECT scope_organizations())::uuid[])));
CREATE POLICY owner ON audit_person TO CURRENT_USER USING (true);
GRANT SELECT, DELETE ON audit_person TO vantage_app;

CREATE FUNCTION pseudonym_of(person text) RETURNS text
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = vantage, pg_temp AS $$
DECLARE
    found_one text;
BEGIN
    -- Two at once wait for each other here, and both get the row that the first one made.
    INSERT INTO audit_person (account_id) VALUES (substr(person, 5)::uuid)
        ON CONFLICT (account_id) DO UPDATE SET account_id = EXCLUDED.account_id RETURNING pseudonym INTO found_one;
    RETURN found_one;
END $$;

-- Here rather than in the program: no way of writing an entry gets past it. It runs for each task, so its names are written
-- out in full instead of by a search path of its own, which would double what it costs.
CREATE FUNCTION name_by_pseudonym() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    found_one text;
BEGIN
    IF starts_with(NEW.actor, 'usr_') AND length(NEW.actor) = 36 THEN
        SELECT p.pseudonym INTO found_one FROM vantage.audit_person p WHERE p.account_id = substr(NEW.actor, 5)::uuid;
        NEW.actor := coalesce(found_one, vantage.pseudonym_of(NEW.actor));
    END IF;
    IF starts_with(NEW.subject, 'usr_') AND length(NEW.subject) = 36 THEN
        SELECT p.pseudonym INTO found_one FROM vantage.audit_person p WHERE p.account_id = substr(NEW.subject, 5)::uuid;
        NEW.subject := coalesce(found_one, vantage.pseudonym_of(NEW.subject));
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pseudonyms BEFORE INSERT ON audit_entry FOR EACH ROW
    WHEN (starts_with(NEW.actor, 'usr_') OR starts_with(NEW.subject, 'usr_')) EXECUTE FUNCTION name_by_pseudonym();

-- What was recorded before.
ALTER TABLE audit_entry DISABLE TRIGGER append_only;
ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY;
UPDATE audit_entry SET actor = pseudonym_of(actor) WHERE actor ~ '^usr_[0-9a-f]{32}$';
UPDATE audit_entry SET subject = pseudonym_of(subject) WHERE subject ~ '^usr_[0-9a-f]{32}$';
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
ALTER TABLE audit_entry ENABLE TRIGGER append_only;
