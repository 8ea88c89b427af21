#include "storage/journal/row_writer.h"

int row_writer_open(struct row_writer *w, sqlite3 *db,
		    const struct intervals *every,
		    const struct judge_limits *limits, struct err *e)
{
	const struct meter_changes changes = { &w->p.min_ts, &w->p.max_ts };
	int rc;

	w->db = db;
	w->every = *every;
	w->limits = *limits;
	w->touch = (struct touch){ &w->p, &w->runs, &w->hourly_counters };
	rc = meters_open(&w->meters, db, e);
	if (rc == 0)
		rc = row_statements_open(&w->rows, db, e);
	if (rc == 0)
		rc = judge_rows_open(&w->settle, db, &changes, e);
	if (rc == 0)
		rc = other_meters_open(&w->others, db, &w->meters, e);
	if (rc == 0)
		rc = runs_open(&w->runs, db, e);
	if (rc == 0)
		rc = hourly_counters_open(&w->hourly_counters, db, e);
	if (rc == 0)
		rc = stmt_open(&w->newest_row, w->db,
			       "SELECT max(ts) FROM electricity", e);
	if (rc == 0)
		rc = stmt_open(&w->newest_phases, w->db,
			       "SELECT max(ts) FROM phases", e);
	return rc;
}

void row_writer_close(struct row_writer *w)
{
	meters_close(&w->meters);
	row_statements_close(&w->rows);
	judge_rows_close(&w->settle);
	other_meters_close(&w->others);
	runs_close(&w->runs);
	hourly_counters_close(&w->hourly_counters);
	stmt_close(&w->newest_row);
	stmt_close(&w->newest_phases);
}

int row_writer_begin(struct row_writer *w, struct err *e)
{
	struct commit_progress *p = &w->p;
	int rc;

	*p = (struct commit_progress){ .max_w = { -1, -1 },
				       .min_ts = INT64_MAX,
				       .max_ts = INT64_MIN };
	change_list_begin(&p->touched);
	other_meters_begin(&w->others);
	runs_begin(&w->runs);
	rc = hourly_counters_begin(&w->hourly_counters, e);
	return rc < 0 ? rc
		      : stmt_value_time(&w->newest_phases, INT64_MIN,
					&p->newest_phases, e);
}

enum kind row_writer_kind(const struct row_writer *w, int i, int channel)
{
	return meters_kind_of(&w->meters.list[i], channel == 0);
}

void row_writer_count(struct row_writer *w, int i, enum kind k, int64_t ts)
{
	const struct meter *m = &w->meters.list[i];

	if (k == KIND_MBUS) {
		touch_meter(&w->touch, &m->key, m->id, ts);
	} else if (k == KIND_ELECTRICITY) {
		other_meters_came(&w->others, ts, false);
		touch_house(&w->touch, ts);
	} else {
		other_meters_other_came(&w->others, m->id);
		w->p.added++;
		if (m->other < 0)
			touch_added(&w->touch, m->id, ts);
	}
}

static void raise_peaks(int64_t max_w[2], const int64_t by[2])
{
	for (int i = 0; i < 2; i++)
		if (by[i] > max_w[i])
			max_w[i] = by[i];
}

/*
 * Returns the interval in which to look for another row, or 0 if ts is after
 * that of the newest row.
 */
static long look_in(long interval, int64_t newest, int64_t ts)
{
	bool after = newest == INT64_MIN || ts / interval > newest / interval;

	return after ? 0 : interval;
}

/* Write a row that does not belong in the table electricity. */
static int write_other(struct row_writer *w, const struct pending_row *r,
		       int64_t meter, struct err *e)
{
	const enum kind k = row_writer_kind(w, r->meter, 0);
	int rc = other_rows_write(&w->others.rows, r, meter, e);

	if (rc <= 0)
		return rc;
	if (k == KIND_OTHER)
		row_writer_count(w, r->meter, k, r->ts);
	else
		rc = other_meters_missed(&w->others, meter, r->ts, e);
	w->p.added += k != KIND_OTHER;
	return rc < 0 ? rc : 0;
}

static struct run_row run_row_of(const struct pending_row *r, int64_t meter)
{
	const struct held_reading counters = pending_row_reading(r);

	return (struct run_row){ .meter = meter,
				 .point = held_rows_point(&counters) };
}

/* Record a row of the house's electricity that was added. */
static void count_house(struct row_writer *w, const struct pending_row *r,
			int64_t meter)
{
	const struct run_row row = run_row_of(r, meter);

	if (!runs_continue(&w->runs, &row)) {
		row_writer_count(w, r->meter, KIND_ELECTRICITY, r->ts);
		return;
	}
	other_meters_came(&w->others, r->ts, true);
	touch_house_run(&w->touch, r->ts);
}

static int write_electricity(struct row_writer *w, struct pending_row *r,
			     int64_t meter, struct err *e)
{
	struct commit_progress *p = &w->p;
	int rc;

	raise_peaks(r->max_w, p->max_w);
	rc = runs_know_newest(&w->runs, e);
	if (rc < 0)
		return rc;
	rc = row_statements_electricity(&w->rows, r, meter, e);
	if (rc == 0) {
		raise_peaks(p->max_w, r->max_w);
		rc = other_rows_taken(&w->others.rows, meter, r->ts, e);
		return rc <= 0 ? rc : write_other(w, r, meter, e);
	}
	p->max_w[0] = p->max_w[1] = -1;
	if (rc < 0)
		return rc;
	count_house(w, r, meter);
	return 0;
}

int row_writer_row(struct row_writer *w, struct pending_row *r, struct err *e)
{
	struct commit_progress *p = &w->p;
	int64_t meter = 0;
	int rc = meters_id(&w->meters, r->meter, &meter, e);

	if (rc == 0 && row_writer_kind(w, r->meter, 0) == KIND_OTHER)
		return write_other(w, r, meter, e);
	if (rc == 0 && r->tables & PENDING_ELECTRICITY)
		rc = write_electricity(w, r, meter, e);
	if (rc >= 0 && r->tables & PENDING_PHASES) {
		rc = row_statements_phases(
			&w->rows, r,
			look_in(w->every.phases, p->newest_phases, r->ts), e);
		p->added += rc > 0 ? rc : 0;
		if (rc > 0 && r->ts > p->newest_phases)
			p->newest_phases = r->ts;
	}
	if (rc >= 0 && r->tables & (PENDING_QUALITY | PENDING_STATE)) {
		rc = row_statements_rare(&w->rows, r, e);
		p->added += rc > 0 ? rc : 0;
	}
	return rc < 0 ? rc : 0;
}

int row_writer_fold(struct row_writer *w, const struct pending_fold *f,
		    struct err *e)
{
	int64_t meter = 0;
	int rc = meters_id(&w->meters, f->meter, &meter, e);

	if (rc == 0 && row_writer_kind(w, f->meter, 0) == KIND_OTHER)
		return other_rows_fold(&w->others.rows, meter, f->ts, f->weight,
				       e);
	if (rc == 0)
		rc = row_statements_fold(&w->rows, meter, f->ts, f->weight, e);
	return rc < 0 ? rc : 0;
}

int row_writer_pair(struct row_writer *w, const struct pending_pair *p,
		    struct err *e)
{
	int64_t meter = 0, electricity = 0;
	int rc = meters_id(&w->meters, p->meter, &meter, e);

	if (rc == 0)
		rc = meters_id(&w->meters, p->electricity, &electricity, e);
	return rc == 0 ? other_meters_beside(&w->others, meter, electricity, e)
		       : rc;
}

int row_writer_value(struct row_writer *w, const struct pending_value *v,
		     struct err *e)
{
	int64_t meter = 0;
	int rc = meters_id(&w->meters, v->meter, &meter, e);

	if (rc == 0)
		rc = row_statements_value(&w->rows, meter, v, e);
	if (rc > 0)
		row_writer_count(w, v->meter, KIND_MBUS, v->ts);
	return rc < 0 ? rc : 0;
}

int row_writer_event(struct row_writer *w, const struct event *n, struct err *e)
{
	int64_t meter = 0;
	int rc = 0;

	if (n->kind == EVENT_IDENTITY)
		rc = meters_id(&w->meters, (int)n->v[0], &meter, e);
	if (rc == 0)
		rc = row_statements_event(&w->rows, n, meter, e);
	if (rc > 0)
		w->p.added += rc;
	return rc < 0 ? rc : 0;
}

int row_writer_meter(struct row_writer *w, int i, enum kind k, int64_t now,
		     struct judge_rows_meter *m, struct err *e)
{
	const struct meter *one = &w->meters.list[i];

	*m = (struct judge_rows_meter){
		.kind = k,
		.rates = k == KIND_MBUS ? judge_mbus(&w->limits, one->key.kind,
						     one->key.unit)
					: judge_electricity(&w->limits),
		.now = now,
	};
	return meters_id(&w->meters, i, &m->id, e);
}

int row_writer_settle(struct row_writer *w, int i,
		      const struct judge_rows_meter *m, int64_t first,
		      int64_t last, struct err *e)
{
	struct settled out;
	int rc = judge_rows_range(&w->settle, m, first, last, &out, e);

	if (rc < 0)
		return rc;
	w->p.held[m->kind] += out.withdrawn - out.accepted;
	w->p.accepted += out.accepted;
	w->p.withdrawn += out.withdrawn;
	w->p.added += out.withdrawn + out.accepted;
	if (out.other_first <= out.other_last)
		rc = other_meters_missed_range(
			&w->others, m->id, out.other_first, out.other_last, e);
	w->meters.list[i].head_known &= out.withdrawn + out.accepted == 0;
	if (rc < 0 || out.min_ts > out.max_ts)
		return rc;
	w->p.added -= 2;
	row_writer_count(w, i, m->kind, out.min_ts);
	row_writer_count(w, i, m->kind, out.max_ts);
	if (out.withdrawn > 0 && m->kind != KIND_MBUS)
		other_meters_went(&w->others);
	return 0;
}
