#include "storage/journal/thin.h"

#include <stdio.h>

#include "base/utc.h"
#include "storage/db/db.h"
#include "storage/db/transaction.h"

#define GIVEN_BACK "32" /* pages of the file at a time */

enum {
	FREE_PAGES = 64, /* for new rows */
	KEY_TEXT = 32,
};

static const char *const words[KEEP_KINDS] = { "rows", "phases", "quality" };

/* The first reading at or after ?1. */
static const char *const next_sql[KEEP_KINDS] = {
	[KEEP_ROWS] = ("SELECT min(ts) FROM (SELECT min(ts) AS ts FROM "
		       "electricity WHERE ts >= ?1 UNION ALL SELECT "
		       "(SELECT min(ts) FROM mbus WHERE meter = id AND "
		       "ts >= ?1) FROM meter UNION ALL SELECT (SELECT min(ts) "
		       "FROM extra WHERE obis = id AND ts >= ?1) FROM obis)"),
	[KEEP_PHASES] = "SELECT min(ts) FROM phases WHERE ts >= ?1",
	[KEEP_QUALITY] = "SELECT min(ts) FROM quality WHERE ts >= ?1",
};

int thin_open(struct thin *t, sqlite3 *db, const struct keep_rules *rules,
	      const struct judge_limits *limits, struct err *e)
{
	int rc = thin_rows_open(&t->rows, db, limits, e);

	t->db = db;
	t->rules = *rules;
	if (rc == 0)
		rc = stmt_open_all(t->next, db, next_sql, KEEP_KINDS, e);
	if (rc == 0)
		rc = stmt_open(&t->newest, db,
			       "SELECT max(ts) FROM electricity", e);
	if (rc == 0)
		rc = stmt_open(&t->load, db,
			       "SELECT value FROM meta WHERE key = ?1", e);
	if (rc == 0)
		rc = stmt_open(&t->save, db,
			       "INSERT OR REPLACE INTO meta (key, value) "
			       "VALUES (?1, ?2)",
			       e);
	if (rc == 0)
		rc = stmt_open(&t->lower, db,
			       "UPDATE meta SET value = ?1 WHERE "
			       "key LIKE 'thinned\\_%' ESCAPE '\\' "
			       "AND value > ?1",
			       e);
	return rc;
}

void thin_close(struct thin *t)
{
	thin_rows_close(&t->rows);
	stmt_close_all(t->next, KEEP_KINDS);
	stmt_close(&t->newest);
	stmt_close(&t->load);
	stmt_close(&t->save);
	stmt_close(&t->lower);
}

void thin_forget(struct thin *t)
{
	for (int k = 0; k < KEEP_KINDS; k++)
		t->at[k].known = false;
}

/* If the settings ask for longer intervals, thin everything again. */
static struct span key_of(const struct thin *t, enum keep_kind k,
			  char text[static KEY_TEXT])
{
	snprintf(text, KEY_TEXT, "thinned_%s_%d", words[k],
		 (int)t->rules.of[k].every_s);
	return span_of(text);
}

static int load(struct thin *t, enum keep_kind k, struct err *e)
{
	struct thin_cursor *c = &t->at[k];
	char key[KEY_TEXT];
	int rc;

	if (c->known)
		return 0;
	stmt_bind_text(&t->load, 1, key_of(t, k, key));
	rc = stmt_value(&t->load, INT64_MIN, &c->ts, e);
	c->known = rc == 0;
	return rc;
}

static int save(struct thin *t, enum keep_kind k, int64_t ts, struct err *e)
{
	char key[KEY_TEXT];
	int rc;

	t->at[k].ts = ts;
	stmt_bind_text(&t->save, 1, key_of(t, k, key));
	stmt_bind(&t->save, 2, ts);
	rc = stmt_run(&t->save, e);
	return rc < 0 ? rc : 0;
}

/* Set *end: readings before it may be thinned. */
static int end_of(struct thin *t, enum keep_kind k, int64_t now, int64_t *end,
		  struct err *e)
{
	int rc = stmt_value_time(&t->newest, 0, end, e);

	*end = (now < *end ? now : *end) - t->rules.of[k].for_s;
	return rc;
}

/* Find the next hour that is due. Returns 1, 0 or a negative code. */
static int next_hour(struct thin *t, enum keep_kind k, int64_t now,
		     int64_t *from, struct err *e)
{
	int64_t end;
	int rc;

	if (t->rules.of[k].for_s == 0)
		return 0;
	rc = end_of(t, k, now, &end, e);
	if (rc == 0)
		rc = load(t, k, e);
	if (rc < 0 || t->at[k].ts > end - HOUR_S)
		return rc;
	stmt_bind(&t->next[k], 1, t->at[k].ts);
	rc = stmt_value_time(&t->next[k], INT64_MAX, from, e);
	*from -= *from % HOUR_S;
	return rc < 0 ? rc : *from <= end - HOUR_S;
}

int thin_is_due(struct thin *t, int64_t now, struct err *e)
{
	int rc = 0;

	for (int k = 0; rc == 0 && k < KEEP_KINDS; k++) {
		int64_t from;

		rc = next_hour(t, (enum keep_kind)k, now, &from, e);
	}
	return rc;
}

/* Record what was thinned, from the first hour on. */
static int end_hours(struct thin *t, enum keep_kind k, int64_t first,
		     struct err *e)
{
	int rc = save(t, k, t->at[k].ts, e);

	return rc == 0 && k == KEEP_ROWS
		       ? thin_rows_pack(&t->rows, first, t->at[k].ts, e)
		       : rc;
}

static int thin_hours(struct thin *t, int64_t now, int hours, struct err *e)
{
	int rc = 0;

	for (int k = 0; rc >= 0 && k < KEEP_KINDS; k++) {
		const enum keep_kind what = (enum keep_kind)k;
		int64_t from = 0, first = INT64_MAX;

		while (hours > 0 &&
		       (rc = next_hour(t, what, now, &from, e)) > 0) {
			rc = thin_rows_hour(&t->rows, what, from, from + HOUR_S,
					    t->rules.of[k].every_s, e);
			if (rc < 0)
				return rc;
			t->at[k].ts = from + HOUR_S;
			first = from < first ? from : first;
			hours--;
		}
		if (rc >= 0 && first != INT64_MAX)
			rc = end_hours(t, what, first, e);
	}
	return rc < 0 ? rc : 0;
}

static int give_back(struct thin *t, struct err *e)
{
	int64_t pages = 0;
	struct stmt s = { 0 };
	int rc = stmt_ask(t->db, "PRAGMA freelist_count", &pages, e);

	if (rc < 0 || pages <= FREE_PAGES)
		return rc < 0 ? rc : 0;
	rc = stmt_open(&s, t->db, "PRAGMA incremental_vacuum(" GIVEN_BACK ")",
		       e);
	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0)
		;
	stmt_close(&s);
	return rc;
}

static int write_piece(struct thin *t, int64_t now, int hours, struct err *e)
{
	int rc = transaction_begin(t->db, e);

	if (rc < 0)
		return rc;
	rc = thin_hours(t, now, hours, e);
	if (rc == 0)
		rc = give_back(t, e);
	if (rc == 0)
		rc = transaction_commit(t->db, e);
	if (rc < 0) {
		transaction_rollback(t->db);
		thin_forget(t);
	}
	return rc;
}

int thin_piece(struct thin *t, int64_t now, int hours, int64_t *removed,
	       struct err *e)
{
	struct err ignored;
	int rc;

	t->rows.removed = 0;
	rc = db_wait_for_disk(t->db, false, e);
	if (rc == 0)
		rc = write_piece(t, now, hours, e);
	if (db_wait_for_disk(t->db, true, rc < 0 ? &ignored : e) < 0)
		rc = rc < 0 ? rc : e->code;
	*removed = rc < 0 ? 0 : t->rows.removed;
	return rc < 0 ? rc : thin_is_due(t, now, e);
}

int thin_touched(struct thin *t, int64_t ts, struct err *e)
{
	int rc;

	stmt_bind(&t->lower, 1, ts - ts % HOUR_S - HOUR_S);
	rc = stmt_run(&t->lower, e);
	if (rc > 0)
		thin_forget(t);
	return rc < 0 ? rc : 0;
}

int64_t thin_interval(struct thin *t, int64_t *until, struct err *e)
{
	const struct keep_rule *rule = &t->rules.of[KEEP_ROWS];

	if (rule->for_s == 0)
		return 0;
	if (load(t, KEEP_ROWS, e) < 0)
		return e->code;
	*until = t->at[KEEP_ROWS].ts;
	return rule->every_s + KEEP_LATE_S;
}
