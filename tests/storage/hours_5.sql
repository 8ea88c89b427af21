-- Behind months_5.sql: keep a reading of each hour, and those around the reset and the new meter,
-- for tests that convert many times.
BEGIN;
DELETE FROM electricity WHERE ts % 3600 <> 0 AND time_source <> 3
  AND ts NOT BETWEEN 1767222000 + 600 * (20 * 144 + 69) AND 1767222000 + 600 * (20 * 144 + 70);
DELETE FROM phases WHERE ts NOT IN (SELECT ts FROM electricity);
COMMIT;
