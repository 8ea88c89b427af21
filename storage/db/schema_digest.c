#include "storage/db/schema_digest.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "storage/db/stmt.h"

/* The names in schema.sql; a test compares them. */
static const char *const names[] = {
	"calendar_day",
	"calendar_day_month",
	"calendar_day_start",
	"calendar_day_year",
	"calendar_month",
	"calendar_year",
	"came_with",
	"change_list",
	"clock",
	"consumed",
	"consumed_wh",
	"counter_from",
	"counter_to",
	"counters",
	"daily",
	"daily_wh",
	"demand",
	"electricity",
	"extent",
	"extra",
	"extras",
	"held",
	"held_meter",
	"hourly",
	"hourly_wh",
	"identity",
	"installation",
	"installation_meter",
	"mbus",
	"message",
	"meta",
	"meter",
	"meter_other",
	"meters",
	"month_peak",
	"monthly",
	"monthly_wh",
	"obis",
	"other_electricity",
	"phases",
	"pin",
	"pin_meter",
	"power_failure",
	"quality",
	"quarantine",
	"quarter",
	"quarter_end",
	"readings",
	"state",
	"yearly",
	"yearly_wh",
};

bool schema_digest_has(const char *name)
{
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

/* FNV-1a, including the end of the text. */
static uint64_t mix_text(uint64_t digest, const char *text)
{
	do
		digest = (digest ^ (unsigned char)*text) *
			 UINT64_C(0x100000001b3);
	while (*text++ != '\0');
	return digest;
}

/* Sets *n to the number of our objects. */
static int digest(sqlite3 *db, int64_t *out, size_t *n, struct err *e)
{
	struct stmt s = { 0 };
	uint64_t sum = UINT64_C(0xcbf29ce484222325);
	int rc = stmt_open(&s, db,
			   "SELECT type, name, sql FROM sqlite_schema "
			   "WHERE sql IS NOT NULL ORDER BY type, name",
			   e);

	*n = 0;
	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0) {
		if (!schema_digest_has(stmt_string(&s, 1)))
			continue;
		++*n;
		for (int i = 0; i < 3; i++)
			sum = mix_text(sum, stmt_string(&s, i));
	}
	stmt_close(&s);
	*out = (int64_t)sum;
	return rc;
}

int schema_digest_seal(sqlite3 *db, struct err *e)
{
	int64_t sum;
	size_t n;
	int rc = digest(db, &sum, &n, e);

	if (rc == 0)
		rc = stmt_exec_with(db,
				    "INSERT OR REPLACE INTO meta (key, value) "
				    "VALUES ('schema_digest', ?1)",
				    &sum, 1, e);
	return rc < 0 ? rc : 0;
}

int schema_digest_sealed(sqlite3 *db, int *sealed, struct err *e)
{
	struct stmt s = { 0 };
	int64_t sum;
	size_t n;
	int rc = digest(db, &sum, &n, e);

	*sealed = -1;
	if (rc == 0)
		rc = stmt_open(&s, db,
			       "SELECT value FROM meta "
			       "WHERE key = 'schema_digest'",
			       e);
	if (rc == 0)
		rc = stmt_next(&s, e);
	/* A program that knew fewer objects stored a digest of only those. */
	if (rc > 0)
		*sealed = stmt_key(&s, 0) == sum && n == COUNT(names);
	stmt_close(&s);
	if (rc < 0 && e->code == ERR_FAILED &&
	    sqlite3_errcode(db) == SQLITE_ERROR) {
		*sealed = 0; /* there is no such table or column */
		return 0;
	}
	return rc < 0 ? rc : 0;
}

int schema_digest_check(sqlite3 *db, struct err *e)
{
	int sealed, rc = schema_digest_sealed(db, &sealed, e);

	if (rc < 0 || sealed != 0)
		return rc;
	return err_set(e, ERR_CONFIG,
		       "its tables or views are not as p1logger made them: "
		       "start p1logger again, which repairs them");
}
