-- The tables of schema 5, as the last program that made them did; of its views the one
-- that --restore asks. `sqlite3 FILE <schema_5.sql` makes an empty database of it.
PRAGMA journal_mode = WAL;
CREATE TABLE electricity (ts INTEGER PRIMARY KEY, import_total_wh INTEGER, import_t1_wh
  INTEGER, import_t2_wh INTEGER, import_t3_wh INTEGER, import_t4_wh INTEGER, export_total_wh
  INTEGER, export_t1_wh INTEGER, export_t2_wh INTEGER, export_t3_wh INTEGER, export_t4_wh
  INTEGER, reactive_import_total_varh INTEGER, reactive_export_total_varh INTEGER, tariff
  INTEGER, power_import_w INTEGER, power_export_w INTEGER, reactive_power_import_var INTEGER,
  reactive_power_export_var INTEGER, power_import_max_w INTEGER, power_export_max_w INTEGER,
  time_source INTEGER NOT NULL) STRICT;
CREATE TABLE phases (ts INTEGER PRIMARY KEY, power_import_l1_w INTEGER, power_import_l2_w
  INTEGER, power_import_l3_w INTEGER, power_export_l1_w INTEGER, power_export_l2_w INTEGER,
  power_export_l3_w INTEGER, voltage_l1_mv INTEGER, voltage_l2_mv INTEGER, voltage_l3_mv
  INTEGER, current_l1_ma INTEGER, current_l2_ma INTEGER, current_l3_ma INTEGER) STRICT;
CREATE TABLE quality (ts INTEGER PRIMARY KEY, power_failures INTEGER, long_power_failures
  INTEGER, voltage_sags_l1 INTEGER, voltage_sags_l2 INTEGER, voltage_sags_l3 INTEGER,
  voltage_swells_l1 INTEGER, voltage_swells_l2 INTEGER, voltage_swells_l3 INTEGER) STRICT;
CREATE TABLE state (ts INTEGER PRIMARY KEY, breaker INTEGER, limiter_w INTEGER, fuse_l1_ma
  INTEGER) STRICT;
CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE meter (id INTEGER PRIMARY KEY, medium TEXT NOT NULL, unit TEXT NOT NULL,
  identifier TEXT NOT NULL, channel INTEGER NOT NULL, reduced_first_ts INTEGER,
  reduced_last_ts INTEGER, reduced_count INTEGER NOT NULL DEFAULT 0, UNIQUE (medium, unit,
  identifier, channel)) STRICT;
CREATE TABLE mbus (meter INTEGER NOT NULL REFERENCES meter, ts INTEGER NOT NULL, value INTEGER
  NOT NULL, time_source INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (meter, ts)) STRICT, WITHOUT
  ROWID;
CREATE TABLE demand (quarter_ts INTEGER PRIMARY KEY, ts INTEGER NOT NULL, demand_average_w
  INTEGER, demand_peak_w INTEGER, demand_peak_ts INTEGER) STRICT;
CREATE TABLE month_peak (month_end_ts INTEGER PRIMARY KEY, peak_ts INTEGER, peak_w INTEGER NOT
  NULL) STRICT;
CREATE TABLE power_failure (end_ts INTEGER PRIMARY KEY, seconds INTEGER NOT NULL) STRICT;
CREATE TABLE message (ts INTEGER PRIMARY KEY, text TEXT NOT NULL, code TEXT NOT NULL) STRICT;
CREATE TABLE identity (meter INTEGER NOT NULL REFERENCES meter, ts INTEGER NOT NULL, header
  TEXT NOT NULL, version TEXT NOT NULL, PRIMARY KEY (meter, ts)) STRICT, WITHOUT ROWID;
CREATE TABLE change_list (id INTEGER PRIMARY KEY, medium TEXT NOT NULL, min_ts INTEGER NOT
  NULL, max_ts INTEGER NOT NULL, written_ts INTEGER NOT NULL, every_s INTEGER) STRICT;
CREATE TABLE calendar_day (day TEXT PRIMARY KEY, start_ts INTEGER NOT NULL, end_ts INTEGER NOT
  NULL, month TEXT NOT NULL, year INTEGER NOT NULL, utc_offset_s INTEGER NOT NULL, change_ts
  INTEGER, change_s INTEGER) STRICT, WITHOUT ROWID;
CREATE INDEX calendar_day_start ON calendar_day (start_ts);
CREATE INDEX calendar_day_month ON calendar_day (month);
CREATE TABLE calendar_month (month TEXT PRIMARY KEY, start_ts INTEGER NOT NULL, end_ts INTEGER
  NOT NULL, year INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE calendar_year (year INTEGER PRIMARY KEY, start_ts INTEGER NOT NULL, end_ts
  INTEGER NOT NULL) STRICT;
CREATE TABLE calendar_hour (ts INTEGER PRIMARY KEY) STRICT;
CREATE TABLE installation (channel INTEGER NOT NULL, medium TEXT NOT NULL, first_ts INTEGER
  NOT NULL, meter INTEGER NOT NULL REFERENCES meter, import_wh_offset INTEGER,
  import_t1_wh_offset INTEGER, import_t2_wh_offset INTEGER, import_t3_wh_offset INTEGER,
  import_t4_wh_offset INTEGER, export_wh_offset INTEGER, export_t1_wh_offset INTEGER,
  export_t2_wh_offset INTEGER, export_t3_wh_offset INTEGER, export_t4_wh_offset INTEGER,
  reactive_import_varh_offset INTEGER, reactive_export_varh_offset INTEGER, value_offset
  INTEGER, begins TEXT, PRIMARY KEY (channel, medium, first_ts)) STRICT, WITHOUT ROWID;
CREATE INDEX installation_meter ON installation (meter, first_ts);
CREATE TABLE obis (id INTEGER PRIMARY KEY, reference TEXT NOT NULL UNIQUE, meaning TEXT NOT
  NULL, unit TEXT NOT NULL, value TEXT NOT NULL, kept_in TEXT NOT NULL, first_ts INTEGER,
  last_ts INTEGER, count INTEGER NOT NULL) STRICT;
CREATE TABLE extra (obis INTEGER NOT NULL REFERENCES obis, ts INTEGER NOT NULL, value ANY NOT
  NULL, PRIMARY KEY (obis, ts)) STRICT, WITHOUT ROWID;
CREATE TABLE quarantine (id INTEGER PRIMARY KEY, meter INTEGER NOT NULL REFERENCES meter,
  channel INTEGER NOT NULL, reason TEXT NOT NULL, register TEXT NOT NULL, value INTEGER NOT
  NULL, expected_min INTEGER, expected_max INTEGER, counters TEXT NOT NULL, ts INTEGER NOT
  NULL, last_ts INTEGER NOT NULL, time_source INTEGER NOT NULL, stamps INTEGER NOT NULL, count
  INTEGER NOT NULL, first_seen_ts INTEGER NOT NULL, last_seen_ts INTEGER NOT NULL, rejected
  INTEGER NOT NULL DEFAULT 0, telegram BLOB NOT NULL, UNIQUE (meter, counters)) STRICT;
CREATE TABLE clock (ts INTEGER PRIMARY KEY, skew_s INTEGER NOT NULL, synchronised INTEGER NOT
  NULL) STRICT;
CREATE VIEW extent AS SELECT 'electricity' AS medium, (SELECT min(ts) FROM electricity) AS
  first_ts, (SELECT max(ts) FROM electricity) AS last_ts UNION ALL SELECT medium,
  min(first_ts), max(last_ts) FROM (SELECT medium, (SELECT min(ts) FROM mbus WHERE meter =
  m.id) AS first_ts, (SELECT max(ts) FROM mbus WHERE meter = m.id) AS last_ts FROM meter AS m
  WHERE (medium, unit) IN (VALUES ('gas', 'dm3'), ('water', 'dm3'), ('warm_water', 'dm3'),
  ('heat', 'mj'), ('cold', 'mj'))) GROUP BY medium;
PRAGMA application_id = 1882279015;
PRAGMA user_version = 5;
