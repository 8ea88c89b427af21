-- What an administrator calls, and who may do what.

-- Add a home and the role that it logs in as. The password may be a SCRAM verifier, which
-- is not secret; without a password, the home logs in with a certificate.
CREATE OR REPLACE FUNCTION fleet.add_home(name text, password text DEFAULT NULL)
RETURNS TABLE (home integer, role name)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
 IF add_home.name !~ '^[^[:cntrl:][:space:]]([^[:cntrl:]]*[^[:cntrl:][:space:]])?$' THEN
  RAISE EXCEPTION 'home %: not a name; it must begin and end with a visible character',
   quote_literal(add_home.name) USING ERRCODE = 'P1004';
 END IF;
 IF EXISTS (SELECT FROM fleet.homes AS h WHERE h.name = add_home.name) THEN
  RAISE EXCEPTION 'home %: it exists already', quote_literal(add_home.name)
   USING ERRCODE = 'P1004';
 END IF;
 UPDATE fleet.settings AS s SET next_home = s.next_home + 1
  RETURNING s.next_home - 1 INTO home;
 role := left(current_database(), 40) || '_home_' || home;
 INSERT INTO fleet.homes (home, name, role)
  VALUES (add_home.home, add_home.name, add_home.role);
 INSERT INTO fleet.cursors (home) VALUES (add_home.home);
 EXECUTE format('CREATE ROLE %I LOGIN CONNECTION LIMIT 8 PASSWORD %L IN ROLE fleet_home',
  role, password);
 RETURN NEXT;
END $$;

-- Forget a home: its rows, its name and its role. VACUUM and old backups come later.
CREATE OR REPLACE FUNCTION fleet.remove_home(name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
 gone fleet.homes;
BEGIN
 SELECT h.* INTO gone FROM fleet.homes AS h WHERE h.name = remove_home.name;
 IF NOT FOUND THEN
  RAISE EXCEPTION 'home %: it does not exist', quote_literal(name) USING ERRCODE = 'P1004';
 END IF;
 DELETE FROM fleet.cursors AS c WHERE c.home = gone.home; -- waits for its store()
 PERFORM fleet.delete_rows(gone.home);
 DELETE FROM fleet.homes AS h WHERE h.home = gone.home;
 EXECUTE format('DROP ROLE IF EXISTS %I', gone.role);
END $$;

REVOKE ALL ON ALL TABLES IN SCHEMA fleet, analysis FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA fleet FROM PUBLIC;
GRANT USAGE ON SCHEMA fleet TO fleet_home, fleet_reader;
GRANT USAGE ON SCHEMA analysis TO fleet_analyst;
GRANT SELECT ON ALL TABLES IN SCHEMA analysis TO fleet_analyst;
GRANT EXECUTE ON FUNCTION fleet.own_home, fleet.cursor, fleet.store TO fleet_home;
GRANT SELECT ON fleet.homes, fleet.cursors TO fleet_reader;

-- A home writes by store() only, and reads its own rows.
DO $$
DECLARE name text;
BEGIN
 FOR name IN SELECT t.name FROM fleet.tables_of_homes AS t LOOP
  EXECUTE format('GRANT SELECT ON fleet.%I TO fleet_home, fleet_reader', name);
  EXECUTE format('ALTER TABLE fleet.%I ENABLE ROW LEVEL SECURITY', name);
  EXECUTE format('DROP POLICY IF EXISTS own ON fleet.%I', name);
  EXECUTE format('CREATE POLICY own ON fleet.%I FOR SELECT TO fleet_home
   USING (home = (SELECT fleet.own_home()))', name);
  EXECUTE format('DROP POLICY IF EXISTS every ON fleet.%I', name);
  EXECUTE format('CREATE POLICY every ON fleet.%I FOR SELECT TO fleet_reader USING (true)',
   name);
  PERFORM fleet.hide_statistics(name);
 END LOOP;
 FOR name IN SELECT viewname FROM pg_views WHERE schemaname = 'fleet'
  AND viewname <> 'tables_of_homes' LOOP
  EXECUTE format('GRANT SELECT ON fleet.%I TO fleet_home, fleet_reader', name);
 END LOOP;
END $$;

SELECT fleet.make_partitions();
