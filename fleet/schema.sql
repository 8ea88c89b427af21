-- Many homes in one PostgreSQL database (15 or newer). `p1pg --init` runs schema.sql,
-- store.sql, views.sql and access.sql in one transaction; running them again upgrades what
-- is there, or changes nothing. docs/fleet.md describes how to set up a server, who may do
-- what, and queries.
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
  RAISE EXCEPTION 'the schema has version %, and this p1pg knows version 1: update p1pg',
   found;
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
 stored_ts bigint, -- no later row, but for ends of periods that are not over
 pending_from bigint, pending_to bigint, -- this range is still to come, or NULL
 house_digest text, -- what the home calls its meters, runs and calendar sent last
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
-- say of other homes' rows. So there are statistics of times only.
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
  EXECUTE format('ALTER TABLE fleet.%I ALTER COLUMN %I SET STATISTICS 0', name, col);
 END LOOP;
END $$;

-- Make the partition of a table that contains ts. Homes go on writing meanwhile.
CREATE OR REPLACE FUNCTION fleet.make_partition(name text, step text, ts bigint)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
 start timestamp := date_trunc(step, to_timestamp(ts) AT TIME ZONE 'UTC');
 part text := name || to_char(start, CASE step WHEN 'year' THEN '_YYYY' ELSE '_YYYY_MM'
  END);
BEGIN
 IF to_regclass(format('fleet.%I', part)) IS NOT NULL THEN
  RETURN;
 END IF;
 EXECUTE format('LOCK TABLE fleet.%I IN SHARE UPDATE EXCLUSIVE MODE', name);
 IF to_regclass(format('fleet.%I', part)) IS NOT NULL THEN
  RETURN; -- somebody else just did
 END IF;
 EXECUTE format('CREATE TABLE fleet.%I (LIKE fleet.%I)', part, name);
 EXECUTE format('ALTER TABLE fleet.%I ATTACH PARTITION fleet.%I FOR VALUES
  FROM (%s) TO (%s)', name, part, extract(epoch FROM start)::bigint,
  extract(epoch FROM start + ('1 ' || step)::interval)::bigint);
 -- The policies are the whole table's: nobody uses a partition directly.
 EXECUTE format('REVOKE ALL ON fleet.%I FROM PUBLIC, fleet_home, fleet_reader,
  fleet_analyst', part);
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
