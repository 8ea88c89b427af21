-- What a home calls. These functions run with the rights of the schema's owner, find the
-- home by the role that logged in, and cannot be told to act for another one.

CREATE OR REPLACE FUNCTION fleet.own_home() RETURNS integer
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
 SELECT home FROM fleet.homes WHERE role = session_user;
$$;

-- How far the home is; no row if the role is not a home's.
CREATE OR REPLACE FUNCTION fleet.cursor() RETURNS TABLE (
 home integer, journal text, id bigint, written bigint, pending_from bigint,
 pending_to bigint, last_ts bigint, house_digest text, schema integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
 SELECT c.home, c.journal, c.id, c.written, c.pending_from, c.pending_to, c.last_ts,
  c.house_digest, s.version
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

-- The lines of a parameter of store() as the text of an array of a home's rows: a line a
-- row, fields separated by commas, an empty one is NULL, columns as in the table. (Lines
-- with parentheses could pretend to be another home's: store() takes only its own.)
CREATE OR REPLACE FUNCTION fleet.rows_of(home integer, lines text) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
 SELECT CASE WHEN lines <> '' THEN '{"(' || home::text || ',' || replace(
  rtrim(lines, E'\n'), E'\n', ')","(' || home::text || ',') || ')"}' END;
$$;

-- Delete the accepted rows of a home in a range, and insert others.
CREATE OR REPLACE FUNCTION fleet.store_detail(me integer, from_ts bigint, to_ts bigint,
 electricity text, mbus text, phases text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
 DELETE FROM fleet.electricity AS t WHERE t.home = me AND t.ts BETWEEN from_ts AND to_ts;
 DELETE FROM fleet.mbus AS t WHERE t.home = me AND t.ts BETWEEN from_ts AND to_ts;
 DELETE FROM fleet.phases AS t WHERE t.home = me AND t.ts BETWEEN from_ts AND to_ts;
 INSERT INTO fleet.electricity SELECT r.*
  FROM unnest(fleet.rows_of(me, electricity)::fleet.electricity[]) AS r WHERE r.home = me;
 INSERT INTO fleet.mbus SELECT r.*
  FROM unnest(fleet.rows_of(me, mbus)::fleet.mbus[]) AS r WHERE r.home = me;
 INSERT INTO fleet.phases SELECT r.*
  FROM unnest(fleet.rows_of(me, phases)::fleet.phases[]) AS r WHERE r.home = me;
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

-- Replace the rows of a range of time by those given (see rows_of), and move the cursor
-- from `before` to `after`: all of it or nothing. An answer that is lost does no harm: the
-- call cannot be repeated, because the cursor has moved. If `before` is NULL the home
-- begins again, with this journal: all its rows are deleted first.
CREATE OR REPLACE FUNCTION fleet.store(journal text, before bigint, before_written bigint,
 after bigint, after_written bigint, from_ts bigint, to_ts bigint, readings text,
 counter_from text, counter_to text, house jsonb DEFAULT NULL, last_ts bigint DEFAULT NULL,
 electricity text DEFAULT NULL, mbus text DEFAULT NULL, phases text DEFAULT NULL,
 pending_from bigint DEFAULT NULL, pending_to bigint DEFAULT NULL,
 house_digest text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
 was fleet.cursors;
 has_detail boolean := coalesce(electricity, mbus, phases) IS NOT NULL;
 last_stored bigint;
 made boolean := false;
BEGIN
 SELECT c.* INTO was FROM fleet.homes AS h JOIN fleet.cursors AS c USING (home)
  WHERE h.role = session_user;
 IF NOT FOUND THEN
  RAISE EXCEPTION 'the role % is not a home''s', session_user USING ERRCODE = 'P1002';
 END IF;
 -- Moving the cursor first locks it. A second p1pg waits here, and finds it moved.
 UPDATE fleet.cursors AS c SET journal = store.journal, id = after, written = after_written,
  pending_from = store.pending_from, pending_to = store.pending_to,
  house_digest = coalesce(store.house_digest, c.house_digest),
  last_ts = coalesce(store.last_ts, c.last_ts), detail = c.detail OR has_detail,
  stored_ts = CASE WHEN before IS NULL THEN least(to_ts, store.last_ts)
   ELSE greatest(c.stored_ts, least(to_ts, store.last_ts)) END, stored = now()
  WHERE c.home = was.home AND c.stored IS NOT DISTINCT FROM was.stored AND (before IS NULL
   OR c.id = before AND c.written = before_written AND c.journal = store.journal);
 IF NOT FOUND THEN
  RAISE EXCEPTION 'the cursor is not at %', before USING ERRCODE = 'P1001',
   DETAIL = format('It is at %s, written at %s.', was.id, was.written);
 END IF;
 IF before IS NOT NULL THEN
  last_stored := least(to_ts, was.stored_ts);
 ELSIF was.id IS NOT NULL THEN
  PERFORM fleet.delete_rows(was.home);
 END IF;
 LOOP
  BEGIN
   -- A range that ends here needs no partitions of later months.
   IF from_ts <= last_stored THEN
    DELETE FROM fleet.readings AS t WHERE t.home = was.home
     AND t.ts BETWEEN from_ts AND last_stored;
    DELETE FROM fleet.counter_from AS t WHERE t.home = was.home
     AND t.ts BETWEEN from_ts AND last_stored;
   END IF;
   DELETE FROM fleet.counter_to AS t WHERE t.home = was.home
    AND t.ts BETWEEN from_ts AND to_ts;
   IF readings <> '' THEN
    INSERT INTO fleet.readings SELECT r.* FROM unnest(fleet.rows_of(was.home, readings)
     ::fleet.readings[]) AS r WHERE r.home = was.home;
   END IF;
   IF counter_from <> '' THEN
    INSERT INTO fleet.counter_from SELECT r.* FROM unnest(fleet.rows_of(was.home, counter_from)
     ::fleet.counter_from[]) AS r WHERE r.home = was.home;
   END IF;
   IF counter_to <> '' THEN
    INSERT INTO fleet.counter_to SELECT r.* FROM unnest(fleet.rows_of(was.home, counter_to)
     ::fleet.counter_to[]) AS r WHERE r.home = was.home;
   END IF;
   IF has_detail OR was.detail THEN
    PERFORM fleet.store_detail(was.home, from_ts, to_ts, electricity, mbus, phases);
   END IF;
   EXIT;
  EXCEPTION WHEN check_violation THEN -- no partition for a row
   IF made THEN
    RAISE;
   END IF;
   PERFORM fleet.make_partitions_for('counter_from', counter_from);
   PERFORM fleet.make_partitions_for('counter_to', counter_to);
   PERFORM fleet.make_partitions_for('electricity', electricity);
   PERFORM fleet.make_partitions_for('mbus', mbus);
   PERFORM fleet.make_partitions_for('phases', phases);
   PERFORM fleet.make_partitions_for('readings', readings);
   made := true;
  END;
 END LOOP;
 IF house IS NOT NULL THEN
  PERFORM fleet.store_house(was.home, house);
 END IF;
END $$;
