-- Behind schema_5.sql: 120 local days of Amsterdam from 2026-01-01 on, a reading every ten
-- minutes, 25 hours of summer time in them. What was consumed stands in the table truth, in
-- counters that go on; the meters' counters are made from it.
--   day 20   M1's counter falls to 0, and a person accepted it (a reset)
--   day 60   M1 goes and was read off; M2 comes, whose opening was read off: 500 and 700
--   day 90   no reading for 30 hours
--   gas      G1 to day 45, then G2; each hour's reading
--   water    on channel 2, at times of its own
BEGIN;
CREATE TABLE truth (ts INTEGER PRIMARY KEY, t1_wh INTEGER, t2_wh INTEGER, export_wh INTEGER,
  gas_dm3 INTEGER, water_dm3 INTEGER) STRICT;
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 120 * 144),
-- what a step of ten minutes consumes; none where one meter follows another
steps AS (SELECT i, iif(i IN (0, 20 * 144 + 70, 60 * 144 + 80), 0, 5 + i * 7 % 13) AS w,
    iif(i IN (0, 20 * 144 + 70, 60 * 144 + 80) OR i % 144 NOT BETWEEN 55 AND 90, 0, i % 11) AS x,
    iif(i % 6 = 0 AND i NOT IN (0, 45 * 144 + 60), 3 + i % 29, 0) AS g,
    iif(i % 9 = 0 AND i > 0, i % 7, 0) AS v FROM n)
INSERT INTO truth SELECT 1767222000 + 600 * i,
  sum(iif(i / 36 % 2 = 0, w, 0)) OVER o, sum(iif(i / 36 % 2 = 1, w, 0)) OVER o,
  sum(x) OVER o, sum(g) OVER o, sum(v) OVER o
FROM steps WINDOW o AS (ORDER BY i);

INSERT INTO meter (id, medium, unit, identifier, channel) VALUES
  (1, 'electricity', 'wh', 'M1', 0), (2, 'gas', 'dm3', 'G1', 1), (3, 'water', 'dm3', 'W1', 2),
  (4, 'gas', 'dm3', 'G2', 1), (5, 'electricity', 'wh', 'M2', 0);

-- M1 started at 1000, 2000 and 30; after the reset, and on M2, the counters are lower
CREATE TEMP TABLE run AS SELECT m.column1 AS i, ts AS first_ts, m.column2 AS meter,
  m.column3 AS begins, m.column4 - t1_wh AS t1, m.column5 - t2_wh AS t2, m.column6 - export_wh AS x
FROM (VALUES (0, 1, NULL, 1000, 2000, 30), (20 * 144 + 70, 1, 'reset', 0, 0, 0),
  (60 * 144 + 80, 5, NULL, 500, 700, 0)) AS m JOIN truth ON ts = 1767222000 + 600 * m.column1;
INSERT INTO electricity (ts, import_t1_wh, import_t2_wh, export_total_wh, power_import_w,
  time_source)
SELECT t.ts, t1_wh + t1, t2_wh + t2, export_wh + x, t.ts / 600 % 900,
  -- the closing and the opening counters were entered by a person
  3 * (t.ts - 1767222000 IN (600 * (60 * 144 + 79), 600 * (60 * 144 + 80)))
FROM truth AS t JOIN run AS r ON r.first_ts = (SELECT max(first_ts) FROM run WHERE first_ts <= t.ts)
WHERE t.ts NOT BETWEEN 1767222000 + 90 * 86400 + 600 AND 1767222000 + 90 * 86400 + 30 * 3600 - 600;
INSERT INTO installation (channel, medium, first_ts, meter, begins, import_wh_offset,
  import_t1_wh_offset, import_t2_wh_offset, export_wh_offset)
SELECT 0, 'electricity', first_ts, meter, begins,
  3000 - t1 - t2, 1000 - t1, 2000 - t2, 30 - x FROM run;

INSERT INTO mbus (meter, ts, value)
SELECT iif(ts < 1767222000 + 600 * (45 * 144 + 60), 2, 4), ts,
  gas_dm3 + iif(ts < 1767222000 + 600 * (45 * 144 + 60), 50000,
    17 - (SELECT gas_dm3 FROM truth WHERE ts = 1767222000 + 600 * (45 * 144 + 60)))
FROM truth WHERE ts % 3600 = 0
UNION ALL SELECT 3, ts, 800 + water_dm3 FROM truth WHERE ts % 1800 = 600 OR (ts + 3600) % 86400 = 0;
INSERT INTO installation (channel, medium, first_ts, meter, value_offset)
SELECT channel, medium, (SELECT min(ts) FROM mbus WHERE meter = id), id,
  iif(id = 4, (SELECT max(value) FROM mbus WHERE meter = 2) - 17, 0)
FROM meter WHERE medium <> 'electricity';

INSERT INTO phases (ts, voltage_l1_mv, power_import_l1_w)
SELECT ts, 230000 + ts % 5000, power_import_w FROM electricity;
INSERT INTO quality (ts, power_failures) VALUES (1767222000, 3), (1770000000, 4);
INSERT INTO message VALUES (1768000000, 'the net is worked on', '');
INSERT INTO obis VALUES (1, '1-0:14.7.0', 'frequency', 'Hz', '49.98', 'extra', 1767222000,
  1767222600, 2);
INSERT INTO extra VALUES (1, 1767222000, 49980), (1, 1767222600, 50010);

-- a false counter every tenth day, every second one rejected; zeros of the gas meter
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 11)
INSERT INTO quarantine (meter, channel, reason, register, value, expected_min, counters, ts,
  last_ts, time_source, stamps, count, first_seen_ts, last_seen_ts, rejected, telegram)
SELECT iif(i > 6, 5, 1), 0, 'fast', 'import_t1', 9000000 + i, 1000,
  'import_t1=' || (9000000 + i) || ' import_t2=1 export_total=2', ts, ts + 20 * (i % 3), 0,
  1 + i % 3, 1 + i % 3, ts, ts, i % 2, x'2f0d'
FROM (SELECT i, 1767222000 + i * 864000 + 5 AS ts FROM n);
INSERT INTO quarantine (meter, channel, reason, register, value, expected_min, counters, ts,
  last_ts, time_source, stamps, count, first_seen_ts, last_seen_ts, telegram)
VALUES (4, 1, 'back', 'value', 0, 9, 'value=0', 1774000007, 1774000807, 0, 9, 9, 1774000007,
  1774000807, x'');
INSERT INTO change_list (medium, min_ts, max_ts, written_ts)
SELECT column1, 1767222000, 1777590000, 1777590000
FROM (VALUES ('electricity'), ('gas'), ('water'));
COMMIT;
