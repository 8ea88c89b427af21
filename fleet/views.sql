-- Views, with the names and units of those in the homes. Each exists twice: in `fleet` it
-- has the number of the home, and the rights of the role that asks; in `analysis` it has the
-- home's pseudonym, and the rights of the schema's owner.
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
   d.year, %s, e.import_wh - s.import_wh AS import_wh, e.export_wh - s.export_wh AS
   export_wh, greatest(s.gap_s, e.gap_s) AS gap_s FROM fleet.readings AS s
   JOIN fleet.readings AS e ON e.home = s.home AND e.ts = s.ts + 900
   JOIN fleet.calendar_day AS d ON d.home = s.home AND s.ts >= d.start_ts
    AND s.ts < d.end_ts %s
   WHERE s.ts %% 900 = 0 AND s.gap_s IS NOT NULL AND e.gap_s IS NOT NULL', place.schema,
   place.kind, format(place.home, 's'), times, format(place.names, 's'));
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
