#include "storage/maintenance/verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/localday.h"
#include "storage/db/db.h"
#include "storage/db/fingerprint.h"
#include "storage/db/stmt.h"
#include "storage/db/transaction.h"
#include "storage/journal/calendar_tables.h"
#include "storage/journal/damaged_rows.h"
#include "storage/journal/other_meters.h"
#include "storage/maintenance/verify_hourly_counters.h"
#include "storage/maintenance/verify_readings.h"

enum { SENTENCE = 512, SAID = 100 };

/* Count a problem, and report it if it is among the first. */
static void __attribute__((format(printf, 2, 3)))
wrong(struct verify *v, const char *fmt, ...)
{
	char sentence[SENTENCE];
	va_list ap;

	if (++v->found > SAID)
		return;
	va_start(ap, fmt);
	vsnprintf(sentence, sizeof(sentence), fmt, ap);
	va_end(ap);
	v->say(v->ctx, sentence);
}

static int verify_file(sqlite3 *db, struct verify *v, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db, "PRAGMA integrity_check", e);

	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0) {
		struct span line = stmt_text(&s, 0);

		if (!span_eq(line, SPAN("ok")))
			wrong(v, "file: %.*s", SPAN_ARG(line));
	}
	stmt_close(&s);
	return rc;
}

static void say(void *ctx, const char *sentence)
{
	wrong(ctx, "%s", sentence);
}

/* Most of the numbers are counters, which verify_readings reads anyway. */
static int verify_numbers(sqlite3 *db, struct verify *v, struct err *e)
{
	struct damaged_rows how = { .whole = true };
	const struct repair_report told = { say, v };
	int rc = verify_readings(db, &v->limits, say, v, &how.counters_possible,
				 e);

	return rc == 0 ? damaged_rows_list(db, &how, &told, e) : rc;
}

static int verify_others(sqlite3 *db, struct verify *v, struct err *e)
{
	bool match;
	int rc = other_meters_verify(db, &match, e);

	if (rc == 0 && !match)
		wrong(v, "the column other of the table meter does not follow "
			 "from the readings");
	return rc;
}

static int verify_calendar(sqlite3 *db, struct verify *v, struct err *e)
{
	struct calendar_tables c;
	int rc = calendar_tables_open(&c, db, true, e);

	if (rc == 0 && c.holes)
		wrong(v, "the calendar lacks days, months or years: "
			 "p1logger --verify --repair adds them");
	return rc;
}

/*
 * If the zone differs, the next start of the service computes all days again.
 */
static int verify_zone(sqlite3 *db, struct verify *v, struct err *e)
{
	char zone[LOCALDAY_ZONE];
	int rc = v->timezone != NULL ? calendar_tables_zone(db, zone, e) : 0;

	if (rc > 0 && strcmp(zone, v->timezone) != 0)
		wrong(v,
		      "the calendar: days and months are those of %s, but the "
		      "settings say %s: restart p1logger, which computes them "
		      "again, or correct [storage] timezone",
		      zone, v->timezone);
	return rc < 0 ? rc : 0;
}

static int verify_tables(const char *path, struct verify *v, struct err *e)
{
	struct fingerprint facts = { 0 };
	sqlite3 *db = NULL;
	int rc = db_open_reader(&db, path, e);
	bool sound;

	v->found = v->rows = 0;
	v->newest = INT64_MIN;

	if (rc == 0)
		rc = transaction_hold(db, e);
	if (rc == 0)
		rc = verify_file(db, v, e);
	sound = rc == 0 && v->found == 0;
	if (sound)
		rc = fingerprint_of(&facts, db, e);
	if (sound && rc == 0) {
		v->rows = facts.rows;
		rc = fingerprint_newest_sent(db, &v->newest, e);
	}
	fingerprint_free(&facts);
	if (sound && rc == 0)
		rc = verify_numbers(db, v, e);
	if (sound && rc == 0)
		rc = verify_others(db, v, e);
	if (sound && rc == 0)
		rc = verify_calendar(db, v, e);
	if (sound && rc == 0)
		rc = verify_zone(db, v, e);
	if (sound && rc == 0)
		rc = verify_hourly_counters(db, say, v, e);
	db_close(db);
	return rc < 0 ? err_while(e, "database %s", path) : rc;
}

int verify_database(const char *path, struct verify *v, struct err *e)
{
	int rc = verify_tables(path, v, e);

	if (rc != ERR_DAMAGED)
		return rc;
	wrong(v, "file: %s", e->text);
	e->text[0] = '\0';
	return 0;
}
