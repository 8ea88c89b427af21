-- Behind schema_5.sql: readings from 2026-05-01T00:00Z on, by the hour. M1 for 20 h, whose
-- counter a person let fall after 10 h and read off at 19:30; then M2. Gas beside them, whose
-- opening was read off. Held are a fall, one that was sent twelve times, one that was
-- rejected, and a dead gas channel.
INSERT INTO meter (id, medium, unit, identifier, channel, reduced_count) VALUES (1,
  'electricity', 'wh', 'M1', 0, 0), (2, 'electricity', 'wh', 'M2', 0, 3), (3, 'gas', 'dm3',
  'G1', 0, 0);
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 29) INSERT INTO
  electricity (ts, import_t1_wh, import_t2_wh, time_source) SELECT 1777593600 + 3600 * i,
  iif(i < 10, 1000, iif(i < 20, 5, 7000)) + i % 10 * 100, 0, 0 FROM n;
INSERT INTO electricity (ts, import_t1_wh, import_t2_wh, time_source) VALUES (1777593600 +
  70200, 955, 0, 3);
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 29) INSERT INTO mbus
  (meter, ts, value, time_source) SELECT 3, 1777593600 + 3600 * i, 500 + 10 * i, 3 * (i = 0)
  FROM n;
INSERT INTO installation (channel, medium, first_ts, meter, import_wh_offset,
  import_t1_wh_offset, import_t2_wh_offset, value_offset, begins) VALUES (0, 'electricity',
  1777593600, 1, 0, 0, 0, NULL, NULL), (0, 'electricity', 1777593600 + 36000, 1, 1895, 1895,
  0, NULL, 'reset'), (0, 'electricity', 1777593600 + 72000, 2, -4150, -4150, 0, NULL, NULL),
  (0, 'electricity', 1777593600 + 90000, 2, -4150, -4150, 0, NULL, NULL), (1, 'gas',
  1777593600, 3, NULL, NULL, NULL, 0, NULL);
INSERT INTO quarantine (meter, channel, reason, register, value, expected_min, expected_max,
  counters, ts, last_ts, time_source, stamps, count, first_seen_ts, last_seen_ts, rejected,
  telegram) VALUES (1, 0, 'back', 'import_t1', 3, 1400, NULL, 'import_t1=3 import_t2=0',
  1777608000 + 9, 1777608000 + 9, 0, 1, 1, 1777608010, 1777608010, 0, x'2f41'), (1, 0, 'fast',
  'import_t1', 90000, 1500, 2000, 'import_t1=90000 import_t2=0', 1777611600 + 9, 1777612000,
  2, 12, 12, 1777611610, 1777612010, 0, x'2f42'), (1, 0, 'fast', 'import_t1', 80000, 1500,
  2000, 'import_t1=80000 import_t2=0', 1777611600 + 8, 1777611608, 0, 1, 1, 1777611609,
  1777611609, 1, x'2f43'), (3, 1, 'back', 'value', 0, 520, NULL, 'value=0', 1777608000 + 9,
  1777608009, 0, 1, 1, 1777608010, 1777608010, 0, x'');
