-- Copy a database of schema 5, attached as `old`, to new tables (schema.sql).
-- Runs, offsets and boundaries are not copied: p1logger derives them from the rows.

INSERT INTO meta SELECT key, value FROM old.meta WHERE key NOT IN ('schema_digest', 'journal_id');

INSERT INTO meter (id, medium, unit, identifier, channel)
SELECT id, medium, unit, identifier, channel FROM old.meter;

-- Each row names its meter, which the table installation gave by time.
INSERT INTO electricity (ts, meter, time_source,
  import_total_wh, import_t1_wh, import_t2_wh, import_t3_wh, import_t4_wh,
  export_total_wh, export_t1_wh, export_t2_wh, export_t3_wh, export_t4_wh,
  reactive_import_total_varh, reactive_export_total_varh, tariff,
  power_import_w, power_export_w, reactive_power_import_var, reactive_power_export_var,
  power_import_max_w, power_export_max_w)
SELECT ts, ifnull((SELECT meter FROM old.installation WHERE channel = 0
    AND medium = 'electricity' AND first_ts <= r.ts ORDER BY first_ts DESC LIMIT 1), 0),
  time_source,
  import_total_wh, import_t1_wh, import_t2_wh, import_t3_wh, import_t4_wh,
  export_total_wh, export_t1_wh, export_t2_wh, export_t3_wh, export_t4_wh,
  reactive_import_total_varh, reactive_export_total_varh, tariff,
  power_import_w, power_export_w, reactive_power_import_var, reactive_power_export_var,
  power_import_max_w, power_export_max_w
FROM old.electricity AS r ORDER BY ts;

INSERT INTO mbus (meter, ts, value, time_source, channel)
SELECT meter, ts, value, time_source, ifnull((SELECT channel FROM old.installation AS i
  WHERE i.meter = v.meter AND first_ts <= v.ts ORDER BY first_ts DESC LIMIT 1), 1)
FROM old.mbus AS v ORDER BY meter, ts;

INSERT INTO phases (ts, power_import_l1_w, power_import_l2_w, power_import_l3_w,
  power_export_l1_w, power_export_l2_w, power_export_l3_w,
  voltage_l1_mv, voltage_l2_mv, voltage_l3_mv, current_l1_ma, current_l2_ma, current_l3_ma)
SELECT ts, power_import_l1_w, power_import_l2_w, power_import_l3_w,
  power_export_l1_w, power_export_l2_w, power_export_l3_w,
  voltage_l1_mv, voltage_l2_mv, voltage_l3_mv, current_l1_ma, current_l2_ma, current_l3_ma
FROM old.phases ORDER BY ts;

INSERT INTO quality (ts, power_failures, long_power_failures,
  voltage_sags_l1, voltage_sags_l2, voltage_sags_l3,
  voltage_swells_l1, voltage_swells_l2, voltage_swells_l3)
SELECT ts, power_failures, long_power_failures,
  voltage_sags_l1, voltage_sags_l2, voltage_sags_l3,
  voltage_swells_l1, voltage_swells_l2, voltage_swells_l3
FROM old.quality ORDER BY ts;

INSERT INTO state (ts, breaker, limiter_w, fuse_l1_ma)
SELECT ts, breaker, limiter_w, fuse_l1_ma FROM old.state ORDER BY ts;

-- Held readings: the counters were text, "import_t1=1234 import_t2=5678". A row stood
-- for the first and the last reading with these counters.
CREATE TEMP TABLE was_held AS
SELECT *, '{"' || replace(replace(counters, '=', '":'), ' ', ',"') || '}' AS c
FROM old.quarantine;
DELETE FROM was_held WHERE NOT json_valid(c);

INSERT INTO held (id, meter, channel, ts, time_source, weight, reason, register,
  expected_min, expected_max, seen_ts, telegram, value,
  import_total_wh, import_t1_wh, import_t2_wh, import_t3_wh, import_t4_wh,
  export_total_wh, export_t1_wh, export_t2_wh, export_t3_wh, export_t4_wh,
  reactive_import_total_varh, reactive_export_total_varh)
SELECT id, meter, channel, ts, time_source, max(1, stamps - (last_ts > ts)), reason, register,
  expected_min, expected_max, first_seen_ts, telegram, c ->> 'value',
  c ->> 'import_total', c ->> 'import_t1', c ->> 'import_t2', c ->> 'import_t3',
  c ->> 'import_t4', c ->> 'export_total', c ->> 'export_t1', c ->> 'export_t2',
  c ->> 'export_t3', c ->> 'export_t4',
  c ->> 'reactive_import_total', c ->> 'reactive_export_total'
FROM was_held ORDER BY id;

INSERT INTO held (meter, channel, ts, time_source, weight, reason, register,
  expected_min, expected_max, seen_ts, telegram, value,
  import_total_wh, import_t1_wh, import_t2_wh, import_t3_wh, import_t4_wh,
  export_total_wh, export_t1_wh, export_t2_wh, export_t3_wh, export_t4_wh,
  reactive_import_total_varh, reactive_export_total_varh)
SELECT w.meter, w.channel, last_ts, w.time_source, 1, w.reason, w.register,
  w.expected_min, w.expected_max, w.first_seen_ts, x'', h.value,
  import_total_wh, import_t1_wh, import_t2_wh, import_t3_wh, import_t4_wh,
  export_total_wh, export_t1_wh, export_t2_wh, export_t3_wh, export_t4_wh,
  reactive_import_total_varh, reactive_export_total_varh
FROM was_held AS w JOIN held AS h USING (id) WHERE last_ts > w.ts ORDER BY id;

-- A person's decisions: true falls, counters read off a meter, rejected readings.
INSERT INTO pin (meter, first_ts, last_ts, accepted)
SELECT DISTINCT meter, first_ts, first_ts, 1 FROM old.installation WHERE begins = 'reset';
INSERT INTO pin (meter, first_ts, last_ts, accepted)
SELECT meter, ts, ts, 1 FROM electricity WHERE time_source = 3;
INSERT INTO pin (meter, first_ts, last_ts, accepted)
SELECT meter, ts, ts, 1 FROM mbus WHERE time_source = 3;
INSERT INTO pin (meter, first_ts, last_ts, accepted, counter)
SELECT h.meter, h.ts, w.last_ts, 0, coalesce(h.value,
  import_total_wh, import_t1_wh, import_t2_wh, import_t3_wh, import_t4_wh,
  export_total_wh, export_t1_wh, export_t2_wh, export_t3_wh, export_t4_wh,
  reactive_import_total_varh, reactive_export_total_varh)
FROM was_held AS w JOIN held AS h USING (id) WHERE rejected = 1;

DROP TABLE was_held;

-- These tables are unchanged.
INSERT INTO message SELECT ts, text, code FROM old.message;
INSERT INTO identity SELECT meter, ts, header, version FROM old.identity;
INSERT INTO clock SELECT ts, skew_s, synchronised FROM old.clock;
INSERT INTO obis SELECT id, reference, meaning, unit, value, kept_in, first_ts, last_ts, count
FROM old.obis;
INSERT INTO extra SELECT obis, ts, value FROM old.extra;
INSERT INTO power_failure SELECT end_ts, seconds FROM old.power_failure;
INSERT INTO demand
SELECT quarter_ts, ts, demand_average_w, demand_peak_w, demand_peak_ts FROM old.demand;
INSERT INTO month_peak SELECT month_end_ts, peak_ts, peak_w FROM old.month_peak;
INSERT INTO change_list SELECT id, medium, min_ts, max_ts, written_ts, every_s
FROM old.change_list;
INSERT INTO calendar_day
SELECT day, start_ts, end_ts, month, year, utc_offset_s, change_ts, change_s
FROM old.calendar_day;
INSERT INTO calendar_month SELECT month, start_ts, end_ts, year FROM old.calendar_month;
INSERT INTO calendar_year SELECT year, start_ts, end_ts FROM old.calendar_year;
