-- The database of p1logger: UTC seconds, whole numbers (Wh, varh, dm3, MJ, W, mV, mA).
-- Consumption is the counter at the end of a period minus the counter at its start.
-- docs/database.md describes every table, view, column and unit.

CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('journal_id', lower(hex(randomblob(16))));

-- If `other` is set, the readings of a meter are not the house's; they are added to
-- these if it is negative.
CREATE TABLE meter (
 id INTEGER PRIMARY KEY, medium TEXT NOT NULL, unit TEXT NOT NULL,
 identifier TEXT NOT NULL, channel INTEGER NOT NULL, other INT,
 UNIQUE (medium, unit, identifier COLLATE NOCASE, channel)) STRICT;
CREATE INDEX meter_other ON meter (other);

-- Accepted readings. `weight` is the number of telegrams that a row stands for.
CREATE TABLE electricity (
 ts INTEGER PRIMARY KEY,
 import_total_wh INTEGER, import_t1_wh INTEGER, import_t2_wh INTEGER,
 import_t3_wh INTEGER, import_t4_wh INTEGER,
 export_total_wh INTEGER, export_t1_wh INTEGER, export_t2_wh INTEGER,
 export_t3_wh INTEGER, export_t4_wh INTEGER,
 reactive_import_total_varh INTEGER, reactive_export_total_varh INTEGER,
 tariff INTEGER, power_import_w INTEGER, power_export_w INTEGER,
 reactive_power_import_var INTEGER, reactive_power_export_var INTEGER,
 power_import_max_w INTEGER, power_export_max_w INTEGER,
 time_source INTEGER NOT NULL, meter INTEGER NOT NULL DEFAULT 0,
 weight INTEGER NOT NULL DEFAULT 1) STRICT;

CREATE TABLE other_electricity (
 meter INT, ts INT, import_total_wh INT, import_t1_wh INT,
 import_t2_wh INT, import_t3_wh INT, import_t4_wh INT, export_total_wh INT,
 export_t1_wh INT, export_t2_wh INT, export_t3_wh INT, export_t4_wh INT,
 reactive_import_total_varh INT, reactive_export_total_varh INT,
 time_source INT, weight INT, PRIMARY KEY (meter, ts)) STRICT, WITHOUT ROWID;

CREATE TABLE mbus (
 meter INTEGER, ts INTEGER,
 value INTEGER NOT NULL, time_source INTEGER NOT NULL DEFAULT 0,
 channel INTEGER NOT NULL DEFAULT 1, weight INTEGER NOT NULL DEFAULT 1,
 PRIMARY KEY (meter, ts)) STRICT, WITHOUT ROWID;

-- The electricity meters in whose telegrams an M-Bus meter came, and the reverse.
CREATE TABLE came_with (
 meter INT, beside INT, PRIMARY KEY (meter, beside)) STRICT, WITHOUT ROWID;

CREATE TABLE phases (
 ts INTEGER PRIMARY KEY,
 power_import_l1_w INTEGER, power_import_l2_w INTEGER, power_import_l3_w INTEGER,
 power_export_l1_w INTEGER, power_export_l2_w INTEGER, power_export_l3_w INTEGER,
 voltage_l1_mv INTEGER, voltage_l2_mv INTEGER, voltage_l3_mv INTEGER,
 current_l1_ma INTEGER, current_l2_ma INTEGER, current_l3_ma INTEGER) STRICT;

-- Unbroken runs of one meter's readings. Counter + offset is continuous.
CREATE TABLE installation (
 channel INTEGER, medium TEXT, first_ts INTEGER, meter INTEGER,
 import_wh_offset INTEGER, import_t1_wh_offset INTEGER, import_t2_wh_offset INTEGER,
 import_t3_wh_offset INTEGER, import_t4_wh_offset INTEGER,
 export_wh_offset INTEGER, export_t1_wh_offset INTEGER, export_t2_wh_offset INTEGER,
 export_t3_wh_offset INTEGER, export_t4_wh_offset INTEGER,
 reactive_import_varh_offset INTEGER, reactive_export_varh_offset INTEGER,
 value_offset INTEGER, begins TEXT,
 PRIMARY KEY (channel, medium, first_ts, meter)) STRICT, WITHOUT ROWID;
CREATE INDEX installation_meter ON installation (meter, first_ts);

-- Readings that are not accepted, with what a row of electricity or mbus would have.
CREATE TABLE held (
 id INTEGER PRIMARY KEY, meter INTEGER NOT NULL,
 channel INTEGER NOT NULL, ts INTEGER NOT NULL, time_source INTEGER NOT NULL,
 weight INTEGER NOT NULL, reason TEXT NOT NULL, register TEXT NOT NULL,
 expected_min INTEGER, expected_max INTEGER, seen_ts INTEGER NOT NULL,
 telegram BLOB NOT NULL, value INTEGER,
 import_total_wh INTEGER, import_t1_wh INTEGER, import_t2_wh INTEGER,
 import_t3_wh INTEGER, import_t4_wh INTEGER,
 export_total_wh INTEGER, export_t1_wh INTEGER, export_t2_wh INTEGER,
 export_t3_wh INTEGER, export_t4_wh INTEGER,
 reactive_import_total_varh INTEGER, reactive_export_total_varh INTEGER,
 tariff INTEGER, power_import_w INTEGER, power_export_w INTEGER,
 reactive_power_import_var INTEGER, reactive_power_export_var INTEGER,
 power_import_max_w INTEGER, power_export_max_w INTEGER) STRICT;
CREATE INDEX held_meter ON held (meter, ts);

-- A person's decision on readings from first_ts to last_ts: true or false.
CREATE TABLE pin (
 meter INTEGER NOT NULL, first_ts INTEGER NOT NULL,
 last_ts INTEGER NOT NULL, accepted INTEGER NOT NULL, counter INTEGER) STRICT;
CREATE INDEX pin_meter ON pin (meter, first_ts);

-- What changes seldom: true from ts until the next row.
CREATE TABLE quality (
 ts INTEGER PRIMARY KEY, power_failures INTEGER, long_power_failures INTEGER,
 voltage_sags_l1 INTEGER, voltage_sags_l2 INTEGER, voltage_sags_l3 INTEGER,
 voltage_swells_l1 INTEGER, voltage_swells_l2 INTEGER, voltage_swells_l3 INTEGER) STRICT;
CREATE TABLE state (
 ts INTEGER PRIMARY KEY, breaker INTEGER, limiter_w INTEGER, fuse_l1_ma INTEGER) STRICT;
CREATE TABLE message (
 ts INTEGER PRIMARY KEY, text TEXT NOT NULL, code TEXT NOT NULL) STRICT;
CREATE TABLE identity (
 meter INTEGER, ts INTEGER,
 header TEXT NOT NULL, version TEXT NOT NULL,
 PRIMARY KEY (meter, ts)) STRICT, WITHOUT ROWID;
CREATE TABLE clock (
 ts INTEGER PRIMARY KEY, skew_s INTEGER NOT NULL, synchronised INTEGER NOT NULL) STRICT;

-- References without a column of their own, and those that [log] extra stores.
CREATE TABLE obis (
 id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE, meaning TEXT NOT NULL,
 unit TEXT NOT NULL, value TEXT NOT NULL, kept_in TEXT NOT NULL,
 first_ts INTEGER, last_ts INTEGER, count INTEGER NOT NULL) STRICT;
CREATE TABLE extra (
 obis INTEGER, ts INTEGER, value ANY NOT NULL,
 PRIMARY KEY (obis, ts)) STRICT, WITHOUT ROWID;

-- The meter's own logs.
CREATE TABLE power_failure (end_ts INTEGER PRIMARY KEY, seconds INTEGER NOT NULL) STRICT;
CREATE TABLE demand (
 quarter_ts INTEGER PRIMARY KEY, ts INTEGER NOT NULL, demand_average_w INTEGER,
 demand_peak_w INTEGER, demand_peak_ts INTEGER) STRICT;
CREATE TABLE month_peak (
 month_end_ts INTEGER PRIMARY KEY, peak_ts INTEGER, peak_w INTEGER NOT NULL) STRICT;

-- What each commit wrote, for programs that follow.
CREATE TABLE change_list (
 id INTEGER PRIMARY KEY, medium TEXT NOT NULL, min_ts INTEGER NOT NULL,
 max_ts INTEGER NOT NULL, written_ts INTEGER NOT NULL, every_s INTEGER) STRICT;

-- Local days, months and years.
CREATE TABLE calendar_day (
 day TEXT PRIMARY KEY, start_ts INTEGER NOT NULL, end_ts INTEGER NOT NULL,
 month TEXT NOT NULL, year INTEGER NOT NULL, utc_offset_s INTEGER NOT NULL,
 change_ts INTEGER, change_s INTEGER) STRICT, WITHOUT ROWID;
CREATE INDEX calendar_day_start ON calendar_day (start_ts);
CREATE INDEX calendar_day_month ON calendar_day (month);
CREATE INDEX calendar_day_year ON calendar_day (year);
CREATE TABLE calendar_month (
 month TEXT PRIMARY KEY, start_ts INTEGER NOT NULL, end_ts INTEGER NOT NULL,
 year INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE calendar_year (
 year INTEGER PRIMARY KEY, start_ts INTEGER NOT NULL, end_ts INTEGER NOT NULL) STRICT;

-- The continuous counters at each boundary of local time. The two differ in what is
-- NULL: counters that end before ts, and those that start after it.
CREATE TABLE counter_from (
 ts INTEGER PRIMARY KEY, hour TEXT NOT NULL, import_wh INTEGER, import_t1_wh INTEGER,
 import_t2_wh INTEGER, import_t3_wh INTEGER, import_t4_wh INTEGER, export_wh INTEGER,
 export_t1_wh INTEGER, export_t2_wh INTEGER, export_t3_wh INTEGER, export_t4_wh INTEGER,
 reactive_import_varh INTEGER, reactive_export_varh INTEGER, gas_dm3 INTEGER,
 water_dm3 INTEGER, warm_water_dm3 INTEGER, heat_mj INTEGER, cold_mj INTEGER, gap_s INTEGER,
 gas_gap_s INTEGER, water_gap_s INTEGER, warm_water_gap_s INTEGER, heat_gap_s INTEGER,
 cold_gap_s INTEGER) STRICT;
CREATE TABLE counter_to (
 ts INTEGER PRIMARY KEY, import_wh INTEGER, import_t1_wh INTEGER, import_t2_wh INTEGER,
 import_t3_wh INTEGER, import_t4_wh INTEGER, export_wh INTEGER, export_t1_wh INTEGER,
 export_t2_wh INTEGER, export_t3_wh INTEGER, export_t4_wh INTEGER,
 reactive_import_varh INTEGER, reactive_export_varh INTEGER, gas_dm3 INTEGER,
 water_dm3 INTEGER, warm_water_dm3 INTEGER, heat_mj INTEGER, cold_mj INTEGER, gap_s INTEGER,
 gas_gap_s INTEGER, water_gap_s INTEGER, warm_water_gap_s INTEGER, heat_gap_s INTEGER,
 cold_gap_s INTEGER) STRICT;

-- What was consumed between two boundaries.
CREATE VIEW consumed_wh AS SELECT
 strftime('%Y-%m-%dT%H:%M:%SZ', s.ts, 'unixepoch') AS start,
 strftime('%Y-%m-%dT%H:%M:%SZ', e.ts, 'unixepoch') AS end,
 s.ts AS start_ts, e.ts AS end_ts,
 e.import_wh - s.import_wh AS import_wh, e.import_t1_wh - s.import_t1_wh AS import_t1_wh,
 e.import_t2_wh - s.import_t2_wh AS import_t2_wh,
 e.import_t3_wh - s.import_t3_wh AS import_t3_wh,
 e.import_t4_wh - s.import_t4_wh AS import_t4_wh, e.export_wh - s.export_wh AS export_wh,
 e.export_t1_wh - s.export_t1_wh AS export_t1_wh,
 e.export_t2_wh - s.export_t2_wh AS export_t2_wh,
 e.export_t3_wh - s.export_t3_wh AS export_t3_wh,
 e.export_t4_wh - s.export_t4_wh AS export_t4_wh,
 e.reactive_import_varh - s.reactive_import_varh AS reactive_import_varh,
 e.reactive_export_varh - s.reactive_export_varh AS reactive_export_varh,
 e.gas_dm3 - s.gas_dm3 AS gas_dm3, e.water_dm3 - s.water_dm3 AS water_dm3,
 e.warm_water_dm3 - s.warm_water_dm3 AS warm_water_dm3, e.heat_mj - s.heat_mj AS heat_mj,
 e.cold_mj - s.cold_mj AS cold_mj, max(s.gap_s, e.gap_s) AS gap_s,
 max(s.gas_gap_s, e.gas_gap_s) AS gas_gap_s, max(s.water_gap_s, e.water_gap_s) AS water_gap_s,
 max(s.warm_water_gap_s, e.warm_water_gap_s) AS warm_water_gap_s,
 max(s.heat_gap_s, e.heat_gap_s) AS heat_gap_s, max(s.cold_gap_s, e.cold_gap_s) AS cold_gap_s
 FROM counter_from AS s CROSS JOIN counter_to AS e;
CREATE VIEW consumed AS SELECT start, end, start_ts, end_ts,
 import_wh / 1000.0 AS import_kwh, import_t1_wh / 1000.0 AS import_t1_kwh,
 import_t2_wh / 1000.0 AS import_t2_kwh, import_t3_wh / 1000.0 AS import_t3_kwh,
 import_t4_wh / 1000.0 AS import_t4_kwh, export_wh / 1000.0 AS export_kwh,
 export_t1_wh / 1000.0 AS export_t1_kwh, export_t2_wh / 1000.0 AS export_t2_kwh,
 export_t3_wh / 1000.0 AS export_t3_kwh, export_t4_wh / 1000.0 AS export_t4_kwh,
 reactive_import_varh / 1000.0 AS reactive_import_kvarh,
 reactive_export_varh / 1000.0 AS reactive_export_kvarh, gas_dm3 / 1000.0 AS gas_m3,
 water_dm3 / 1000.0 AS water_m3, warm_water_dm3 / 1000.0 AS warm_water_m3,
 heat_mj / 1000.0 AS heat_gj, cold_mj / 1000.0 AS cold_gj, gap_s, gas_gap_s, water_gap_s,
 warm_water_gap_s, heat_gap_s, cold_gap_s
 FROM consumed_wh;

-- The same for each hour, day, month and year with a reading.
CREATE VIEW hourly_wh AS SELECT hour, day, month, year, c.*
 FROM calendar_day AS d CROSS JOIN counter_from ON ts >= d.start_ts AND ts < d.end_ts
 CROSS JOIN consumed_wh AS c ON c.start_ts = ts AND c.end_ts = min(ts + 3600, d.end_ts);
CREATE VIEW daily_wh AS SELECT day, month, year, c.*
 FROM calendar_day CROSS JOIN consumed_wh AS c USING (start_ts, end_ts);
CREATE VIEW monthly_wh AS SELECT month, year, c.*
 FROM calendar_month CROSS JOIN consumed_wh AS c USING (start_ts, end_ts);
CREATE VIEW yearly_wh AS SELECT year, c.*
 FROM calendar_year CROSS JOIN consumed_wh AS c USING (start_ts, end_ts);

CREATE VIEW hourly AS SELECT hour, day, month, year, c.*
 FROM calendar_day AS d CROSS JOIN counter_from ON ts >= d.start_ts AND ts < d.end_ts
 CROSS JOIN consumed AS c ON c.start_ts = ts AND c.end_ts = min(ts + 3600, d.end_ts);
CREATE VIEW daily AS SELECT day, month, year, c.*
 FROM calendar_day CROSS JOIN consumed AS c USING (start_ts, end_ts);
CREATE VIEW monthly AS SELECT month, year, c.*
 FROM calendar_month CROSS JOIN consumed AS c USING (start_ts, end_ts);
CREATE VIEW yearly AS SELECT year, c.*
 FROM calendar_year CROSS JOIN consumed AS c USING (start_ts, end_ts);

-- The house's continuous counters at each reading, without meters that are added. If
-- `adds_import` is 1 the meter shows no total, which is the sum of its tariffs.
CREATE VIEW counters AS SELECT r.ts,
 ifnull(import_total_wh, ifnull(import_t1_wh, 0) + ifnull(import_t2_wh, 0) +
  ifnull(import_t3_wh, 0) + ifnull(import_t4_wh, 0)) + import_wh_offset AS import_wh,
 import_total_wh IS NULL AS adds_import,
 import_t1_wh + import_t1_wh_offset AS import_t1_wh,
 import_t2_wh + import_t2_wh_offset AS import_t2_wh,
 import_t3_wh + import_t3_wh_offset AS import_t3_wh,
 import_t4_wh + import_t4_wh_offset AS import_t4_wh,
 ifnull(export_total_wh, ifnull(export_t1_wh, 0) + ifnull(export_t2_wh, 0) +
  ifnull(export_t3_wh, 0) + ifnull(export_t4_wh, 0)) + export_wh_offset AS export_wh,
 export_total_wh IS NULL AS adds_export,
 export_t1_wh + export_t1_wh_offset AS export_t1_wh,
 export_t2_wh + export_t2_wh_offset AS export_t2_wh,
 export_t3_wh + export_t3_wh_offset AS export_t3_wh,
 export_t4_wh + export_t4_wh_offset AS export_t4_wh
 FROM electricity AS r CROSS JOIN installation AS i ON i.channel = 0
  AND i.medium = 'electricity' AND first_ts = (SELECT max(first_ts) FROM installation
  WHERE channel = 0 AND medium = 'electricity' AND first_ts <= r.ts);

-- Both ends of each quarter of an hour on the clock, between the readings around them.
CREATE VIEW quarter_end AS SELECT day, month, year, start_ts, past, apart, sign,
 a.import_wh + iif(a.adds_import AND b.adds_import,
  ifnull((b.import_t1_wh - a.import_t1_wh) * past / apart, 0) +
  ifnull((b.import_t2_wh - a.import_t2_wh) * past / apart, 0) +
  ifnull((b.import_t3_wh - a.import_t3_wh) * past / apart, 0) +
  ifnull((b.import_t4_wh - a.import_t4_wh) * past / apart, 0),
  (b.import_wh - a.import_wh) * past / apart) AS import_wh,
 a.export_wh + iif(a.adds_export AND b.adds_export,
  ifnull((b.export_t1_wh - a.export_t1_wh) * past / apart, 0) +
  ifnull((b.export_t2_wh - a.export_t2_wh) * past / apart, 0) +
  ifnull((b.export_t3_wh - a.export_t3_wh) * past / apart, 0) +
  ifnull((b.export_t4_wh - a.export_t4_wh) * past / apart, 0),
  (b.export_wh - a.export_wh) * past / apart) AS export_wh
 FROM (SELECT *, t - a_ts AS past, max(b_ts - a_ts, 1) AS apart FROM (SELECT *,
  (SELECT max(ts) FROM electricity WHERE ts <= t) AS a_ts,
  (SELECT min(ts) FROM electricity WHERE ts >= t) AS b_ts
  FROM (SELECT day, month, year, ts + quarter AS start_ts, ts + quarter + length AS t,
   iif(length, 1, -1) AS sign
   FROM calendar_day AS d CROSS JOIN counter_from ON ts >= d.start_ts AND ts < d.end_ts
   CROSS JOIN (SELECT 0 AS quarter UNION ALL VALUES (900), (1800), (2700))
   CROSS JOIN (SELECT 0 AS length UNION ALL VALUES (900)))))
 CROSS JOIN counters AS a ON a.ts = a_ts CROSS JOIN counters AS b ON b.ts = b_ts;
CREATE VIEW quarter AS SELECT day, month, year,
 strftime('%Y-%m-%dT%H:%M:%SZ', start_ts, 'unixepoch') AS start,
 strftime('%Y-%m-%dT%H:%M:%SZ', start_ts + 900, 'unixepoch') AS end,
 start_ts, start_ts + 900 AS end_ts, sum(sign * import_wh) AS import_wh,
 sum(sign * export_wh) AS export_wh, max(iif(past, apart, 0)) AS gap_s
 FROM quarter_end GROUP BY day, month, year, start_ts HAVING count(*) = 2;

-- Views for people.
CREATE VIEW readings AS SELECT
 datetime(ts + utc_offset_s + iif(ts >= change_ts, change_s, 0), 'unixepoch') AS local_time,
 day, strftime('%Y-%m-%dT%H:%M:%SZ', ts, 'unixepoch') AS time, ts, meter, tariff,
 import_total_wh / 1000.0 AS import_total_kwh, import_t1_wh / 1000.0 AS import_t1_kwh,
 import_t2_wh / 1000.0 AS import_t2_kwh, import_t3_wh / 1000.0 AS import_t3_kwh,
 import_t4_wh / 1000.0 AS import_t4_kwh, export_total_wh / 1000.0 AS export_total_kwh,
 export_t1_wh / 1000.0 AS export_t1_kwh, export_t2_wh / 1000.0 AS export_t2_kwh,
 export_t3_wh / 1000.0 AS export_t3_kwh, export_t4_wh / 1000.0 AS export_t4_kwh,
 reactive_import_total_varh / 1000.0 AS reactive_import_total_kvarh,
 reactive_export_total_varh / 1000.0 AS reactive_export_total_kvarh, power_import_w,
 power_export_w, power_import_max_w, power_export_max_w
 FROM electricity JOIN calendar_day ON ts >= start_ts AND ts < end_ts
  AND start_ts = (SELECT max(start_ts) FROM calendar_day WHERE start_ts <= ts);

CREATE VIEW extent AS SELECT medium, min(a) AS first_ts, max(z) AS last_ts FROM (
 SELECT 'electricity' AS medium, (SELECT min(ts) FROM electricity) AS a,
  (SELECT max(ts) FROM electricity) AS z
 UNION ALL SELECT medium, (SELECT min(ts) FROM mbus WHERE meter = id),
  (SELECT max(ts) FROM mbus WHERE meter = id)
 FROM meter WHERE +other IS NULL AND (medium IN ('gas', 'water', 'warm_water')
  AND unit = 'dm3' OR medium IN ('heat', 'cold') AND unit = 'mj')) GROUP BY medium;

-- An electricity meter's last reading is the one before the next installation.
CREATE VIEW meters AS SELECT id, medium, identifier, channel,
 strftime('%Y-%m-%dT%H:%M:%SZ', first_ts, 'unixepoch') AS first,
 strftime('%Y-%m-%dT%H:%M:%SZ', last_ts, 'unixepoch') AS last, first_ts, last_ts
 FROM (SELECT id, m.medium, identifier, i.channel,
  (SELECT min(first_ts) FROM installation WHERE meter = id) AS first_ts,
  iif(i.channel, ifnull((SELECT max(ts) FROM mbus WHERE meter = id),
  (SELECT max(ts) FROM other_electricity WHERE meter = id)),
  (SELECT max(ts) FROM electricity WHERE ts < ifnull((SELECT min(first_ts)
  FROM installation WHERE channel = 0 AND medium = m.medium
  AND first_ts > i.first_ts), 9e18))) AS last_ts
 FROM meter AS m JOIN installation AS i ON meter = id AND
 first_ts = (SELECT max(first_ts) FROM installation WHERE meter = id));

CREATE VIEW extras AS SELECT
 strftime('%Y-%m-%dT%H:%M:%SZ', ts, 'unixepoch') AS time, ts, reference, meaning,
 iif(typeof(x.value) = 'integer', x.value / 1000.0, x.value) AS value, unit
 FROM extra AS x JOIN obis ON id = obis;

-- Held readings, with the value of the impossible register.
CREATE VIEW quarantine AS SELECT id, meter, channel, reason, register,
 CASE register WHEN 'import_total' THEN import_total_wh WHEN 'import_t1' THEN import_t1_wh
  WHEN 'import_t2' THEN import_t2_wh WHEN 'import_t3' THEN import_t3_wh
  WHEN 'import_t4' THEN import_t4_wh WHEN 'export_total' THEN export_total_wh
  WHEN 'export_t1' THEN export_t1_wh WHEN 'export_t2' THEN export_t2_wh
  WHEN 'export_t3' THEN export_t3_wh WHEN 'export_t4' THEN export_t4_wh
  WHEN 'reactive_import_total' THEN reactive_import_total_varh
  WHEN 'reactive_export_total' THEN reactive_export_total_varh ELSE value END AS value,
 expected_min, expected_max, ts, weight AS count, seen_ts,
 EXISTS (SELECT 1 FROM pin WHERE pin.meter = h.meter AND accepted = 0
  AND h.ts BETWEEN first_ts AND last_ts AND ifnull(counter = coalesce(value,
  import_total_wh, import_t1_wh, import_t2_wh, import_t3_wh, import_t4_wh, export_total_wh,
  export_t1_wh, export_t2_wh, export_t3_wh, export_t4_wh, reactive_import_total_varh,
  reactive_export_total_varh), 1)) AS rejected FROM held AS h;
