#include "storage/journal/journal.h"

#include <stdlib.h>

#include "base/clock.h"
#include "storage/db/db.h"
#include "storage/db/integrity.h"
#include "storage/db/schema.h"
#include "storage/db/schema_repair.h"
#include "storage/db/transaction.h"
#include "storage/journal/convert_schema_5.h"
#include "storage/journal/journal_id.h"
#include "storage/journal/journal_parts.h"

enum {
	CANDIDATES_FIRST = 3, /* readings that may outweigh others */
	CANDIDATES_MOST = 10000,
};

static struct intervals intervals_of(const struct journal_options *o)
{
	bool longer = o->phases_interval > o->interval;

	return (struct intervals){
		.rows = o->interval,
		.phases = longer ? o->phases_interval : o->interval,
	};
}

static int open_parts(struct journal *j, const struct journal_options *o,
		      struct err *e)
{
	const struct intervals every = intervals_of(o);
	int rc = row_writer_open(&j->writer, j->db, &every, &o->limits, e);

	flood_limit_begin(&j->allowance, o->interval);
	if (rc == 0)
		rc = thin_open(&j->thin, j->db, &o->keep, &o->limits, e);
	j->writer.thin = &j->thin;
	if (rc == 0)
		rc = validator_open(&j->validator, &j->writer, &j->pending, e);
	if (rc == 0)
		rc = change_list_open(&j->changes, j->db, e);
	if (rc == 0)
		rc = pending_open(&j->pending, &every, &j->allowance, e);
	if (rc == 0)
		rc = obis_inventory_open(&j->inventory, j->db, o->extra,
					 o->interval, &j->allowance, e);
	return rc;
}

struct derived journal_rest(struct journal *j)
{
	return (struct derived){ &j->writer, &j->calendar, &j->changes,
				 &j->thin, j->every_s };
}

/*
 * Apply the meters that a person named, if they changed since the database was
 * last written.
 */
static int choose_meters(struct journal *j, const struct journal_options *o,
			 struct err *e)
{
	int rc = other_meters_choose(&j->writer.others, o->house, o->also, e);

	return rc <= 0 ? rc : journal_rebuild(j, e);
}

static int open_all(struct journal *j, const struct journal_options *o,
		    struct err *e)
{
	struct damaged_rows how = { .now = o->now, .certain = o->synchronised };
	const struct derived rest = journal_rest(j);
	int rc = o->service ? integrity_small(j->db, &how.whole, e) : 0;

	if (rc == 0)
		rc = calendar_tables_open(&j->calendar, j->db,
					  o->service || o->whole_calendar, e);
	if (rc == 0)
		rc = open_parts(j, o, e);
	if (rc == 0)
		rc = derived_move_impossible(&rest, &how, &o->repairs, e);
	if (rc == 0)
		rc = damaged_rows_meters(j->db, e);
	if (rc == 0)
		rc = journal_id_ensure(j->db, e);
	if (rc == 0)
		rc = choose_meters(j, o, e);
	if (rc == 0)
		rc = derived_calendar(&rest, o->timezone, o->now, e);
	return rc == 0 ? stmt_value_time(&j->writer.newest_row, INT64_MIN,
					 &j->validator.newest, e)
		       : rc;
}

struct journal *journal_open(const char *path, const struct journal_options *o,
			     struct err *e)
{
	struct journal *j = calloc(1, sizeof(*j));
	int rc;

	if (j == NULL) {
		err_memory(e);
		goto fail;
	}
	j->identity.file = -1;
	j->candidates_to_judge = CANDIDATES_FIRST;
	j->wait_ms = o->wait_ms;
	j->every_s = o->service ? o->commit_s : 0;
	rc = convert_finish(path, e);
	if (rc == 0)
		rc = db_open_writer(&j->db, path, o->wait_ms, e);
	if (rc == 0)
		rc = convert_old(&j->db, path, o, e);
	if (rc == 0 && o->service)
		rc = db_limit_cache(j->db, e);
	if (rc == 0)
		rc = schema_migrate(j->db, e);
	if (rc == 0)
		rc = schema_repair(j->db, &o->repairs, e);
	if (rc == 0)
		rc = integrity_look(j->db, o->service, e);
	if (rc == 0)
		rc = open_all(j, o, e);
	if (rc == 0)
		rc = database_replaced_open(&j->identity, path, e);
	if (rc == 0)
		return j;
fail:
	err_while(e, "database %s", path);
	journal_close(j);
	return NULL;
}

int journal_check_extra(const char *list, struct err *e)
{
	struct extra_values x;

	return extra_values_wanted(&x, list, e);
}

void journal_patience(struct journal *j, long wait_ms)
{
	j->wait_ms = wait_ms;
	sqlite3_busy_timeout(j->db, (int)wait_ms);
}

/* A run that only adds a row to the WAL writes less. */
static bool wants_empty_wal(const struct journal *j)
{
	return j->commits > 1 || j->checkpointed ||
	       (j->commits == 1 && db_wal_is_long(j->db));
}

void journal_close(struct journal *j)
{
	if (j == NULL)
		return;
	pending_close(&j->pending);
	obis_inventory_close(&j->inventory);
	row_writer_close(&j->writer);
	validator_close(&j->validator);
	change_list_close(&j->changes);
	thin_close(&j->thin);
	if (wants_empty_wal(j) && journal_standing(j) == STANDING_SAME)
		db_empty_wal(j->db);
	database_replaced_close(&j->identity);
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

void journal_heard(struct journal *j, bool live, int64_t now_s)
{
	j->allowance.live = live;
	j->allowance.now = now_s;
}

/* Beyond a maximum, ignore new identifiers: no house has that many meters. */
static void leave_out_meters(struct journal *j, struct reading *r)
{
	struct meters *m = &j->writer.meters;
	struct flood_limit *a = &j->allowance;

	if (!a->live)
		return;
	if (r->time.kind == TIMESTAMP_UTC && !meters_saw_reading(m, r) &&
	    !flood_limit_take(a, ALLOW_METERS, r->meter.n)) {
		r->have = 0;
		r->time.kind = TIMESTAMP_NONE;
	}
	for (int i = 0; i < MBUS_CHANNELS; i++) {
		struct mbus *b = &r->mbus[i];

		if (b->channel != 0 && b->has_value && !meters_saw_mbus(m, b) &&
		    !flood_limit_take(a, ALLOW_METERS, b->meter.n))
			b->has_value = false;
	}
}

/*
 * Readings in doubt that are newer than all accepted ones keep the next ones
 * from being accepted quickly: judge those of a live meter soon, and, after a
 * commit without effect, again when there are twice as many. Late readings
 * delay no others. If two meters take turns, the commit finds out which one is
 * the house's.
 */
static void note_urgent(struct journal *j, const struct pending_meters *m)
{
	if (j->allowance.live)
		j->urgent |= m->turns || j->pending.candidates_ahead >=
						 j->candidates_to_judge;
}

static int put(struct journal *j, const struct reading *r,
	       const struct pending_meters *m, const struct journal_now *now,
	       struct err *e)
{
	int rc = 0;

	if (now->skewed && r->time.kind == TIMESTAMP_UTC)
		rc = meter_events_clock(&j->pending.events, r->time.utc,
					now->skew, now->synchronised, e);
	if (rc >= 0)
		rc = pending_put(&j->pending, m, r, e);
	return rc < 0 ? rc : obis_inventory_put(&j->inventory, r, e);
}

/* Record which M-Bus meters appeared in whose telegram. */
static int note_beside(struct journal *j, const struct pending_meters *m,
		       struct err *e)
{
	int rc = 0;

	for (int i = 0; rc == 0 && i < MBUS_CHANNELS; i++)
		if (m->electricity >= 0 && m->channel[i] >= 0)
			rc = pending_pair(&j->pending, &j->writer.meters,
					  m->channel[i], m->electricity, e);
	return rc;
}

int journal_take(struct journal *j, struct reading *r,
		 const struct journal_now *now, struct journal_verdict *v,
		 struct err *e)
{
	const struct validator_now when = { now->utc, now->synchronised,
					    now->unproven };
	const bool empty = is_empty(r);
	struct pending_meters m;
	int rc;

	*v = (struct journal_verdict){ 0 };
	leave_out_meters(j, r);
	rc = validator_judge(&j->validator, r, &when, &m, &v->unproven, e);
	if (rc < 0)
		return rc;
	note_urgent(j, &m);
	v->used = empty || !is_empty(r);
	v->other = m.other;
	if (note_beside(j, &m, e) < 0)
		return e->code;
	if (m.other)
		return pending_put(&j->pending, &m, r, e);
	/* If only its counters are in doubt, its texts and logs are kept. */
	return v->used || r->time.kind == TIMESTAMP_UTC ? put(j, r, &m, now, e)
							: 0;
}

static int write_pending(struct journal *j, struct err *e)
{
	struct pending *p = &j->pending;
	int rc = row_writer_begin(&j->writer, e);

	if (rc >= 0)
		rc = row_writer_select(&j->writer, p, e);
	pending_count(p);
	for (size_t i = 0; rc >= 0 && i < p->row_count; i++)
		rc = row_writer_row(&j->writer, &p->rows[i], e);
	for (size_t i = 0; rc >= 0 && i < p->value_count; i++)
		rc = row_writer_value(&j->writer, &p->values[i], e);
	for (size_t i = 0; rc >= 0 && i < p->events.count; i++)
		rc = row_writer_event(&j->writer, &p->events.list[i], e);
	for (size_t i = 0; rc >= 0 && i < COUNT(p->fold); i++)
		if (p->fold[i].weight != 0)
			rc = row_writer_fold(&j->writer, &p->fold[i], e);
	for (size_t i = 0; rc >= 0 && i < p->pair_count; i++)
		rc = row_writer_pair(&j->writer, &p->pairs[i], e);
	if (rc >= 0)
		rc = row_writer_candidates(&j->writer, p->candidates,
					   p->candidate_count, e);
	if (rc >= 0)
		rc = obis_inventory_write(&j->inventory, j->writer.p.added, e);
	j->writer.p.added += rc > 0 ? rc : 0;
	return rc < 0 ? rc : 0;
}

/* Undo: nothing was written, and everything is still pending. */
static int give_up(struct journal *j, const struct calendar_tables *calendar,
		   struct err *e)
{
	transaction_rollback(j->db);
	meters_forget_ids(&j->writer.meters);
	hourly_counters_forget(&j->writer.hourly_counters);
	pending_stuck(&j->pending);
	j->urgent = false; /* it was tried */
	j->calendar = *calendar;
	return err_while(e, "writing readings");
}

/* Readings that stay held are judged again when there are twice as many. */
static void judged(struct journal *j)
{
	const struct commit_progress *p = &j->writer.p;
	const bool vain = p->accepted + p->withdrawn == 0;

	if (j->pending.candidate_count > 0)
		j->candidates_to_judge =
			vain && j->candidates_to_judge < CANDIDATES_MOST
				? j->candidates_to_judge * 2
				: CANDIDATES_FIRST;
	for (int k = 0; k < KINDS; k++)
		j->held[k] += p->held[k];
	j->others += j->writer.others.found;
	j->urgent = false;
}

int journal_commit(struct journal *j, struct err *e)
{
	const struct derived rest = journal_rest(j);
	struct calendar_tables calendar = j->calendar;
	int rc;

	if (journal_waiting(j) == 0 && j->pending.events.count == 0)
		return 0;
	rc = pending_bring_passed(&j->pending, e);
	if (rc < 0)
		return rc;
	pending_sort(&j->pending);
	rc = transaction_begin(j->db, e);
	if (rc == 0)
		rc = write_pending(j, e);
	if (rc == 0 &&
	    (j->writer.p.added > 0 || other_meters_waits(&j->writer.others)))
		rc = derived_write(&rest, e);
	if (rc == 0)
		rc = transaction_commit(j->db, e);
	if (rc < 0)
		return give_up(j, &calendar, e);
	judged(j);
	meters_written(&j->writer.meters);
	pending_clear(&j->pending);
	obis_inventory_clear(&j->inventory);
	if (j->writer.meters.n > METERS_MOST)
		validator_forget_meters(&j->validator);
	j->commits += j->writer.p.added > 0;
	if (j->writer.p.added > 0 && j->changes.new_hour) {
		db_checkpoint(j->db);
		j->checkpointed = true;
	}
	database_replaced_written(&j->identity);
	return j->writer.p.added;
}
