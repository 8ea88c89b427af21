-- Many homes in one PostgreSQL database (15 or newer). `p1pg --init` runs this file in
-- one transaction; running it again upgrades what is there, or changes nothing.
-- docs/fleet.md describes how to set up a server, who may do what, and queries.
--
-- Each home has p1logger and its own database. p1pg sends what changed there with one
-- call of store(), which is one transaction. As in the homes: UTC seconds, whole numbers
-- (Wh, varh, dm3, MJ, W), and consumption is a counter at the end of a period minus the
-- counter at its start. A home's number comes first in every key, so that the tables can
-- be distributed by home.

SET LOCAL client_min_messages = warning;
SELECT pg_advisory_xact_lock(hashtext('p1pg --init'));
CREATE SCHEMA IF NOT EXISTS fleet;
CREATE SCHEMA IF NOT EXISTS analysis;

CREATE TABLE IF NOT EXISTS fleet.settings (
 one_row boolean PRIMARY KEY DEFAULT true CHECK (one_row),
 version integer NOT NULL DEFAULT 1,
 next_home integer NOT NULL DEFAULT 1); -- never used twice
INSERT INTO fleet.settings DEFAULT VALUES ON CONFLICT DO NOTHING;

DO $$
DECLARE found integer := (SELECT version FROM fleet.settings);
BEGIN
 IF found > 1 THEN
  RAISE EXCEPTION 'the schema has version %, and this p1pg knows version 1: update p1pg', found;
 END IF;
END $$;

-- Three groups. A home's own role is in fleet_home. Make staff members of fleet_reader,
-- who read everything, or of fleet_analyst, who read views without names of homes and
-- identifiers of meters.
DO $$
DECLARE
 groups CONSTANT text[] := '{fleet_home, fleet_reader, fleet_analyst}';
 name text;
BEGIN
 FOREACH name IN ARRAY groups LOOP
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
   EXECUTE format('CREATE ROLE %I', name);
  END IF;
 END LOOP;
 EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
 EXECUTE format('GRANT CONNECT ON DATABASE %I TO fleet_home, fleet_reader, fleet_analyst',
  current_database());
END $$;

-- The homes --------------------------------------------------------------------------

CREATE TABLE IF NOT EXISTS fleet.homes (
 home integer PRIMARY KEY,
 name text NOT NULL UNIQUE,
 role name NOT NULL UNIQUE, -- it logs in as
 pseudonym uuid NOT NULL UNIQUE DEFAULT gen_random_uuid(),
 added timestamptz NOT NULL DEFAULT now());

-- How far each home is. The cursor is a row of the change list of its journal.
CREATE TABLE IF NOT EXISTS fleet.cursors (
 home integer PRIMARY KEY,
 journal text, id bigint, written bigint,
 last_ts bigint,     -- its newest reading
 readings_ts bigint, -- no row of readings is later
 pending_from bigint, pending_to bigint, -- this range is still to come, or NULL
 detail boolean NOT NULL DEFAULT false, -- has it ever sent accepted rows?
 timezone text,
 stored timestamptz) WITH (fillfactor = 50);

CREATE TABLE IF NOT EXISTS fleet.meters (
 home integer, id bigint, medium text NOT NULL, unit text NOT NULL,
 identifier text NOT NULL, channel bigint NOT NULL, other bigint,
 PRIMARY KEY (home, id));

-- Unbroken runs of one meter's readings. Counter + offset is continuous.
CREATE TABLE IF NOT EXISTS fleet.runs (
 home integer, channel bigint, medium text, first_ts bigint, meter bigint,
 import_wh_offset bigint, import_t1_wh_offset bigint, import_t2_wh_offset bigint,
 import_t3_wh_offset bigint, import_t4_wh_offset bigint,
 export_wh_offset bigint, export_t1_wh_offset bigint, export_t2_wh_offset bigint,
 export_t3_wh_offset bigint, export_t4_wh_offset bigint,
 reactive_import_varh_offset bigint, reactive_export_varh_offset bigint,
 value_offset bigint, begins text,
 PRIMARY KEY (home, channel, medium, first_ts, meter));

-- Each home's local days, months and years, as its own p1logger computed them.
CREATE TABLE IF NOT EXISTS fleet.calendar_day (
 home integer, day date, start_ts bigint NOT NULL, end_ts bigint NOT NULL,
 month text NOT NULL, year integer NOT NULL, utc_offset_s integer NOT NULL,
 change_ts bigint, change_s integer, PRIMARY KEY (home, day));
CREATE INDEX IF NOT EXISTS calendar_day_all_homes ON fleet.calendar_day (day, home);
CREATE INDEX IF NOT EXISTS calendar_day_start ON fleet.calendar_day (home, start_ts);
CREATE TABLE IF NOT EXISTS fleet.calendar_month (
 home integer, month text, start_ts bigint NOT NULL, end_ts bigint NOT NULL,
 year integer NOT NULL, PRIMARY KEY (home, month));
CREATE TABLE IF NOT EXISTS fleet.calendar_year (
 home integer, year integer, start_ts bigint NOT NULL, end_ts bigint NOT NULL,
 PRIMARY KEY (home, year));

-- What grows: partitioned by UTC month or year ---------------------------------------

-- The home's continuous counters every five minutes (whatever its `interval` is).
-- gap_s is the time between the readings of electricity on either side of ts.
CREATE TABLE IF NOT EXISTS fleet.readings (
 home integer, ts bigint, import_wh bigint, import_t1_wh bigint,
 import_t2_wh bigint, import_t3_wh bigint, import_t4_wh bigint, export_wh bigint,
 export_t1_wh bigint, export_t2_wh bigint, export_t3_wh bigint, export_t4_wh bigint,
 reactive_import_varh bigint, reactive_export_varh bigint, gas_dm3 bigint,
 water_dm3 bigint, warm_water_dm3 bigint, heat_mj bigint, cold_mj bigint,
 power_import_max_w bigint, power_export_max_w bigint, gap_s bigint,
 PRIMARY KEY (home, ts)) PARTITION BY RANGE (ts);
-- For questions about all homes at a time, which need not touch the table itself.
CREATE INDEX IF NOT EXISTS readings_all_homes ON fleet.readings (ts, home)
 INCLUDE (import_wh, export_wh);

-- The same at each boundary of local time, as in the home: for hours, days, months and
-- years. The two differ in what is NULL: counters that end before ts, and those that
-- start after it.
CREATE TABLE IF NOT EXISTS fleet.counter_from (
 home integer, ts bigint, import_wh bigint, import_t1_wh bigint,
 import_t2_wh bigint, import_t3_wh bigint, import_t4_wh bigint, export_wh bigint,
 export_t1_wh bigint, export_t2_wh bigint, export_t3_wh bigint, export_t4_wh bigint,
 reactive_import_varh bigint, reactive_export_varh bigint, gas_dm3 bigint,
 water_dm3 bigint, warm_water_dm3 bigint, heat_mj bigint, cold_mj bigint, gap_s bigint,
 gas_gap_s bigint, water_gap_s bigint, warm_water_gap_s bigint, heat_gap_s bigint,
 cold_gap_s bigint, PRIMARY KEY (home, ts)) PARTITION BY RANGE (ts);
CREATE TABLE IF NOT EXISTS fleet.counter_to (
 LIKE fleet.counter_from, PRIMARY KEY (home, ts)) PARTITION BY RANGE (ts);

-- Accepted readings, of homes with `detail = rows`.
CREATE TABLE IF NOT EXISTS fleet.electricity (
 home integer, ts bigint,
 import_total_wh bigint, import_t1_wh bigint, import_t2_wh bigint,
 import_t3_wh bigint, import_t4_wh bigint,
 export_total_wh bigint, export_t1_wh bigint, export_t2_wh bigint,
 export_t3_wh bigint, export_t4_wh bigint,
 reactive_import_total_varh bigint, reactive_export_total_varh bigint,
 tariff bigint, power_import_w bigint, power_export_w bigint,
 reactive_power_import_var bigint, reactive_power_export_var bigint,
 power_import_max_w bigint, power_export_max_w bigint,
 time_source bigint, meter bigint, weight bigint,
 PRIMARY KEY (home, ts)) PARTITION BY RANGE (ts);
CREATE TABLE IF NOT EXISTS fleet.mbus (
 home integer, meter bigint, ts bigint, value bigint, time_source bigint,
 channel bigint, weight bigint,
 PRIMARY KEY (home, meter, ts)) PARTITION BY RANGE (ts);
CREATE TABLE IF NOT EXISTS fleet.phases (
 home integer, ts bigint,
 power_import_l1_w bigint, power_import_l2_w bigint, power_import_l3_w bigint,
 power_export_l1_w bigint, power_export_l2_w bigint, power_export_l3_w bigint,
 voltage_l1_mv bigint, voltage_l2_mv bigint, voltage_l3_mv bigint,
 current_l1_ma bigint, current_l2_ma bigint, current_l3_ma bigint,
 PRIMARY KEY (home, ts)) PARTITION BY RANGE (ts);

-- All tables whose rows are a home's, and how those that grow are partitioned.
CREATE OR REPLACE VIEW fleet.tables_of_homes AS SELECT * FROM (VALUES
 ('readings', 'month'), ('counter_from', 'year'), ('counter_to', 'year'),
 ('electricity', 'month'), ('mbus', 'month'), ('phases', 'month'),
 ('meters', NULL), ('runs', NULL), ('calendar_day', NULL), ('calendar_month', NULL),
 ('calendar_year', NULL)) AS t (name, step);

-- A home's role may EXPLAIN its queries, and an estimate of rows tells what statistics
-- say of other homes' values. So there are none of values, and of homes only how many.
CREATE OR REPLACE FUNCTION fleet.hide_statistics(name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
 harmless CONSTANT text[] := '{ts, day, month, year, start_ts, end_ts}';
 col text;
BEGIN
 FOR col IN SELECT attname FROM pg_attribute
  WHERE attrelid = format('fleet.%I', name)::regclass AND attnum > 0
   AND NOT attisdropped AND attname <> ALL (harmless)
 LOOP
  EXECUTE format('ALTER TABLE fleet.%I ALTER COLUMN %I SET STATISTICS %s', name, col,
   CASE col WHEN 'home' THEN 1 ELSE 0 END);
 END LOOP;
END $$;

-- Make the partition of a table that contains ts. Homes go on writing meanwhile.
CREATE OR REPLACE FUNCTION fleet.make_partition(name text, step text, ts bigint)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
 start timestamp := date_trunc(step, to_timestamp(ts) AT TIME ZONE 'UTC');
 part text := name || to_char(start, CASE step WHEN 'year' THEN '_YYYY' ELSE '_YYYY_MM' END);
BEGIN
 IF to_regclass(format('fleet.%I', part)) IS NOT NULL THEN
  RETURN;
 END IF;
 EXECUTE format('LOCK TABLE fleet.%I IN SHARE UPDATE EXCLUSIVE MODE', name);
 IF to_regclass(format('fleet.%I', part)) IS NOT NULL THEN
  RETURN; -- somebody else just did
 END IF;
 EXECUTE format('CREATE TABLE fleet.%I (LIKE fleet.%I)', part, name);
 EXECUTE format('ALTER TABLE fleet.%I ATTACH PARTITION fleet.%I FOR VALUES FROM (%s) TO (%s)',
  name, part, extract(epoch FROM start)::bigint,
  extract(epoch FROM start + ('1 ' || step)::interval)::bigint);
 -- The policies are the whole table's: nobody uses a partition directly.
 EXECUTE format('REVOKE ALL ON fleet.%I FROM PUBLIC, fleet_home, fleet_reader, fleet_analyst',
  part);
 EXECUTE format('ALTER TABLE fleet.%I ENABLE ROW LEVEL SECURITY', part);
 PERFORM fleet.hide_statistics(part);
END $$;

-- Make the partitions of this month and of so many months ahead; call it every month.
-- store() makes one that is missing, but must wait for it.
CREATE OR REPLACE FUNCTION fleet.make_partitions(months integer DEFAULT 3) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
 SELECT fleet.make_partition(t.name, t.step, extract(epoch FROM m)::bigint)
 FROM fleet.tables_of_homes AS t CROSS JOIN generate_series(
  now() AT TIME ZONE 'UTC', (now() AT TIME ZONE 'UTC') + months * interval '1 month',
  interval '1 month') AS m
 WHERE t.step IS NOT NULL ORDER BY t.name, m;
$$;

-- What a home calls -------------------------------------------------------------------

-- These run with the rights of the schema's owner, find the home by the role that logged
-- in, and cannot be told to act for another one.

CREATE OR REPLACE FUNCTION fleet.own_home() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
 SELECT home FROM fleet.homes WHERE role = session_user;
$$;

-- How far the home is; no row if the role is not a home's.
CREATE OR REPLACE FUNCTION fleet.cursor() RETURNS TABLE (
 home integer, journal text, id bigint, written bigint, pending_from bigint,
 pending_to bigint, last_ts bigint, schema integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
 SELECT c.home, c.journal, c.id, c.written, c.pending_from, c.pending_to, c.last_ts, s.version
 FROM fleet.homes AS h JOIN fleet.cursors AS c USING (home) CROSS JOIN fleet.settings AS s
 WHERE h.role = session_user;
$$;

-- Delete all rows of a home, but for its name and its cursor.
CREATE OR REPLACE FUNCTION fleet.delete_rows(home integer) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE name text;
BEGIN
 FOR name IN SELECT t.name FROM fleet.tables_of_homes AS t LOOP
  EXECUTE format('DELETE FROM fleet.%I WHERE home = $1', name) USING home;
 END LOOP;
END $$;

-- Delete the accepted rows of a home in a range, and insert others.
CREATE OR REPLACE FUNCTION fleet.store_detail(home integer, from_ts bigint, to_ts bigint,
 electricity text, mbus text, phases text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
 DELETE FROM fleet.electricity AS t WHERE t.home = store_detail.home
  AND t.ts BETWEEN from_ts AND to_ts;
 DELETE FROM fleet.mbus AS t WHERE t.home = store_detail.home
  AND t.ts BETWEEN from_ts AND to_ts;
 DELETE FROM fleet.phases AS t WHERE t.home = store_detail.home
  AND t.ts BETWEEN from_ts AND to_ts;
 INSERT INTO fleet.electricity SELECT store_detail.home, v[1], v[2], v[3], v[4], v[5], v[6],
  v[7], v[8], v[9], v[10], v[11], v[12], v[13], v[14], v[15], v[16], v[17], v[18], v[19],
  v[20], v[21], v[22], v[23]
  FROM (SELECT string_to_array(line, ',', '')::bigint[] AS v
   FROM string_to_table(electricity, E'\n') AS line WHERE line <> '' OFFSET 0) AS r;
 INSERT INTO fleet.mbus SELECT store_detail.home, v[1], v[2], v[3], v[4], v[5], v[6]
  FROM (SELECT string_to_array(line, ',', '')::bigint[] AS v
   FROM string_to_table(mbus, E'\n') AS line WHERE line <> '' OFFSET 0) AS r;
 INSERT INTO fleet.phases SELECT store_detail.home, v[1], v[2], v[3], v[4], v[5], v[6],
  v[7], v[8], v[9], v[10], v[11], v[12], v[13]
  FROM (SELECT string_to_array(line, ',', '')::bigint[] AS v
   FROM string_to_table(phases, E'\n') AS line WHERE line <> '' OFFSET 0) AS r;
END $$;

-- Replace those lists of a home's house that are given.
CREATE OR REPLACE FUNCTION fleet.store_house(home integer, house jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
 lists CONSTANT text[] := '{meters, runs, calendar_day, calendar_month, calendar_year}';
 list text;
BEGIN
 FOREACH list IN ARRAY lists LOOP
  CONTINUE WHEN NOT house ? list;
  EXECUTE format('DELETE FROM fleet.%I WHERE home = $1', list) USING home;
  EXECUTE format('INSERT INTO fleet.%1$I SELECT r.* FROM jsonb_array_elements($2) AS e
   CROSS JOIN jsonb_populate_record(NULL::fleet.%1$I, e || jsonb_build_object(''home'', $1))
   AS r', list) USING home, house -> list;
 END LOOP;
 IF house ? 'timezone' THEN
  UPDATE fleet.cursors AS c SET timezone = house ->> 'timezone'
   WHERE c.home = store_house.home;
 END IF;
END $$;

-- Make the partitions that lines of a table need. A home may not make any number of them.
CREATE OR REPLACE FUNCTION fleet.make_partitions_for(name text, lines text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
 step text := (SELECT t.step FROM fleet.tables_of_homes AS t
  WHERE t.name = make_partitions_for.name);
 latest CONSTANT bigint := extract(epoch FROM now() + interval '400 days');
 ts bigint;
BEGIN
 FOR ts IN SELECT min(r.ts) FROM (
   SELECT split_part(line, ',', CASE make_partitions_for.name WHEN 'mbus' THEN 2 ELSE 1 END)
    ::bigint AS ts FROM string_to_table(lines, E'\n') AS line WHERE line <> '') AS r
  GROUP BY date_trunc(step, to_timestamp(r.ts) AT TIME ZONE 'UTC') ORDER BY 1
 LOOP
  IF ts NOT BETWEEN 946684800 AND latest THEN
   RAISE EXCEPTION 'a row of % in % is before 2000 or more than 400 days ahead',
    to_timestamp(ts), name USING ERRCODE = 'P1003';
  END IF;
  PERFORM fleet.make_partition(name, step, ts);
 END LOOP;
END $$;

-- Replace the rows of a range of time by those given (a line a row, fields separated by
-- commas, an empty one is NULL; columns as in the table, without home), and move the
-- cursor from `before` to `after`: all of it or nothing. An answer that is lost does no
-- harm: the call cannot be repeated, because the cursor has moved. If `before` is NULL
-- the home begins again, with this journal: all its rows are deleted first.
CREATE OR REPLACE FUNCTION fleet.store(journal text, before bigint, before_written bigint,
 after bigint, after_written bigint, from_ts bigint, to_ts bigint, readings text,
 counter_from text, counter_to text, house jsonb DEFAULT NULL, last_ts bigint DEFAULT NULL,
 electricity text DEFAULT NULL, mbus text DEFAULT NULL, phases text DEFAULT NULL,
 pending_from bigint DEFAULT NULL, pending_to bigint DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
 was fleet.cursors;
 newest bigint; -- of the readings inserted
 has_detail boolean := coalesce(electricity, mbus, phases) IS NOT NULL;
 made boolean := false;
BEGIN
 SELECT c.* INTO was FROM fleet.homes AS h JOIN fleet.cursors AS c USING (home)
  WHERE h.role = session_user FOR UPDATE OF c;
 IF NOT FOUND THEN
  RAISE EXCEPTION 'the role % is not a home''s', session_user USING ERRCODE = 'P1002';
 ELSIF before IS NULL THEN
  PERFORM fleet.delete_rows(was.home);
  was.readings_ts := NULL;
 ELSIF (was.journal, was.id, was.written)
  IS DISTINCT FROM (store.journal, before, before_written) THEN
  RAISE EXCEPTION 'the cursor is not at %', before USING ERRCODE = 'P1001',
   DETAIL = format('It is at %s, written at %s.', was.id, was.written);
 END IF;
 LOOP
  BEGIN
   IF from_ts <= was.readings_ts THEN
    DELETE FROM fleet.readings AS t WHERE t.home = was.home AND t.ts BETWEEN from_ts AND to_ts;
   END IF;
   WITH new AS (INSERT INTO fleet.readings SELECT was.home, v[1], v[2], v[3], v[4], v[5],
    v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13], v[14], v[15], v[16], v[17], v[18],
    v[19], v[20], v[21]
    FROM (SELECT string_to_array(line, ',', '')::bigint[] AS v
     FROM string_to_table(store.readings, E'\n') AS line WHERE line <> '' OFFSET 0) AS r
    RETURNING ts) SELECT max(ts) INTO newest FROM new;
   DELETE FROM fleet.counter_from AS t WHERE t.home = was.home
    AND t.ts BETWEEN from_ts AND to_ts;
   DELETE FROM fleet.counter_to AS t WHERE t.home = was.home
    AND t.ts BETWEEN from_ts AND to_ts;
   INSERT INTO fleet.counter_from SELECT was.home, v[1], v[2], v[3], v[4], v[5],
    v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13], v[14], v[15], v[16], v[17], v[18],
    v[19], v[20], v[21], v[22], v[23], v[24]
    FROM (SELECT string_to_array(line, ',', '')::bigint[] AS v
     FROM string_to_table(store.counter_from, E'\n') AS line WHERE line <> '' OFFSET 0) AS r;
   INSERT INTO fleet.counter_to SELECT was.home, v[1], v[2], v[3], v[4], v[5],
    v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13], v[14], v[15], v[16], v[17], v[18],
    v[19], v[20], v[21], v[22], v[23], v[24]
    FROM (SELECT string_to_array(line, ',', '')::bigint[] AS v
     FROM string_to_table(store.counter_to, E'\n') AS line WHERE line <> '' OFFSET 0) AS r;
   IF has_detail OR was.detail THEN
    PERFORM fleet.store_detail(was.home, from_ts, to_ts, electricity, mbus, phases);
   END IF;
   EXIT;
  EXCEPTION WHEN check_violation THEN -- no partition for a row
   IF made THEN
    RAISE;
   END IF;
   PERFORM fleet.make_partitions_for('counter_from', store.counter_from);
   PERFORM fleet.make_partitions_for('counter_to', store.counter_to);
   PERFORM fleet.make_partitions_for('electricity', electricity);
   PERFORM fleet.make_partitions_for('mbus', mbus);
   PERFORM fleet.make_partitions_for('phases', phases);
   PERFORM fleet.make_partitions_for('readings', store.readings);
   made := true;
  END;
 END LOOP;
 IF house IS NOT NULL THEN
  PERFORM fleet.store_house(was.home, house);
 END IF;
 UPDATE fleet.cursors AS c SET journal = store.journal, id = after, written = after_written,
  pending_from = store.pending_from, pending_to = store.pending_to,
  last_ts = coalesce(store.last_ts, was.last_ts),
  readings_ts = greatest(was.readings_ts, newest), detail = was.detail OR has_detail,
  stored = now() WHERE c.home = was.home;
END $$;

-- What an administrator calls ---------------------------------------------------------

-- Add a home and the role that it logs in as. The password may be a SCRAM verifier, which
-- is not secret; without a password, the home logs in with a certificate.
CREATE OR REPLACE FUNCTION fleet.add_home(name text, password text DEFAULT NULL)
RETURNS TABLE (home integer, role name)
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
 UPDATE fleet.settings AS s SET next_home = s.next_home + 1
  RETURNING s.next_home - 1 INTO home;
 role := left(current_database(), 40) || '_home_' || home;
 INSERT INTO fleet.homes (home, name, role) VALUES (add_home.home, add_home.name, add_home.role);
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
  RAISE EXCEPTION 'there is no home %', quote_literal(name) USING ERRCODE = 'P1002';
 END IF;
 DELETE FROM fleet.cursors AS c WHERE c.home = gone.home; -- waits for its store()
 PERFORM fleet.delete_rows(gone.home);
 DELETE FROM fleet.homes AS h WHERE h.home = gone.home;
 EXECUTE format('DROP ROLE IF EXISTS %I', gone.role);
END $$;

-- Views, with the names and units of those in the homes --------------------------------

-- Each exists twice: in `fleet` it has the number of the home, and the rights of whoever
-- asks; in `analysis` it has the home's pseudonym, and the rights of the schema's owner.
DO $$
DECLARE
 counters CONSTANT text[] := '{import_wh, import_t1_wh, import_t2_wh, import_t3_wh,
  import_t4_wh, export_wh, export_t1_wh, export_t2_wh, export_t3_wh, export_t4_wh,
  reactive_import_varh, reactive_export_varh, gas_dm3, water_dm3, warm_water_dm3, heat_mj,
  cold_mj}';
 gaps CONSTANT text[] := '{gap_s, gas_gap_s, water_gap_s, warm_water_gap_s, heat_gap_s,
  cold_gap_s}';
 iso CONSTANT text := 'to_char(to_timestamp(%s) AT TIME ZONE ''UTC'',
  ''YYYY-MM-DD"T"HH24:MI:SS"Z"'') AS %s';
 -- What was consumed between a row `s` of counter_from and a row `e` of counter_to.
 times CONSTANT text := concat_ws(', ', format(iso, 's.ts', 'start'),
  format(iso, 'e.ts', '"end"'), 's.ts AS start_ts', 'e.ts AS end_ts');
 amounts CONSTANT text := (SELECT string_agg(format('e.%1$s - s.%1$s AS %1$s', c), ', ')
  FROM unnest(counters) AS c);
 widest CONSTANT text := (SELECT string_agg(format('CASE WHEN s.%1$s IS NOT NULL AND
  e.%1$s IS NOT NULL THEN greatest(s.%1$s, e.%1$s) END AS %1$s', g), ', ')
  FROM unnest(gaps) AS g);
 -- The same in kWh, m3 and GJ.
 thousandths CONSTANT text := (SELECT string_agg(format('%s / 1000.0::float8 AS %s', c,
  replace(replace(replace(replace(c, '_wh', '_kwh'), 'varh', 'kvarh'), 'dm3', 'm3'), '_mj',
  '_gj')), ', ') FROM unnest(counters) AS c);
 -- The local hour, with its offset from UTC if it is the second one of that name.
 shown CONSTANT text := '(d.utc_offset_s + CASE WHEN s.ts >= d.change_ts THEN d.change_s
  ELSE 0 END)';
 hour CONSTANT text := format('to_char(to_timestamp(s.ts + %1$s) AT TIME ZONE ''UTC'',
  ''YYYY-MM-DD HH24:MI'') || CASE WHEN d.change_s < 0 AND s.ts >= d.change_ts AND
  s.ts < d.change_ts - d.change_s THEN CASE WHEN %1$s < 0 THEN ''-'' ELSE ''+'' END ||
  to_char(make_interval(secs => abs(%1$s)), ''HH24:MI'') ELSE '''' END AS hour', shown);
 of_home CONSTANT text := 'e.home = s.home AND e.ts =';
 place record;
 period record;
BEGIN
 FOR place IN SELECT * FROM (VALUES
  ('fleet', 'security_invoker', '%s.home', ''),
  ('analysis', 'security_barrier', 'h.pseudonym AS home',
   'JOIN fleet.homes AS h ON h.home = %s.home')) AS p (schema, kind, home, names)
 LOOP
  FOR period IN SELECT * FROM (VALUES
   ('consumed', '', '', 'fleet.counter_from AS s JOIN fleet.counter_to AS e USING (home)'),
   ('hourly', hour || ', d.day, d.month, d.year,', 'hour, day, month, year,',
    'fleet.calendar_day AS d JOIN fleet.counter_from AS s
     ON s.home = d.home AND s.ts >= d.start_ts AND s.ts < d.end_ts
     JOIN fleet.counter_to AS e ON ' || of_home || 'least(s.ts + 3600, d.end_ts)'),
   ('daily', 'd.day, d.month, d.year,', 'day, month, year,',
    'fleet.calendar_day AS d JOIN fleet.counter_from AS s
     ON s.home = d.home AND s.ts = d.start_ts
     JOIN fleet.counter_to AS e ON ' || of_home || 'd.end_ts'),
   ('monthly', 'd.month, d.year,', 'month, year,',
    'fleet.calendar_month AS d JOIN fleet.counter_from AS s
     ON s.home = d.home AND s.ts = d.start_ts
     JOIN fleet.counter_to AS e ON ' || of_home || 'd.end_ts'),
   ('yearly', 'd.year,', 'year,',
    'fleet.calendar_year AS d JOIN fleet.counter_from AS s
     ON s.home = d.home AND s.ts = d.start_ts
     JOIN fleet.counter_to AS e ON ' || of_home || 'd.end_ts'))
   AS p (name, columns, names, source)
  LOOP
   EXECUTE format('CREATE OR REPLACE VIEW %I.%I WITH (%s) AS SELECT %s, %s %s, %s, %s
    FROM %s %s', place.schema, period.name || '_wh', place.kind, format(place.home, 's'),
    period.columns, times, amounts, widest, period.source, format(place.names, 's'));
   EXECUTE format('CREATE OR REPLACE VIEW %I.%I WITH (%s) AS SELECT home, %s start, "end",
    start_ts, end_ts, %s, %s FROM %I.%I', place.schema, period.name, place.kind,
    period.names, thousandths, array_to_string(gaps, ', '), place.schema,
    period.name || '_wh');
  END LOOP;

  -- Quarters of an hour on the clock. A condition on both start_ts and end_ts is fast.
  EXECUTE format('CREATE OR REPLACE VIEW %I.quarter WITH (%s) AS SELECT %s, d.day, d.month,
   d.year, %s, e.import_wh - s.import_wh AS import_wh, e.export_wh - s.export_wh AS export_wh,
   greatest(s.gap_s, e.gap_s) AS gap_s
   FROM fleet.readings AS s JOIN fleet.readings AS e ON e.home = s.home AND e.ts = s.ts + 900
   JOIN fleet.calendar_day AS d ON d.home = s.home AND s.ts >= d.start_ts AND s.ts < d.end_ts
   %s WHERE s.ts %% 900 = 0 AND s.gap_s IS NOT NULL AND e.gap_s IS NOT NULL', place.schema, place.kind, format(place.home, 's'), times,
   format(place.names, 's'));
 END LOOP;
END $$;

-- For analysts: no names, no roles, no identifiers of meters.
CREATE OR REPLACE VIEW analysis.readings WITH (security_barrier) AS
 SELECT h.pseudonym AS home, r.ts, r.import_wh, r.import_t1_wh, r.import_t2_wh,
  r.import_t3_wh, r.import_t4_wh, r.export_wh, r.export_t1_wh, r.export_t2_wh,
  r.export_t3_wh, r.export_t4_wh, r.reactive_import_varh, r.reactive_export_varh, r.gas_dm3,
  r.water_dm3, r.warm_water_dm3, r.heat_mj, r.cold_mj, r.power_import_max_w,
  r.power_export_max_w, r.gap_s
 FROM fleet.readings AS r JOIN fleet.homes AS h USING (home);
CREATE OR REPLACE VIEW analysis.homes WITH (security_barrier) AS
 SELECT h.pseudonym AS home, c.timezone, c.last_ts, c.stored
 FROM fleet.homes AS h JOIN fleet.cursors AS c USING (home);
CREATE OR REPLACE VIEW analysis.runs WITH (security_barrier) AS
 SELECT h.pseudonym AS home, r.channel, r.medium, r.first_ts, r.begins
 FROM fleet.runs AS r JOIN fleet.homes AS h USING (home);

-- Who may do what -----------------------------------------------------------------------

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
