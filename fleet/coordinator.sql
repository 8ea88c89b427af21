-- Several servers as one: run this in a database of its own (as its owner, with the
-- extension postgres_fdw installed), then add_server() for each server. The tables and
-- views of `fleet` are then here too, spread over the servers by the numbers of their
-- homes. Homes do not use this database: each sends to its own server. docs/fleet.md has
-- the set-up.

SET client_min_messages = warning;
CREATE SCHEMA IF NOT EXISTS fleet;

-- Which homes are where.
CREATE TABLE IF NOT EXISTS fleet.servers (
 server name PRIMARY KEY,
 first_home integer NOT NULL UNIQUE, last_home integer NOT NULL UNIQUE,
 CHECK (first_home <= last_home));

-- Add a server with the homes first_home to last_home, and no others. `connection` is what
-- CREATE SERVER takes, such as {"host": "db1", "dbname": "fleet"}, and `login` what CREATE USER MAPPING
-- takes: a role there that is in fleet_reader.
CREATE OR REPLACE FUNCTION fleet.add_server(server name, first_home integer,
 last_home integer, connection jsonb, login jsonb) RETURNS void
LANGUAGE plpgsql SET client_min_messages = warning AS $$
DECLARE
 names CONSTANT text[] := '{homes, cursors, meters, runs, readings, counter_from, counter_to,
  calendar_day, calendar_month, calendar_year, consumed, consumed_wh, hourly, hourly_wh,
  daily, daily_wh, monthly, monthly_wh, yearly, yearly_wh, quarter}';
 -- Servers work at the same time; estimates are theirs.
 speed CONSTANT jsonb := '{"async_capable": "true", "fetch_size": "10000",
  "use_remote_estimate": "true"}';
 table_name text;
 stray integer;
BEGIN
 INSERT INTO fleet.servers VALUES (server, first_home, last_home);
 EXECUTE format('CREATE SERVER %I FOREIGN DATA WRAPPER postgres_fdw OPTIONS (%s)', server,
  (SELECT string_agg(format('%I %L', key, value), ', ')
   FROM jsonb_each_text(speed || connection)));
 EXECUTE format('CREATE USER MAPPING FOR PUBLIC SERVER %I OPTIONS (%s)', server,
  (SELECT string_agg(format('%I %L', key, value), ', ') FROM jsonb_each_text(login)));
 EXECUTE format('CREATE SCHEMA %I', server);
 EXECUTE format('IMPORT FOREIGN SCHEMA fleet LIMIT TO (%s) FROM SERVER %I INTO %I',
  array_to_string(names, ', '), server, server);
 EXECUTE format('SELECT home FROM %I.homes WHERE home NOT BETWEEN %s AND %s LIMIT 1', server,
  first_home, last_home) INTO stray;
 IF stray IS NOT NULL THEN
  RAISE EXCEPTION 'server %: its home % is not one of % to %', server, stray, first_home,
   last_home;
 END IF;
 FOREACH table_name IN ARRAY names LOOP
  EXECUTE format('CREATE TABLE IF NOT EXISTS fleet.%I (LIKE %I.%I) PARTITION BY RANGE (home)',
   table_name, server, table_name);
  EXECUTE format('ALTER TABLE fleet.%I ATTACH PARTITION %I.%I FOR VALUES FROM (%s) TO (%s)',
   table_name, server, table_name, first_home, last_home + 1);
 END LOOP;
END $$;
