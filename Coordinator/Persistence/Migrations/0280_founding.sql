-- Only the Coordinator's own admins put collaborations together, as only they have the Coordinator itself in their scope.
-- The program asks that first; if it ever forgets to, nobody brings somebody else's organization into a collaboration.
CREATE POLICY founding ON collaboration AS RESTRICTIVE FOR INSERT TO vantage_app
    WITH CHECK ('00000000-0000-0000-0000-000000000000'::uuid = ANY ((SELECT scope_organizations())::uuid[]));
