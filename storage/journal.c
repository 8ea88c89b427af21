#include "storage/journal.h"
#include "storage/db/transaction.h"

#include <stdlib.h>

#include "base/clock.h"
#include "storage/db.h"
#include "storage/entered.h"
#include "storage/journal_parts.h"
#include "storage/rest.h"
#include "storage/review.h"
#include "storage/schema.h"
#include "storage/schema_repair.h"
#include "storage/sound.h"

/* Readings in memory, while they can be written. */
enum { MOST_WAITING = 10000 };

static int open_parts(struct journal *j, const struct journal_options *o,
		      struct err *e)
{
	int rc = enter_open(&j->enter, j->db, o->interval, e);

	allowance_begin(&j->allowance, o->interval);
	if (rc == 0)
		rc = gate_open(&j->gate, j->db, &o->limits, e);
	if (rc == 0)
		rc = cure_open(&j->cure, j->db, e);
	if (rc == 0)
		rc = changes_open(&j->changes, j->db, e);
	if (rc == 0)
		rc = kept_open(&j->kept, o->interval, &j->allowance, e);
	if (rc == 0)
		rc = seen_open(&j->seen, j->db, o->extra, o->interval,
			       &j->allowance, e);
	return rc;
}

/* As a rule all is there already, and nobody has to wait for a lock. */
static int open_calendar(struct journal *j, const struct journal_options *o,
			 struct err *e)
{
	struct calendar *c = &j->calendar;
	int rc = calendar_is_current(c, o->timezone, o->now, e);

	if (rc != 0)
		return rc < 0 ? rc : 0;
	rc = transaction_begin(j->db, e);
	if (rc == 0)
		rc = calendar_refresh(c, o->timezone, o->now, e);
	if (rc == 0)
		rc = transaction_commit(j->db, e);
	if (rc < 0)
		transaction_rollback(j->db);
	return rc;
}

/* What a change of rows may touch, beside the rows. */
static struct rest rest_of(struct journal *j)
{
	return (struct rest){ &j->enter, &j->calendar, &j->changes,
			      j->every_s };
}

static int open_all(struct journal *j, const struct journal_options *o,
		    struct err *e)
{
	const int small = o->service ? sound_is_small(j->db, e) : 0;
	const struct impossible how = { small > 0, o->now, o->synchronised };
	const struct rest rest = rest_of(j);
	int rc = small < 0 ? small
			   : calendar_open(&j->calendar, j->db, o->service, e);

	if (rc == 0)
		rc = open_parts(j, o, e);
	if (rc == 0)
		rc = rest_move_impossible(&rest, &how, &o->repairs, e);
	if (rc == 0)
		rc = impossible_meters(j->db, e);
	if (rc == 0)
		rc = open_calendar(j, o, e);
	return rc == 0 ? stmt_value_time(&j->enter.newest_row, INT64_MIN,
					 &j->newest, e)
		       : rc;
}

struct journal *journal_open(const char *path, const struct journal_options *o,
			     struct err *e)
{
	struct journal *j = calloc(1, sizeof(*j));
	int rc;

	if (j == NULL) {
		err_set(e, ERR_FAILED, "out of memory");
		goto fail;
	}
	j->identity.file = -1;
	j->wait_ms = o->wait_ms;
	j->every_s = o->service ? o->commit_s : 0;
	rc = db_open_writer(&j->db, path, o->wait_ms, e);
	if (rc == 0)
		rc = schema_migrate(j->db, e);
	if (rc == 0)
		rc = schema_repair(j->db, &o->repairs, e);
	if (rc == 0)
		rc = sound_look(j->db, o->service, e);
	if (rc == 0)
		rc = open_all(j, o, e);
	if (rc == 0)
		rc = identity_open(&j->identity, path, e);
	if (rc == 0)
		return j;
fail:
	err_while(e, "database %s", path);
	journal_close(j);
	return NULL;
}

int journal_check_extra(const char *list, struct err *e)
{
	struct extra x;

	return extra_wanted(&x, list, e);
}

void journal_patience(struct journal *j, long wait_ms)
{
	j->wait_ms = wait_ms;
	sqlite3_busy_timeout(j->db, (int)wait_ms);
}

void journal_close(struct journal *j)
{
	if (j == NULL)
		return;
	kept_close(&j->kept);
	seen_close(&j->seen);
	enter_close(&j->enter);
	gate_close(&j->gate);
	cure_close(&j->cure);
	changes_close(&j->changes);
	if (j->commits > 1 && journal_standing(j) == STANDING_SAME)
		db_checkpoint(j->db);
	identity_close(&j->identity);
	db_close(j->db);
	free(j);
}

static bool is_empty(const struct reading *r)
{
	for (int i = 0; i < MBUS_CHANNELS; i++)
		if (r->mbus[i].channel != 0 && r->mbus[i].has_value)
			return false;
	return r->have == 0;
}

static struct gate_context context(struct journal *j,
				   const struct judge_now *now)
{
	return (struct gate_context){
		.enter = &j->enter,
		.kept = &j->kept,
		.clock = { now->utc, now->synchronised, j->newest },
	};
}

void journal_heard(struct journal *j, bool live, int64_t now_s)
{
	j->allowance.live = live;
	j->allowance.now = now_s;
}

int64_t journal_beyond(const struct journal *j)
{
	return j->allowance.beyond;
}

bool journal_full(const struct journal *j)
{
	return journal_waiting(j) >= MOST_WAITING ||
	       notes_full(&j->kept.notes) || extra_full(&j->seen.extra);
}

/* Beyond some, new identifiers are not looked at: no house has so many meters. */
static void leave_out_meters(struct journal *j, struct reading *r)
{
	const struct meters *m = &j->enter.meters;
	struct allowance *a = &j->allowance;

	if (!a->live)
		return;
	if (r->time.kind == STAMP_UTC && !meters_saw_reading(m, r) &&
	    !allowance_take(a, ALLOW_METERS, r->meter.n)) {
		r->have = 0;
		r->time.kind = STAMP_NONE;
	}
	for (int i = 0; i < MBUS_CHANNELS; i++) {
		struct mbus *b = &r->mbus[i];

		if (b->channel != 0 && b->has_value && !meters_saw_mbus(m, b) &&
		    !allowance_take(a, ALLOW_METERS, b->meter.n))
			b->has_value = false;
	}
}

int journal_judge(struct journal *j, struct reading *r,
		  const struct judge_now *now, unsigned *unproven,
		  struct err *e)
{
	const struct gate_context c = context(j, now);
	bool empty = is_empty(r);
	int rc;

	*unproven = 0;
	leave_out_meters(j, r);
	rc = gate_judge(&j->gate, &c, r, unproven, e);
	if (rc < 0)
		return rc;
	if (r->have != 0 && r->time.kind == STAMP_UTC &&
	    r->time.utc > j->newest)
		j->newest = r->time.utc;
	return empty || !is_empty(r);
}

int journal_clock(struct journal *j, int64_t ts, int64_t skew,
		  bool synchronised, struct err *e)
{
	return notes_clock(&j->kept.notes, ts, skew, synchronised, e);
}

int journal_hold(struct journal *j, struct reading *r,
		 const struct judge_now *now, enum verdict why, struct err *e)
{
	const struct gate_context c = context(j, now);

	leave_out_meters(j, r);
	return gate_hold(&j->gate, &c, r, why, e);
}

int64_t journal_held(const struct journal *j, enum verdict *why)
{
	*why = j->gate.why;
	return j->gate.doubted;
}

bool journal_urgent(const struct journal *j)
{
	return j->gate.urgent;
}

/* Do the counters that were just kept begin anew? */
static void mark(struct journal *j, size_t rows, size_t values)
{
	struct kept *k = &j->kept;

	for (; rows < k->row_count; rows++)
		if (k->rows[rows].tables & KEPT_ELECTRICITY)
			k->rows[rows].begin =
				gate_begin(&j->gate, k->rows[rows].meter);
	for (; values < k->value_count; values++)
		k->values[values].begin =
			gate_begin(&j->gate, k->values[values].meter);
}

int journal_put(struct journal *j, const struct reading *r, struct err *e)
{
	size_t rows = j->kept.row_count, values = j->kept.value_count;
	int rc = kept_put(&j->kept, &j->enter.meters, r, e);

	mark(j, rows, values);
	return rc < 0 ? rc : seen_put(&j->seen, r, e);
}

size_t journal_waiting(const struct journal *j)
{
	return kept_waiting(&j->kept) + seen_waiting(&j->seen) + j->gate.held.n;
}

static int write_kept(struct journal *j, struct err *e)
{
	struct kept *k = &j->kept;
	int rc = enter_begin(&j->enter, e);

	for (size_t i = 0; rc >= 0 && i < k->row_count; i++)
		rc = enter_row(&j->enter, &k->rows[i], e);
	for (size_t i = 0; rc >= 0 && i < k->value_count; i++)
		rc = enter_value(&j->enter, &k->values[i], e);
	for (size_t i = 0; rc >= 0 && i < k->notes.count; i++)
		rc = enter_note(&j->enter, &k->notes.list[i], e);
	if (rc >= 0)
		rc = seen_write(&j->seen, j->enter.p.added, e);
	j->enter.p.added += rc > 0 ? rc : 0;
	if (rc >= 0)
		rc = quarantine_write(&j->gate.held, &j->enter.meters, e);
	if (rc >= 0)
		rc = cure_all(&j->cure, &j->gate, &j->enter, e);
	return rc < 0 ? rc : 0;
}

static int write_rest(struct journal *j, struct err *e)
{
	const struct rest rest = rest_of(j);

	return rest_write(&rest, e);
}

/* Nothing was written, all waits on. */
static int give_up(struct journal *j, const struct calendar *calendar,
		   struct err *e)
{
	transaction_rollback(j->db);
	meters_forget_ids(&j->enter.meters);
	kept_stuck(&j->kept);
	j->gate.urgent = false; /* it was tried */
	j->calendar = *calendar;
	return err_while(e, "writing readings");
}

int journal_commit(struct journal *j, struct err *e)
{
	struct calendar calendar = j->calendar;
	int rc;

	if (journal_waiting(j) == 0 && j->kept.notes.count == 0)
		return 0;
	kept_sort(&j->kept);
	rc = transaction_begin(j->db, e);
	if (rc == 0)
		rc = write_kept(j, e);
	if (rc == 0 && j->enter.p.added > 0)
		rc = write_rest(j, e);
	if (rc == 0)
		rc = transaction_commit(j->db, e);
	if (rc < 0)
		return give_up(j, &calendar, e);
	kept_clear(&j->kept);
	seen_clear(&j->seen);
	gate_clear(&j->gate);
	j->commits += j->enter.p.added > 0;
	if (j->enter.p.added > 0 && j->changes.new_hour)
		db_checkpoint(j->db);
	identity_note(&j->identity);
	return j->enter.p.added;
}

/* Nothing was written. */
static int undo(struct journal *j, int rc, const struct calendar *calendar)
{
	transaction_rollback(j->db);
	meters_forget_ids(&j->enter.meters);
	j->calendar = *calendar;
	return rc;
}

/* A transaction of its own, of what a person says. */
static int end_word(struct journal *j, int rc, const struct calendar *calendar,
		    struct err *e)
{
	if (rc == 0)
		rc = write_rest(j, e);
	if (rc == 0)
		rc = transaction_commit(j->db, e);
	if (rc == 0)
		identity_note(&j->identity);
	return rc == 0 ? j->enter.p.added : undo(j, rc, calendar);
}

static int begin_word(struct journal *j, struct err *e)
{
	int rc = transaction_begin(j->db, e);

	return rc == 0 ? enter_begin(&j->enter, e) : rc;
}

int journal_accept(struct journal *j, int64_t id, struct err *e)
{
	struct calendar calendar = j->calendar;
	int rc = begin_word(j, e);

	if (rc == 0)
		rc = review_accept(&j->gate, &j->enter, id, e);
	return end_word(j, rc, &calendar, e);
}

int journal_enter(struct journal *j, struct entered *n, int64_t now,
		  struct err *e)
{
	struct calendar calendar = j->calendar;
	int rc = begin_word(j, e);

	if (rc == 0)
		rc = entered_write(n, &j->gate, &j->enter, now, e);
	return rc > 0 ? end_word(j, 0, &calendar, e) : undo(j, rc, &calendar);
}

int journal_reject(struct journal *j, int64_t id, struct err *e)
{
	return review_reject(j->db, id, e);
}
