#include "storage/journal/change_list.h"

#include "base/utc.h"

/*
 * Beyond this number the oldest are merged: a follower that was away for longer
 * processes a wider range than necessary.
 */
enum { CHANGES_KEPT = 10000, CHANGES_SPARE = 1000 };

enum { ADD, NEWEST, SHORTEN, DROP };

void change_list_begin(struct touched *t)
{
	for (int m = 0; m < MEDIUM_COUNT; m++) {
		t->min_ts[m] = INT64_MAX;
		t->max_ts[m] = INT64_MIN;
	}
	t->counters_after = INT64_MAX;
	t->counters_before = INT64_MIN;
}

void change_list_touch(struct touched *t, enum medium m, int64_t ts)
{
	if (m < 0 || m >= MEDIUM_COUNT)
		return;
	if (ts < t->min_ts[m])
		t->min_ts[m] = ts;
	if (ts > t->max_ts[m])
		t->max_ts[m] = ts;
}

void change_list_counters(struct touched *t, int64_t after, int64_t before)
{
	if (after < t->counters_after)
		t->counters_after = after;
	if (before > t->counters_before)
		t->counters_before = before;
}

static const char *const sql[] = {
	[ADD] = "INSERT INTO change_list (medium, min_ts, max_ts, written_ts, "
		"every_s) VALUES (?1, ?2, ?3, ?4, ?5)",
	[NEWEST] = "SELECT id, written_ts FROM change_list "
		   "ORDER BY id DESC LIMIT 1",
	[SHORTEN] = "UPDATE change_list AS new SET "
		    "min_ts = (SELECT min(min_ts) FROM change_list "
		    "WHERE id <= ?1 AND medium = new.medium), "
		    "max_ts = (SELECT max(max_ts) FROM change_list "
		    "WHERE id <= ?1 AND medium = new.medium) "
		    "WHERE id IN (SELECT max(id) FROM change_list "
		    "WHERE id <= ?1 GROUP BY medium)",
	[DROP] = "DELETE FROM change_list WHERE id <= ?1 AND id "
		 "NOT IN (SELECT max(id) FROM change_list "
		 "WHERE id <= ?1 GROUP BY medium)",
};

_Static_assert(COUNT(sql) == CHANGE_LIST_STATEMENTS,
	       "each statement has its text");

int change_list_open(struct change_list *c, sqlite3 *db, struct err *e)
{
	return stmt_open_all(c->s, db, sql, COUNT(sql), e);
}

void change_list_close(struct change_list *c)
{
	stmt_close_all(c->s, COUNT(c->s));
}

static int shorten(struct change_list *c, int64_t to, struct err *e)
{
	int rc;

	stmt_bind(&c->s[SHORTEN], 1, to);
	rc = stmt_run(&c->s[SHORTEN], e);
	if (rc < 0)
		return rc;
	stmt_bind(&c->s[DROP], 1, to);
	rc = stmt_run(&c->s[DROP], e);
	return rc < 0 ? rc : 0;
}

/* When a commit is, and how often the service commits. */
struct commit_time {
	int64_t now;
	long every_s;
};

static int write_one(struct change_list *c, const char *name, int64_t min_ts,
		     int64_t max_ts, const struct commit_time *at,
		     struct err *e)
{
	struct stmt *s = &c->s[ADD];

	if (min_ts > max_ts || name == NULL)
		return 0;
	stmt_bind_text(s, 1, span_of(name));
	stmt_bind(s, 2, min_ts);
	stmt_bind(s, 3, max_ts);
	stmt_bind(s, 4, at->now);
	if (at->every_s > 0)
		stmt_bind(s, 5, at->every_s);
	return stmt_run(s, e);
}

/* Open ends are written as times that readers accept. */
static int write_counters(struct change_list *c, const struct touched *t,
			  const struct commit_time *at, struct err *e)
{
	const int64_t after = t->counters_after, before = t->counters_before;

	if (after >= before)
		return 0;
	return write_one(c, CHANGE_LIST_COUNTERS, after < 0 ? 0 : after + 1,
			 before > STMT_LAST_TIME ? STMT_LAST_TIME : before - 1,
			 at, e);
}

/*
 * Find the newest change: its id, or 0 if there is none, and when it was
 * written.
 */
static int newest(struct change_list *c, int64_t *id, int64_t *written,
		  struct err *e)
{
	struct stmt *s = &c->s[NEWEST];
	int rc = stmt_next(s, e);

	if (rc <= 0)
		return rc;
	*id = stmt_int(s, 0);
	*written = stmt_time(s, 1);
	stmt_reset(s);
	return 0;
}

int change_list_write(struct change_list *c, const struct touched *t,
		      int64_t now, long every_s, struct err *e)
{
	const struct commit_time at = { now, every_s };
	int64_t before = 0, after = 0, was = 0, is = 0;
	int rc = newest(c, &before, &was, e);

	if (rc >= 0)
		rc = write_counters(c, t, &at, e);
	for (int m = 0; rc >= 0 && m < MEDIUM_COUNT; m++)
		rc = write_one(c, medium_name((enum medium)m), t->min_ts[m],
			       t->max_ts[m], &at, e);
	if (rc >= 0)
		rc = newest(c, &after, &is, e);
	c->new_hour = was / HOUR_S != is / HOUR_S;
	if (rc >= 0 && after / CHANGES_SPARE != before / CHANGES_SPARE &&
	    after > CHANGES_KEPT)
		rc = shorten(c, after - CHANGES_KEPT, e);
	return rc < 0 ? rc : 0;
}
