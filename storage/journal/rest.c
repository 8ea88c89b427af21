#include "storage/journal/rest.h"

#include "base/clock.h"
#include "storage/db/facts.h"
#include "storage/db/stmt.h"
#include "storage/db/transaction.h"

int rest_write(const struct rest *r, struct err *e)
{
	struct progress *p = &r->en->p;
	int rc = runs_write(&r->en->runs, e);

	rc = rc < 0 ? rc : 0;
	if (rc == 0 && p->min_ts <= p->max_ts &&
	    !calendar_covers(r->calendar, p->min_ts, p->max_ts))
		rc = calendar_cover(r->calendar, p->min_ts, p->max_ts, e);
	if (rc == 0)
		rc = boundaries_write(&r->en->boundaries, r->en->runs.shifted,
				      e);
	if (rc == 0)
		rc = changes_write(r->changes, &p->touched,
				   clock_utc(&clock_machine), r->every_s, e);
	return rc;
}

static int touch_all(const struct rest *r, struct err *e)
{
	int64_t oldest, newest;
	int rc = facts_oldest(r->en->db, &oldest, e);

	if (rc == 0)
		rc = facts_newest(r->en->db, &newest, e);
	for (int m = 0; rc == 0 && oldest <= newest && m < MEDIUM_COUNT; m++) {
		enter_touch(r->en, (enum medium)m, oldest);
		enter_touch(r->en, (enum medium)m, newest);
	}
	return rc;
}

int rest_rebuild(const struct rest *r, struct err *e)
{
	int rc = runs_derive_all(&r->en->runs, e);

	if (rc >= 0)
		rc = touch_all(r, e);
	if (rc == 0)
		rc = rest_write(r, e);
	return rc == 0 ? boundaries_rebuild(&r->en->boundaries, e) : rc;
}

/* Keep what was written in a transaction that was begun, or undo it. */
static int end(const struct rest *r, int rc, struct err *e)
{
	if (rc == 0)
		rc = transaction_commit(r->en->db, e);
	if (rc < 0) {
		transaction_rollback(r->en->db);
		boundaries_forget(&r->en->boundaries);
	}
	return rc;
}

int rest_move_impossible(const struct rest *r, const struct impossible *how,
			 const struct repairs *told, struct err *e)
{
	int rc = impossible_look(r->en->db, how, e);

	if (rc <= 0)
		return rc;
	rc = transaction_begin(r->en->db, e);
	if (rc == 0)
		rc = impossible_move(r->en->db, how, told, e);
	if (rc > 0) {
		rc = enter_begin(r->en, e);
		rc = rc == 0 ? rest_rebuild(r, e) : rc;
	}
	return end(r, rc, e);
}
