#include "storage/journal/changes.h"

#include "base/utc.h"

/*
 * Beyond this number the oldest are merged: a follower that was away for longer
 * processes a wider range than necessary.
 */
enum { CHANGES_KEPT = 10000, CHANGES_SPARE = 1000 };

void changes_begin(struct touched *t)
{
	for (int m = 0; m < MEDIUM_COUNT; m++) {
		t->min_ts[m] = INT64_MAX;
		t->max_ts[m] = INT64_MIN;
	}
}

void changes_touch(struct touched *t, enum medium m, int64_t ts)
{
	if (m < 0 || m >= MEDIUM_COUNT)
		return;
	if (ts < t->min_ts[m])
		t->min_ts[m] = ts;
	if (ts > t->max_ts[m])
		t->max_ts[m] = ts;
}

int changes_open(struct changes *c, sqlite3 *db, struct err *e)
{
	int rc = stmt_open(&c->add, db,
			   "INSERT INTO change_list (medium, min_ts, max_ts, "
			   "written_ts, every_s) VALUES (?1, ?2, ?3, ?4, ?5)",
			   e);

	if (rc == 0)
		rc = stmt_open(&c->last, db,
			       "SELECT id, written_ts FROM change_list "
			       "ORDER BY id DESC LIMIT 1",
			       e);
	if (rc == 0)
		rc = stmt_open(&c->shorten, db,
			       "UPDATE change_list AS new SET "
			       "min_ts = (SELECT min(min_ts) FROM change_list "
			       "WHERE id <= ?1 AND medium = new.medium), "
			       "max_ts = (SELECT max(max_ts) FROM change_list "
			       "WHERE id <= ?1 AND medium = new.medium) "
			       "WHERE id IN (SELECT max(id) FROM change_list "
			       "WHERE id <= ?1 GROUP BY medium)",
			       e);
	if (rc == 0)
		rc = stmt_open(&c->drop, db,
			       "DELETE FROM change_list WHERE id <= ?1 AND id "
			       "NOT IN (SELECT max(id) FROM change_list "
			       "WHERE id <= ?1 GROUP BY medium)",
			       e);
	return rc;
}

void changes_close(struct changes *c)
{
	stmt_close(&c->add);
	stmt_close(&c->last);
	stmt_close(&c->shorten);
	stmt_close(&c->drop);
}

static int shorten(struct changes *c, int64_t to, struct err *e)
{
	int rc;

	stmt_bind(&c->shorten, 1, to);
	rc = stmt_run(&c->shorten, e);
	if (rc < 0)
		return rc;
	stmt_bind(&c->drop, 1, to);
	rc = stmt_run(&c->drop, e);
	return rc < 0 ? rc : 0;
}

static int write_one(struct changes *c, const struct touched *t, enum medium m,
		     int64_t now, long every_s, struct err *e)
{
	const char *name = medium_name(m);

	if (t->min_ts[m] > t->max_ts[m] || name == NULL)
		return 0;
	stmt_bind_text(&c->add, 1, span_of(name));
	stmt_bind(&c->add, 2, t->min_ts[m]);
	stmt_bind(&c->add, 3, t->max_ts[m]);
	stmt_bind(&c->add, 4, now);
	if (every_s > 0)
		stmt_bind(&c->add, 5, every_s);
	return stmt_run(&c->add, e);
}

/* Find the newest change: its id and when it was written; 0: none. */
static int newest(struct changes *c, int64_t *id, int64_t *written,
		  struct err *e)
{
	int rc = stmt_next(&c->last, e);

	if (rc <= 0)
		return rc;
	*id = stmt_int(&c->last, 0);
	*written = stmt_time(&c->last, 1);
	stmt_reset(&c->last);
	return 0;
}

int changes_write(struct changes *c, const struct touched *t, int64_t now,
		  long every_s, struct err *e)
{
	int64_t before = 0, after = 0, was = 0, is = 0;
	int rc = newest(c, &before, &was, e);

	for (int m = 0; rc >= 0 && m < MEDIUM_COUNT; m++)
		rc = write_one(c, t, (enum medium)m, now, every_s, e);
	if (rc >= 0)
		rc = newest(c, &after, &is, e);
	c->new_hour = was / HOUR_S != is / HOUR_S;
	if (rc >= 0 && after / CHANGES_SPARE != before / CHANGES_SPARE &&
	    after > CHANGES_KEPT)
		rc = shorten(c, after - CHANGES_KEPT, e);
	return rc < 0 ? rc : 0;
}
