#include "storage/journal.h"

#include <stdlib.h>

#include "base/clock.h"
#include "storage/calendar.h"
#include "storage/changes.h"
#include "storage/db.h"
#include "storage/install.h"
#include "storage/kept.h"
#include "storage/offsets.h"
#include "storage/reduced.h"
#include "storage/rows.h"
#include "storage/schema.h"
#include "storage/seen.h"
#include "storage/sound.h"

struct journal {
	sqlite3 *db;
	long interval, every_s; /* every_s: 0 when this is no service */
	int commits;		/* of this session that wrote something */
	struct meters meters;
	struct kept kept;
	struct seen seen;
	struct rows rows;
	struct installations installations;
	struct reduced reduced;
	struct calendar calendar;
	struct changes changes;
	struct stmt newest_row, newest_phases, newest_value;
};

/* What one transaction has done so far. */
struct progress {
	int added;
	bool late; /* a row went in before another of its meter */
	int64_t newest, newest_phases; /* in the tables */
	int64_t max_w[2]; /* of rows refused, for the next one; -1 */
	int64_t min_ts, max_ts;
	struct touched touched;
};

static int open_statements(struct journal *j, struct err *e)
{
	int rc = meters_open(&j->meters, j->db, e);

	if (rc == 0)
		rc = rows_open(&j->rows, j->db, e);
	if (rc == 0)
		rc = install_open(&j->installations, j->db, e);
	if (rc == 0)
		rc = reduced_open(&j->reduced, j->db, e);
	if (rc == 0)
		rc = changes_open(&j->changes, j->db, e);
	if (rc == 0)
		rc = stmt_open(&j->newest_row, j->db,
			       "SELECT max(ts) FROM electricity", e);
	if (rc == 0)
		rc = stmt_open(&j->newest_phases, j->db,
			       "SELECT max(ts) FROM phases", e);
	if (rc == 0)
		rc = stmt_open(&j->newest_value, j->db,
			       "SELECT max(ts) FROM mbus WHERE meter = ?1", e);
	return rc;
}

/* As a rule all is there already, and nobody has to wait for a lock. */
static int open_calendar(struct journal *j, const struct journal_options *o,
			 struct err *e)
{
	struct calendar *c = &j->calendar;
	int rc = calendar_open(c, j->db, e);

	if (rc == 0)
		rc = calendar_is_current(c, o->timezone, o->now, e);
	if (rc != 0)
		return rc < 0 ? rc : 0;
	rc = db_begin(j->db, e);
	if (rc == 0)
		rc = calendar_refresh(c, o->timezone, o->now, e);
	if (rc == 0)
		rc = db_commit(j->db, e);
	if (rc < 0)
		db_rollback(j->db);
	return rc;
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
	j->interval = o->interval;
	j->every_s = o->service ? o->commit_s : 0;
	rc = db_open_writer(&j->db, path, o->wait_ms, e);
	if (rc == 0)
		rc = schema_migrate(j->db, e);
	if (rc == 0)
		rc = sound_look(j->db, o->service, e);
	if (rc == 0)
		rc = open_calendar(j, o, e);
	if (rc == 0)
		rc = open_statements(j, e);
	if (rc == 0)
		rc = kept_open(&j->kept, o->interval, e);
	if (rc == 0)
		rc = seen_open(&j->seen, j->db, o->extra, o->interval, e);
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
	sqlite3_busy_timeout(j->db, (int)wait_ms);
}

void journal_close(struct journal *j)
{
	if (j == NULL)
		return;
	kept_close(&j->kept);
	seen_close(&j->seen);
	meters_close(&j->meters);
	rows_close(&j->rows);
	install_close(&j->installations);
	reduced_close(&j->reduced);
	changes_close(&j->changes);
	stmt_close(&j->newest_row);
	stmt_close(&j->newest_phases);
	stmt_close(&j->newest_value);
	if (j->commits > 1)
		db_checkpoint(j->db);
	db_close(j->db);
	free(j);
}

int journal_put(struct journal *j, const struct reading *r, struct err *e)
{
	int rc = kept_put(&j->kept, &j->meters, r, e);

	return rc < 0 ? rc : seen_put(&j->seen, r, e);
}

size_t journal_waiting(const struct journal *j)
{
	return kept_waiting(&j->kept) + seen_waiting(&j->seen);
}

static void count_in(struct progress *p, enum medium m, int64_t ts)
{
	p->added++;
	changes_touch(&p->touched, m, ts);
	if (ts < p->min_ts)
		p->min_ts = ts;
	if (ts > p->max_ts)
		p->max_ts = ts;
}

static void raise_peaks(int64_t max_w[2], const int64_t by[2])
{
	for (int i = 0; i < 2; i++)
		if (by[i] > max_w[i])
			max_w[i] = by[i];
}

/*
 * May this row of `run` enter? 1 or 0, or a negative code. It may with all the
 * registers that its meter has shown before it, and with the identifier, if the
 * meter before had one. (Judging whether its counters are plausible will
 * have its place here.)
 */
static int may_enter(struct journal *j, const struct run *run, int64_t ts,
		     struct err *e)
{
	const struct installation *here =
		install_at(&j->installations, run, ts);
	int rc;

	if (here != NULL && install_is_reduced(&here->run, run))
		return reduced_seen(&j->reduced, run->meter, ts, e);
	rc = reduced_clear(&j->reduced, run->meter, e);
	return rc < 0 ? rc : 1;
}

static bool is_named(const struct journal *j, int meter)
{
	return j->meters.list[meter].identifier[0] != '\0';
}

/* The interval to look for another row in: none behind the newest one's. */
static long look_in(const struct journal *j, int64_t newest, int64_t ts)
{
	bool behind =
		newest == INT64_MIN || ts / j->interval > newest / j->interval;

	return behind ? 0 : j->interval;
}

static int write_electricity(struct journal *j, struct kept_row *r,
			     struct progress *p, struct err *e)
{
	struct run run = {.medium = "electricity",
			  .named = is_named(j, r->meter),
			  .registers = r->have & kept_mask(PLACE_COUNTER)};
	int rc = meters_id(&j->meters, r->meter, &run.meter, e);

	if (rc == 0)
		rc = may_enter(j, &run, r->ts, e);
	if (rc < 0)
		return rc;
	if (rc == 0) {
		raise_peaks(p->max_w, r->max_w);
		return 0;
	}
	raise_peaks(r->max_w, p->max_w);
	rc = rows_electricity(&j->rows, r, look_in(j, p->newest, r->ts), e);
	p->max_w[0] = p->max_w[1] = -1;
	if (rc <= 0)
		return rc;
	count_in(p, MEDIUM_ELECTRICITY, r->ts);
	if (r->ts < p->newest)
		p->late = true;
	else
		p->newest = r->ts;
	return install_place(&j->installations, &run, r->ts, e);
}

static int write_row(struct journal *j, struct kept_row *r, struct progress *p,
		     struct err *e)
{
	int rc = 0;

	if (r->tables & KEPT_ELECTRICITY)
		rc = write_electricity(j, r, p, e);
	if (rc >= 0 && r->tables & KEPT_PHASES) {
		rc = rows_phases(&j->rows, r,
				 look_in(j, p->newest_phases, r->ts), e);
		p->added += rc > 0 ? rc : 0;
		if (rc > 0 && r->ts > p->newest_phases)
			p->newest_phases = r->ts;
	}
	if (rc >= 0 && r->tables & (KEPT_QUALITY | KEPT_STATE)) {
		rc = rows_rare(&j->rows, r, e);
		p->added += rc > 0 ? rc : 0;
	}
	return rc;
}

static int write_value(struct journal *j, const struct kept_value *v,
		       struct progress *p, struct err *e)
{
	const struct meter *m = &j->meters.list[v->meter];
	struct run run = {.channel = v->channel,
			  .named = is_named(j, v->meter)};
	int64_t newest = INT64_MIN;
	int rc = meters_id(&j->meters, v->meter, &run.meter, e);

	if (rc < 0)
		return rc;
	memcpy(run.medium, m->medium, sizeof(run.medium));
	rc = may_enter(j, &run, v->ts, e);
	if (rc <= 0)
		return rc;
	stmt_bind(&j->newest_value, 1, run.meter);
	rc = stmt_value(&j->newest_value, INT64_MIN, &newest, e);
	if (rc == 0)
		rc = rows_value(&j->rows, run.meter, v, e);
	if (rc <= 0)
		return rc;
	/* A second electricity meter is no part of the house's electricity. */
	count_in(p, m->kind == MEDIUM_ELECTRICITY ? MEDIUM_OTHER : m->kind,
		 v->ts);
	p->late |= v->ts < newest;
	return install_place(&j->installations, &run, v->ts, e);
}

static int write_note(struct journal *j, const struct note *n,
		      struct progress *p, struct err *e)
{
	int64_t meter = 0;
	int rc = 0;

	if (n->kind == NOTE_IDENTITY)
		rc = meters_id(&j->meters, (int)n->v[0], &meter, e);
	if (rc == 0)
		rc = rows_note(&j->rows, n, meter, e);
	if (rc > 0)
		p->added += rc;
	return rc;
}

static int write_kept(struct journal *j, struct progress *p, struct err *e)
{
	struct kept *k = &j->kept;
	int rc = install_load(&j->installations, e);

	if (rc == 0)
		rc = reduced_load(&j->reduced, e);
	if (rc == 0)
		rc = stmt_value(&j->newest_row, INT64_MIN, &p->newest, e);
	if (rc == 0)
		rc = stmt_value(&j->newest_phases, INT64_MIN, &p->newest_phases,
				e);
	for (size_t i = 0; rc >= 0 && i < k->row_count; i++)
		rc = write_row(j, &k->rows[i], p, e);
	for (size_t i = 0; rc >= 0 && i < k->value_count; i++)
		rc = write_value(j, &k->values[i], p, e);
	for (size_t i = 0; rc >= 0 && i < k->notes.count; i++)
		rc = write_note(j, &k->notes.list[i], p, e);
	if (rc >= 0)
		rc = seen_write(&j->seen, p->added, e);
	p->added += rc > 0 ? rc : 0;
	return rc < 0 ? rc : 0;
}

/* What follows from new rows: offsets, days in the calendar, the change list.
 */
static int write_rest(struct journal *j, struct progress *p, struct err *e)
{
	int rc = 0;

	if (p->late || j->installations.changed) {
		rc = offsets_reckon(&j->installations, e);
		if (rc == 0)
			rc = install_save(&j->installations, e);
	}
	if (rc == 0 && p->min_ts <= p->max_ts &&
	    !calendar_covers(&j->calendar, p->min_ts, p->max_ts))
		rc = calendar_cover(&j->calendar, p->min_ts, p->max_ts, e);
	if (rc == 0)
		rc = changes_write(&j->changes, &p->touched,
				   clock_utc(&clock_machine), j->every_s, e);
	return rc;
}

int journal_commit(struct journal *j, struct err *e)
{
	struct calendar calendar = j->calendar;
	struct progress p = {
		.max_w = {-1, -1}, .min_ts = INT64_MAX, .max_ts = INT64_MIN};
	int rc;

	if (journal_waiting(j) == 0 && j->kept.notes.count == 0)
		return 0;
	changes_begin(&p.touched);
	kept_sort(&j->kept);
	rc = db_begin(j->db, e);
	if (rc == 0)
		rc = write_kept(j, &p, e);
	if (rc == 0 && p.added > 0)
		rc = write_rest(j, &p, e);
	if (rc == 0)
		rc = db_commit(j->db, e);
	if (rc < 0) {
		db_rollback(j->db);
		meters_forget_ids(&j->meters);
		kept_stuck(&j->kept);
		j->calendar = calendar;
		return err_while(e, "writing readings");
	}
	kept_clear(&j->kept);
	seen_clear(&j->seen);
	j->commits += p.added > 0;
	if (p.added > 0 && j->changes.new_hour)
		db_checkpoint(j->db);
	return p.added;
}

bool journal_service_alive(const char *path, int64_t now)
{
	struct stmt s = {0};
	struct err e = {0};
	sqlite3 *db;
	bool alive = false;

	if (db_open_reader(&db, path, &e) < 0)
		return false;
	if (stmt_open(&s, db,
		      "SELECT written_ts, every_s FROM change_list WHERE "
		      "every_s IS NOT NULL ORDER BY id DESC LIMIT 1",
		      &e) == 0 &&
	    stmt_next(&s, &e) > 0)
		alive = llabs(now - stmt_int(&s, 0)) <= 2 * stmt_int(&s, 1);
	stmt_close(&s);
	db_close(db);
	return alive;
}
