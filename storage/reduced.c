#include "storage/reduced.h"

/* So many readings, so many seconds apart, are believed. */
enum { BELIEVED_COUNT = 10, BELIEVED_S = 3600 };

int reduced_open(struct reduced *d, sqlite3 *db, struct err *e)
{
	int rc = stmt_open(&d->note, db,
			   "UPDATE meter SET "
			   "reduced_first_ts = ifnull(reduced_first_ts, ?2), "
			   "reduced_last_ts = ?2, "
			   "reduced_count = reduced_count + 1 WHERE id = ?1 "
			   "AND ifnull(reduced_last_ts, ?2 - 1) < ?2",
			   e);

	if (rc == 0)
		rc = stmt_open(&d->ask, db,
			       "SELECT reduced_last_ts - reduced_first_ts, "
			       "reduced_count FROM meter WHERE id = ?1",
			       e);
	if (rc == 0)
		rc = stmt_open(&d->clear, db,
			       "UPDATE meter SET reduced_first_ts = NULL, "
			       "reduced_last_ts = NULL, reduced_count = 0 "
			       "WHERE id = ?1 AND reduced_count > 0",
			       e);
	if (rc == 0)
		rc = stmt_open(&d->any, db,
			       "SELECT count(*) FROM meter "
			       "WHERE reduced_count > 0",
			       e);
	return rc;
}

void reduced_close(struct reduced *d)
{
	stmt_close(&d->note);
	stmt_close(&d->ask);
	stmt_close(&d->clear);
	stmt_close(&d->any);
}

int reduced_load(struct reduced *d, struct err *e)
{
	int64_t count = 0;
	int rc = stmt_value(&d->any, 0, &count, e);

	d->some = count > 0;
	return rc;
}

int reduced_seen(struct reduced *d, int64_t meter, int64_t ts, struct err *e)
{
	int rc;

	d->some = true;
	stmt_bind(&d->note, 1, meter);
	stmt_bind(&d->note, 2, ts);
	rc = stmt_run(&d->note, e);
	if (rc < 0)
		return rc;
	stmt_bind(&d->ask, 1, meter);
	rc = stmt_next(&d->ask, e);
	if (rc <= 0)
		return rc;
	rc = stmt_int(&d->ask, 0) >= BELIEVED_S &&
	     stmt_int(&d->ask, 1) >= BELIEVED_COUNT;
	stmt_reset(&d->ask);
	return rc;
}

int reduced_clear(struct reduced *d, int64_t meter, struct err *e)
{
	int rc;

	if (!d->some)
		return 0;
	stmt_bind(&d->clear, 1, meter);
	rc = stmt_run(&d->clear, e);
	return rc < 0 ? rc : 0;
}
