#include "storage/schema_6.h"

#include "storage/db/stmt.h"
#include "storage/judge/rules.h"
#include "storage/series.h"

/* The meter and channel that the table installation names for a row. */
static const char *const name_meters[] = {
	"ALTER TABLE electricity ADD COLUMN meter INTEGER NOT NULL DEFAULT 0",
	"ALTER TABLE electricity ADD COLUMN weight INTEGER NOT NULL DEFAULT 1",
	"UPDATE electricity AS r SET meter = ifnull((SELECT meter FROM "
	"installation WHERE channel = 0 AND medium = 'electricity' AND "
	"first_ts <= r.ts ORDER BY first_ts DESC LIMIT 1), 0)",
	"ALTER TABLE mbus ADD COLUMN channel INTEGER NOT NULL DEFAULT 1",
	"ALTER TABLE mbus ADD COLUMN weight INTEGER NOT NULL DEFAULT 1",
	"UPDATE mbus AS v SET channel = ifnull((SELECT channel FROM "
	"installation WHERE meter = v.meter AND first_ts <= v.ts "
	"ORDER BY first_ts DESC LIMIT 1), 1)",
};

/* What a person accepted stays: falls, and counters read by eye. */
static const char *const make_pins[] = {
	"CREATE TABLE pin (meter INTEGER NOT NULL REFERENCES meter, "
	"first_ts INTEGER NOT NULL, last_ts INTEGER NOT NULL, "
	"accepted INTEGER NOT NULL, counter INTEGER) STRICT",
	"CREATE INDEX pin_meter ON pin (meter, first_ts)",
	"INSERT INTO pin (meter, first_ts, last_ts, accepted) "
	"SELECT DISTINCT meter, first_ts, first_ts, 1 FROM installation "
	"WHERE begins = 'reset'",
	"INSERT INTO pin (meter, first_ts, last_ts, accepted) "
	"SELECT meter, ts, ts, 1 FROM electricity WHERE time_source = 3",
	"INSERT INTO pin (meter, first_ts, last_ts, accepted) "
	"SELECT meter, ts, ts, 1 FROM mbus WHERE time_source = 3",
	("INSERT INTO pin (meter, first_ts, last_ts, accepted, counter) "
	 "SELECT q.meter, q.ts, last_ts, 0, coalesce(import_total_wh, import_t1_wh, "
	 "import_t2_wh, import_t3_wh, import_t4_wh, export_total_wh, "
	 "export_t1_wh, export_t2_wh, export_t3_wh, export_t4_wh, "
	 "reactive_import_total_varh, reactive_export_total_varh, h.value) "
	 "FROM quarantine AS q JOIN held AS h USING (id) WHERE rejected = 1"),
	"DROP TABLE quarantine",
};

_Static_assert(TIME_ENTERED == 3, "make_pins names it");

static const char copy_meters[] =
	"INSERT INTO meter SELECT id, medium, unit, identifier, channel "
	"FROM temp.old";
static const char make_meters[] =
	"CREATE TABLE meter (id INTEGER PRIMARY KEY, medium TEXT NOT NULL, "
	"unit TEXT NOT NULL, identifier TEXT NOT NULL, "
	"channel INTEGER NOT NULL, "
	"UNIQUE (medium, unit, identifier, channel)) STRICT";

/* A table that loses columns. */
static const char *const make_again[] = {
	"CREATE TEMP TABLE old AS SELECT * FROM meter",
	"DROP TABLE meter",
	make_meters,
	copy_meters,
	"DROP TABLE temp.old",
};

/* The journal derives the runs again when it opens the file (rest.h). */
static const char note_runs[] =
	"INSERT INTO meta (key, value) SELECT 'derive', 1 "
	"WHERE EXISTS (SELECT 1 FROM installation)";

static int run_all(sqlite3 *db, const char *const *sql, size_t n, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = stmt_exec(db, sql[i], e);
	return rc;
}

/* What is held has all that a row of electricity has. */
static int make_held(sqlite3 *db, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	int rc;

	sqlite3_str_appendall(
		sql, "CREATE TABLE held (id INTEGER PRIMARY KEY, "
		     "meter INTEGER NOT NULL REFERENCES meter, "
		     "channel INTEGER NOT NULL, ts INTEGER NOT NULL, "
		     "time_source INTEGER NOT NULL, weight INTEGER NOT NULL, "
		     "reason TEXT NOT NULL, register TEXT NOT NULL, "
		     "expected_min INTEGER, expected_max INTEGER, "
		     "seen_ts INTEGER NOT NULL, telegram BLOB NOT NULL, "
		     "value INTEGER");
	for (int q = 0; q < Q_COUNT; q++)
		if (quantities[q].place == PLACE_COUNTER ||
		    quantities[q].place == PLACE_POWER)
			sqlite3_str_appendf(sql, ", %s INTEGER",
					    quantities[q].column);
	sqlite3_str_appendall(sql, ", power_import_max_w INTEGER, "
				   "power_export_max_w INTEGER) STRICT");
	rc = stmt_exec_text(db, sql, e);
	return rc == 0 ? stmt_exec(db,
				   "CREATE INDEX held_meter "
				   "ON held (meter, ts)",
				   e)
		       : rc;
}

/* "import_t1=1234 import_t2=5678" as columns; ?1 is "first" or "last". */
static void add_counter(sqlite3_str *sql, const char *name)
{
	sqlite3_str_appendf(sql,
			    ", iif(instr(' ' || counters, ' %s='), CAST("
			    "substr(counters, instr(' ' || counters, ' %s=') + "
			    "length('%s=')) AS INTEGER), NULL)",
			    name, name, name);
}

/*
 * A row of the quarantine stands for one or two readings: the first and the last
 * of the same counters.
 */
static int copy_held(sqlite3 *db, bool last, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(
		sql, "INSERT INTO held (id, meter, channel, ts, time_source, "
		     "weight, reason, register, expected_min, expected_max, "
		     "seen_ts, telegram, value");
	for (int q = 0; q < JUDGE_REGISTERS; q++)
		sqlite3_str_appendf(sql, ", %s", quantities[q].column);
	sqlite3_str_appendf(
		sql,
		") SELECT %s, meter, channel, %s, time_source, %s, reason, "
		"register, expected_min, expected_max, first_seen_ts, %s",
		last ? "NULL" : "id", last ? "last_ts" : "ts",
		last ? "1" : "max(1, stamps - (last_ts > ts))",
		last ? "x''" : "telegram");
	add_counter(sql, "value");
	for (int q = 0; q < JUDGE_REGISTERS; q++)
		add_counter(sql, quantities[q].name);
	sqlite3_str_appendf(sql, " FROM quarantine%s",
			    last ? " WHERE last_ts > ts" : "");
	return stmt_exec_text(db, sql, e);
}

/* Two meters of one channel may begin at one instant. */
static int make_installation(sqlite3 *db, struct err *e)
{
	sqlite3_str *sql;
	int rc = stmt_exec(db,
			   "CREATE TEMP TABLE old AS SELECT * FROM "
			   "installation",
			   e);

	if (rc == 0)
		rc = stmt_exec(db, "DROP TABLE installation", e);
	if (rc < 0)
		return rc;
	sql = sqlite3_str_new(db);
	sqlite3_str_appendall(sql, "CREATE TABLE installation ("
				   "channel INTEGER NOT NULL, "
				   "medium TEXT NOT NULL, "
				   "first_ts INTEGER NOT NULL, "
				   "meter INTEGER NOT NULL REFERENCES meter");
	for (int s = 0; s < ELECTRIC_SERIES; s++)
		sqlite3_str_appendf(sql, ", %s_offset INTEGER",
				    series[s].column);
	sqlite3_str_appendall(sql, ", value_offset INTEGER, begins TEXT"
				   ", PRIMARY KEY (channel, medium, first_ts, "
				   "meter)) STRICT, WITHOUT ROWID");
	rc = stmt_exec_text(db, sql, e);
	if (rc == 0)
		rc = stmt_exec(db,
			       "INSERT INTO installation SELECT * FROM "
			       "temp.old",
			       e);
	if (rc == 0)
		rc = stmt_exec(db, "DROP TABLE temp.old", e);
	return rc == 0 ? stmt_exec(db,
				   "CREATE INDEX installation_meter "
				   "ON installation (meter, first_ts)",
				   e)
		       : rc;
}

int schema_6_make(sqlite3 *db, struct err *e)
{
	int rc = run_all(db, name_meters, COUNT(name_meters), e);

	if (rc == 0)
		rc = make_held(db, e);
	for (int last = 0; rc == 0 && last <= 1; last++)
		rc = copy_held(db, last, e);
	if (rc == 0)
		rc = run_all(db, make_pins, COUNT(make_pins), e);
	if (rc == 0)
		rc = run_all(db, make_again, COUNT(make_again), e);
	if (rc == 0)
		rc = make_installation(db, e);
	return rc == 0 ? stmt_exec(db, note_runs, e) : rc;
}
