#include "storage/journal/derived_tables.h"

#include "base/clock.h"
#include "storage/db/fingerprint.h"
#include "storage/db/stmt.h"
#include "storage/db/transaction.h"

/* Readings so old that they may be thinned again. */
static int note_old(const struct derived *r, int64_t now, struct err *e)
{
	const struct commit_progress *p = &r->writer->p;

	return r->thin != NULL && p->min_ts < now - KEEP_LEAST_S
		       ? thin_touched(r->thin, p->min_ts, e)
		       : 0;
}

/* Write what changed, with the counters that follow from it. */
static int tell_followers(const struct derived *r, int64_t now, struct err *e)
{
	struct touched *t = &r->writer->p.touched;
	const struct boundary_range *c = &r->writer->hourly_counters.written;

	change_list_counters(t, c->after, c->before);
	return change_list_write(r->changes, t, now, r->every_s, e);
}

int derived_write(const struct derived *r, struct err *e)
{
	struct commit_progress *p = &r->writer->p;
	const int64_t now = clock_utc(&clock_machine);
	int rc = other_meters_write(&r->writer->others, &r->writer->touch, e);

	if (rc == 0)
		rc = runs_write(&r->writer->runs, e);
	rc = rc < 0 ? rc : 0;
	if (rc == 0 && p->min_ts <= p->max_ts &&
	    !calendar_tables_covers(r->calendar, p->min_ts, p->max_ts))
		rc = calendar_tables_cover(r->calendar, p->min_ts, p->max_ts,
					   e);
	if (rc == 0)
		rc = hourly_counters_write(&r->writer->hourly_counters,
					   r->writer->runs.shifted, e);
	if (rc == 0)
		rc = tell_followers(r, now, e);
	return rc == 0 ? note_old(r, now, e) : rc;
}

static int touch_all(const struct derived *r, struct err *e)
{
	int64_t oldest, newest;
	int rc = fingerprint_oldest(r->writer->db, &oldest, e);

	if (rc == 0)
		rc = fingerprint_newest(r->writer->db, &newest, e);
	for (int m = 0; rc == 0 && oldest <= newest && m < MEDIUM_COUNT; m++) {
		touch_medium(&r->writer->touch, (enum medium)m, oldest);
		touch_medium(&r->writer->touch, (enum medium)m, newest);
	}
	return rc;
}

int derived_rebuild(const struct derived *r, struct err *e)
{
	int rc = other_meters_derive_all(&r->writer->others, &r->writer->touch,
					 e);

	if (rc == 0)
		rc = runs_derive_all(&r->writer->runs, e);
	if (rc >= 0)
		rc = touch_all(r, e);
	hourly_counters_touch_all(&r->writer->hourly_counters);
	return rc == 0 ? derived_write(r, e) : rc;
}

/* Commit a transaction, or undo it. */
static int end(const struct derived *r, int rc, struct err *e)
{
	if (rc == 0)
		rc = transaction_commit(r->writer->db, e);
	if (rc < 0) {
		transaction_rollback(r->writer->db);
		hourly_counters_forget(&r->writer->hourly_counters);
	}
	return rc;
}

int derived_move_impossible(const struct derived *r,
			    const struct damaged_rows *how,
			    const struct repair_report *told, struct err *e)
{
	bool exist;
	int rc = damaged_rows_exist(r->writer->db, how, &exist, e);

	if (rc < 0 || !exist)
		return rc;
	rc = transaction_begin(r->writer->db, e);
	if (rc == 0)
		rc = damaged_rows_move(r->writer->db, how, told, e);
	if (rc > 0) {
		rc = row_writer_begin(r->writer, e);
		rc = rc == 0 ? derived_rebuild(r, e) : rc;
	}
	return end(r, rc, e);
}

/* Other local hours have other counters, although no reading changed. */
static int rebuild_hours(const struct derived *r, int64_t now, struct err *e)
{
	const struct series_range *all = &r->writer->hourly_counters.extent.all;
	int rc;

	change_list_begin(&r->writer->p.touched);
	rc = hourly_counters_rebuild(&r->writer->hourly_counters, e);
	return rc == 0 && all->first <= all->last ? tell_followers(r, now, e)
						  : rc;
}

/* Usually everything is up to date, and no lock is needed. */
int derived_calendar(const struct derived *r, const char *zone, int64_t now,
		     struct err *e)
{
	struct hourly_counters *b = &r->writer->hourly_counters;
	const struct series_range *all = &b->extent.all;
	bool current, exist = false;
	int rc = calendar_tables_current(r->calendar, zone, now, &current, e);

	if (rc == 0)
		rc = hourly_counters_begin(b, e);
	if (rc == 0)
		rc = hourly_counters_exist(b, &exist, e);
	if (rc == 0 && all->first <= all->last)
		current &= calendar_tables_covers(r->calendar, all->first,
						  all->last);
	if (rc < 0 || (current && exist))
		return rc;
	rc = transaction_begin(r->writer->db, e);
	if (rc == 0)
		rc = calendar_tables_refresh(r->calendar, zone, now, e);
	if (rc > 0 || (rc == 0 && !exist))
		rc = rebuild_hours(r, now, e);
	rc = end(r, rc, e);
	hourly_counters_forget(b);
	return rc;
}
