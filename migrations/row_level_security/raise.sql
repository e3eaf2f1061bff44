-- Walls in every table that holds a community's rows; run again, it adds what is missing and nothing else.

DO $$
DECLARE name text; made text;
BEGIN
  -- Memberships and one-time links are looked up before a community is known: by a login, by a token's hash.
  FOR name IN
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE a.attname = 'community_id' AND NOT a.attisdropped AND c.relkind = 'r'
      AND c.relnamespace = 'public'::regnamespace AND c.relname NOT IN ('membership', 'one_time_link')
      AND NOT (c.relrowsecurity
               AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'one_community'))
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('DROP POLICY IF EXISTS one_community ON %I', name);
    EXECUTE format('CREATE POLICY one_community ON %I USING '
      '(community_id = nullif(current_setting(''app.community'', true), '''')::bigint)', name);
  END LOOP;
  -- Number, uid and short name of every community are known to all: by them a community is found.
  IF NOT EXISTS (SELECT 1 FROM pg_policy WHERE polname = 'found_by_name') THEN
    CREATE POLICY found_by_name ON community FOR SELECT USING (true);
  END IF;
  -- What guards the tables runs as their owner, past the walls; a schema or a temporary table of somebody's misleads none.
  FOR made IN
    SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
      AND p.proowner = (SELECT c.relowner FROM pg_class c WHERE c.oid = 'public.seal'::regclass)
      AND NOT (p.prosecdef AND 'search_path=pg_catalog, public, pg_temp' = ANY (p.proconfig))
  LOOP
    EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp', made);
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', made);
  END LOOP;
END $$;
