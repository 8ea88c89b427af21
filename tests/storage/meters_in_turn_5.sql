-- Behind schema_5.sql: two meters in turn on one port, M1 with the gas meter G1 and M2 with G2,
-- every five minutes of four hours from 2026-05-01T00:00Z on. Each row is a run.
INSERT INTO meter (id, medium, unit, identifier, channel, reduced_count) VALUES (1,
  'electricity', 'wh', 'M1', 0, 0), (2, 'electricity', 'wh', 'M2', 0, 0), (3, 'gas', 'dm3',
  'G1', 0, 0), (4, 'gas', 'dm3', 'G2', 0, 0);
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 47) INSERT INTO
  electricity (ts, import_t1_wh, import_t2_wh, time_source) SELECT 1777593600 + 300 * i,
  iif(i % 2, 90000, 1000) + 10 * i, 0, 0 FROM n;
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 47) INSERT INTO mbus
  (meter, ts, value, time_source) SELECT 3 + i % 2, 1777593600 + 300 * i, iif(i % 2, 7000, 500)
  + i, 0 FROM n;
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 47) INSERT INTO
  installation (channel, medium, first_ts, meter, import_wh_offset, import_t1_wh_offset,
  import_t2_wh_offset, value_offset, begins) SELECT 0, 'electricity', 1777593600 + 300 * i,
  1 + i % 2, 0, 0, 0, NULL, NULL FROM n UNION ALL SELECT 1, 'gas', 1777593600 + 300 * i,
  3 + i % 2, NULL, NULL, NULL, 0, NULL FROM n;
