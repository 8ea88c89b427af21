#include "storage/schema.h"

#include <stdint.h>

#include "storage/db/stmt.h"
#include "storage/registers.h"
#include "storage/schema_6.h"
#include "storage/schema_label.h"
#include "storage/schema_objects.h"
#include "storage/views.h"

/* The tables whose columns come from the tables of quantities. */
static const struct {
	const char *name;
	unsigned places;  /* bits 1 << place */
	const char *more; /* columns, each behind a comma */
} place_tables[] = {
	{ "electricity", 1u << PLACE_COUNTER | 1u << PLACE_POWER,
	  ", power_import_max_w INTEGER, power_export_max_w INTEGER"
	  ", time_source INTEGER NOT NULL" },
	{ "phases", 1u << PLACE_PHASE, "" },
	{ "quality", 1u << PLACE_QUALITY, "" },
	{ "state", 1u << PLACE_STATE, "" },
};

static bool in_places(int q, unsigned places)
{
	return places >> quantities[q].place & 1;
}

static int make_place_tables(sqlite3 *db, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < COUNT(place_tables); i++) {
		sqlite3_str *sql = sqlite3_str_new(db);

		sqlite3_str_appendf(sql,
				    "CREATE TABLE %s (ts INTEGER PRIMARY KEY",
				    place_tables[i].name);
		for (int q = 0; q < Q_COUNT; q++)
			if (in_places(q, place_tables[i].places))
				sqlite3_str_appendf(sql, ", %s INTEGER",
						    quantities[q].column);
		sqlite3_str_appendf(sql, "%s) STRICT", place_tables[i].more);
		rc = stmt_exec_text(db, sql, e);
	}
	return rc;
}

static int make_installation(sqlite3 *db, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	int rc;

	sqlite3_str_appendall(sql, "CREATE TABLE installation ("
				   "channel INTEGER NOT NULL, "
				   "medium TEXT NOT NULL, "
				   "first_ts INTEGER NOT NULL, "
				   "meter INTEGER NOT NULL REFERENCES meter");
	for (int s = 0; s < ELECTRIC_SERIES; s++)
		sqlite3_str_appendf(sql, ", %s_offset INTEGER",
				    series[s].column);
	sqlite3_str_appendall(sql, ", value_offset INTEGER"
				   ", PRIMARY KEY (channel, medium, first_ts)"
				   ") STRICT, WITHOUT ROWID");
	rc = stmt_exec_text(db, sql, e);
	if (rc == 0)
		rc = stmt_exec(db,
			       "CREATE INDEX installation_meter "
			       "ON installation (meter, first_ts)",
			       e);
	return rc;
}

/* Give a table a column, unless it has it. */
static int add_column(sqlite3 *db, const char *table, const char *column,
		      const char *tail, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	struct stmt s = { 0 };
	int64_t there = 0;
	int rc;

	sqlite3_str_appendf(sql,
			    "SELECT count(*) FROM pragma_table_info(%Q) "
			    "WHERE name = '%q%q'",
			    table, column, tail);
	rc = stmt_open_text(&s, db, sql, e);
	if (rc == 0)
		rc = stmt_value(&s, 0, &there, e);
	stmt_close(&s);
	if (rc < 0 || there)
		return rc;
	sql = sqlite3_str_new(db);
	sqlite3_str_appendf(sql, "ALTER TABLE %s ADD COLUMN %s%s INTEGER",
			    table, column, tail);
	return stmt_exec_text(db, sql, e);
}

/*
 * A register or a series that is new in this version has no column yet in a
 * file of an older one.
 */
static int add_columns(sqlite3 *db, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; i < COUNT(place_tables); i++)
		for (int q = 0; rc == 0 && q < Q_COUNT; q++)
			if (in_places(q, place_tables[i].places))
				rc = add_column(db, place_tables[i].name,
						quantities[q].column, "", e);
	for (int s = 0; rc == 0 && s < ELECTRIC_SERIES; s++)
		rc = add_column(db, "installation", series[s].column, "_offset",
				e);
	return rc;
}

static const char *const first_tables[] = {
	"CREATE TABLE meta ("
	"key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID",

	"CREATE TABLE meter (id INTEGER PRIMARY KEY, "
	"medium TEXT NOT NULL, unit TEXT NOT NULL, "
	"identifier TEXT NOT NULL, channel INTEGER NOT NULL, "
	"reduced_first_ts INTEGER, reduced_last_ts INTEGER, "
	"reduced_count INTEGER NOT NULL DEFAULT 0, "
	"UNIQUE (medium, unit, identifier, channel)) STRICT",

	"CREATE TABLE mbus (meter INTEGER NOT NULL REFERENCES meter, "
	"ts INTEGER NOT NULL, value INTEGER NOT NULL, "
	"PRIMARY KEY (meter, ts)) STRICT, WITHOUT ROWID",

	"CREATE TABLE demand (quarter_ts INTEGER PRIMARY KEY, "
	"ts INTEGER NOT NULL, demand_average_w INTEGER, "
	"demand_peak_w INTEGER, demand_peak_ts INTEGER) STRICT",

	"CREATE TABLE month_peak (month_end_ts INTEGER PRIMARY KEY, "
	"peak_ts INTEGER, peak_w INTEGER NOT NULL) STRICT",

	"CREATE TABLE power_failure (end_ts INTEGER PRIMARY KEY, "
	"seconds INTEGER NOT NULL) STRICT",

	"CREATE TABLE message (ts INTEGER PRIMARY KEY, "
	"text TEXT NOT NULL, code TEXT NOT NULL) STRICT",

	"CREATE TABLE identity (meter INTEGER NOT NULL REFERENCES meter, "
	"ts INTEGER NOT NULL, header TEXT NOT NULL, version TEXT NOT NULL, "
	"PRIMARY KEY (meter, ts)) STRICT, WITHOUT ROWID",

	"CREATE TABLE change_list (id INTEGER PRIMARY KEY, "
	"medium TEXT NOT NULL, min_ts INTEGER NOT NULL, "
	"max_ts INTEGER NOT NULL, written_ts INTEGER NOT NULL, "
	"every_s INTEGER) STRICT",

	"CREATE TABLE calendar_day (day TEXT PRIMARY KEY, "
	"start_ts INTEGER NOT NULL, end_ts INTEGER NOT NULL, "
	"month TEXT NOT NULL, year INTEGER NOT NULL, "
	"utc_offset_s INTEGER NOT NULL, change_ts INTEGER, "
	"change_s INTEGER) STRICT, WITHOUT ROWID",
	"CREATE INDEX calendar_day_start ON calendar_day (start_ts)",
	"CREATE INDEX calendar_day_month ON calendar_day (month)",

	"CREATE TABLE calendar_month (month TEXT PRIMARY KEY, "
	"start_ts INTEGER NOT NULL, end_ts INTEGER NOT NULL, "
	"year INTEGER NOT NULL) STRICT, WITHOUT ROWID",

	"CREATE TABLE calendar_year (year INTEGER PRIMARY KEY, "
	"start_ts INTEGER NOT NULL, end_ts INTEGER NOT NULL) STRICT",

	"CREATE TABLE calendar_hour (ts INTEGER PRIMARY KEY) STRICT",
};

static int migrate_1(sqlite3 *db, struct err *e)
{
	int rc = make_place_tables(db, e);

	for (size_t i = 0; rc == 0 && i < COUNT(first_tables); i++)
		rc = stmt_exec(db, first_tables[i], e);
	return rc == 0 ? make_installation(db, e) : rc;
}

/* What has no column of its own: the list of references, and series of them. */
static int migrate_2(sqlite3 *db, struct err *e)
{
	int rc = stmt_exec(db,
			   "CREATE TABLE obis (id INTEGER PRIMARY KEY, "
			   "reference TEXT NOT NULL UNIQUE, "
			   "meaning TEXT NOT NULL, unit TEXT NOT NULL, "
			   "value TEXT NOT NULL, kept_in TEXT NOT NULL, "
			   "first_ts INTEGER, last_ts INTEGER, "
			   "count INTEGER NOT NULL) STRICT",
			   e);

	if (rc == 0)
		rc = stmt_exec(db,
			       "CREATE TABLE extra (obis INTEGER NOT NULL "
			       "REFERENCES obis, ts INTEGER NOT NULL, "
			       "value ANY NOT NULL, PRIMARY KEY (obis, ts)) "
			       "STRICT, WITHOUT ROWID",
			       e);
	return rc;
}

/* Readings that are held, and runs of a meter whose counters were reset. */
static int migrate_3(sqlite3 *db, struct err *e)
{
	int rc = stmt_exec(
		db,
		"CREATE TABLE quarantine (id INTEGER PRIMARY KEY, "
		"meter INTEGER NOT NULL REFERENCES meter, "
		"channel INTEGER NOT NULL, reason TEXT NOT NULL, "
		"register TEXT NOT NULL, value INTEGER NOT NULL, "
		"expected_min INTEGER, expected_max INTEGER, "
		"counters TEXT NOT NULL, ts INTEGER NOT NULL, "
		"last_ts INTEGER NOT NULL, "
		"time_source INTEGER NOT NULL, stamps INTEGER NOT NULL, "
		"count INTEGER NOT NULL, "
		"first_seen_ts INTEGER NOT NULL, "
		"last_seen_ts INTEGER NOT NULL, "
		"rejected INTEGER NOT NULL DEFAULT 0, "
		"telegram BLOB NOT NULL, "
		"UNIQUE (meter, counters)) STRICT",
		e);

	if (rc == 0)
		rc = stmt_exec(
			db, "ALTER TABLE installation ADD COLUMN begins TEXT",
			e);
	return rc;
}

/* How far the meter's clock and the machine's are apart. */
static int migrate_4(sqlite3 *db, struct err *e)
{
	return stmt_exec(db,
			 "CREATE TABLE clock (ts INTEGER PRIMARY KEY, "
			 "skew_s INTEGER NOT NULL, "
			 "synchronised INTEGER NOT NULL) STRICT",
			 e);
}

/* Which values a person entered: those alone may be entered otherwise. */
static int migrate_5(sqlite3 *db, struct err *e)
{
	return stmt_exec(db,
			 "ALTER TABLE mbus ADD COLUMN "
			 "time_source INTEGER NOT NULL DEFAULT 0",
			 e);
}

/*
 * Row n makes version n + 1 of version n. Append; never change one that was
 * released. Columns of new quantities and series are added after the last, and
 * the views made again: for these alone a row may do nothing.
 */
static int (*const migrations[])(sqlite3 *db, struct err *e) = {
	migrate_1, migrate_2, migrate_3, migrate_4, migrate_5, schema_6_make,
};

_Static_assert(COUNT(migrations) == SCHEMA_VERSION, "each version has a row");

static int sign(sqlite3 *db, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	int rc;

	sqlite3_str_appendf(sql, "PRAGMA application_id = %d",
			    SCHEMA_APPLICATION);
	rc = stmt_exec_text(db, sql, e);
	if (rc < 0)
		return rc;
	sql = sqlite3_str_new(db);
	sqlite3_str_appendf(sql, "PRAGMA user_version = %d", SCHEMA_VERSION);
	return stmt_exec_text(db, sql, e);
}

/*
 * A step that SQLite refuses as an error of the statement ("there is already a
 * table obis") was not made for these tables: the file's number lies.
 */
static int not_of_its_number(sqlite3 *db, int64_t version, struct err *e)
{
	if (e->code != ERR_FAILED || sqlite3_errcode(db) != SQLITE_ERROR)
		return e->code;
	return err_set(e, ERR_DAMAGED,
		       "the database is damaged: its tables are not those of "
		       "its schema %lld",
		       (long long)version);
}

static int migrate_from(sqlite3 *db, int64_t version, struct err *e)
{
	int rc = 0;

	for (int64_t v = version; rc == 0 && v < SCHEMA_VERSION; v++)
		rc = migrations[v](db, e);
	if (rc == 0)
		rc = add_columns(db, e);
	if (rc == 0)
		rc = views_make(db, e);
	if (rc == 0)
		rc = sign(db, e);
	if (rc == 0)
		rc = schema_objects_seal(db, e);
	return rc == 0 ? 0 : not_of_its_number(db, version, e);
}

int schema_make(sqlite3 *db, struct err *e)
{
	return migrate_from(db, 0, e);
}

int schema_migrate(sqlite3 *db, struct err *e)
{
	struct schema_label l = { 0 };
	int rc = schema_label_read(&l, db, e);

	if (rc < 0 || l.version == SCHEMA_VERSION)
		return rc;
	rc = stmt_exec(db, "BEGIN IMMEDIATE", e);
	if (rc == 0)
		rc = schema_label_read(&l, db,
				       e); /* another may have been quicker */
	if (rc == 0 && !schema_label_is_empty(&l))
		rc = schema_label_judge(&l, e);
	if (rc == 0 && l.version < SCHEMA_VERSION)
		rc = migrate_from(db, l.version, e);
	if (rc == 0)
		return stmt_exec(db, "COMMIT", e);
	sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

int schema_prepare(sqlite3 *db, struct err *e)
{
	struct schema_label l = { 0 };
	int rc = schema_label_read(&l, db, e);

	if (rc < 0)
		return rc;
	if (schema_label_is_empty(&l))
		return stmt_exec(db, "PRAGMA auto_vacuum = INCREMENTAL", e);
	return schema_label_judge(&l, e);
}

static int check_label(sqlite3 *db, struct schema_label *l, struct err *e)
{
	int rc = schema_label_read(l, db, e);

	return rc < 0 ? rc : schema_label_judge(l, e);
}

int schema_check(sqlite3 *db, struct err *e)
{
	struct schema_label l = { 0 };
	int rc = check_label(db, &l, e);

	if (rc == 0 && l.version < SCHEMA_VERSION)
		rc = err_set(e, ERR_CONFIG,
			     "its schema %lld is older than this program's "
			     "%d: run p1logger once",
			     (long long)l.version, SCHEMA_VERSION);
	return rc == 0 ? schema_objects_check(db, e) : rc;
}

int schema_check_older(sqlite3 *db, struct err *e)
{
	struct schema_label l = { 0 };

	return check_label(db, &l, e);
}
