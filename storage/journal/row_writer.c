#include "storage/journal/row_writer.h"

int row_writer_open(struct row_writer *en, sqlite3 *db,
		    const struct intervals *every,
		    const struct judge_limits *limits, struct err *e)
{
	int rc;

	en->db = db;
	en->every = *every;
	en->limits = *limits;
	en->touch = (struct touch){ &en->p, &en->runs, &en->boundaries };
	rc = meters_open(&en->meters, db, e);
	if (rc == 0)
		rc = rows_open(&en->rows, db, e);
	if (rc == 0)
		rc = settle_open(&en->settle, db, e);
	if (rc == 0)
		rc = other_meters_open(&en->others, db, &en->meters, e);
	if (rc == 0)
		rc = runs_open(&en->runs, db, e);
	if (rc == 0)
		rc = boundaries_open(&en->boundaries, db, e);
	if (rc == 0)
		rc = stmt_open(&en->newest_row, en->db,
			       "SELECT max(ts) FROM electricity", e);
	if (rc == 0)
		rc = stmt_open(&en->newest_phases, en->db,
			       "SELECT max(ts) FROM phases", e);
	return rc;
}

void row_writer_close(struct row_writer *en)
{
	meters_close(&en->meters);
	rows_close(&en->rows);
	settle_close(&en->settle);
	other_meters_close(&en->others);
	runs_close(&en->runs);
	boundaries_close(&en->boundaries);
	stmt_close(&en->newest_row);
	stmt_close(&en->newest_phases);
}

int row_writer_begin(struct row_writer *en, struct err *e)
{
	struct progress *p = &en->p;
	int rc;

	*p = (struct progress){ .max_w = { -1, -1 },
				.min_ts = INT64_MAX,
				.max_ts = INT64_MIN };
	changes_begin(&p->touched);
	other_meters_begin(&en->others);
	runs_begin(&en->runs);
	rc = boundaries_begin(&en->boundaries, e);
	return rc < 0 ? rc
		      : stmt_value_time(&en->newest_phases, INT64_MIN,
					&p->newest_phases, e);
}

enum kind row_writer_kind(const struct row_writer *en, int i, int channel)
{
	return meters_kind_of(&en->meters.list[i], channel == 0);
}

void row_writer_count(struct row_writer *en, int i, enum kind k, int64_t ts)
{
	const struct meter *m = &en->meters.list[i];

	if (k == KIND_MBUS) {
		touch_meter(&en->touch, m, m->id, ts);
	} else if (k == KIND_ELECTRICITY) {
		other_meters_came(&en->others, ts);
		touch_house(&en->touch, ts);
	} else {
		other_meters_other_came(&en->others, m->id);
		en->p.added++;
	}
}

static void raise_peaks(int64_t max_w[2], const int64_t by[2])
{
	for (int i = 0; i < 2; i++)
		if (by[i] > max_w[i])
			max_w[i] = by[i];
}

/* The interval in which to look for another row: 0 after that of the newest. */
static long look_in(long interval, int64_t newest, int64_t ts)
{
	bool after = newest == INT64_MIN || ts / interval > newest / interval;

	return after ? 0 : interval;
}

/* Write a row that has no place in the table electricity. */
static int write_apart(struct row_writer *en, const struct pending_row *r,
		       int64_t meter, struct err *e)
{
	const enum kind k = row_writer_kind(en, r->meter, 0);
	int rc = other_rows_write(&en->others.rows, r, meter, e);

	if (rc <= 0)
		return rc;
	if (k == KIND_OTHER)
		row_writer_count(en, r->meter, k, r->ts);
	else
		rc = other_meters_missed(&en->others, meter, r->ts, e);
	en->p.added += k != KIND_OTHER;
	return rc < 0 ? rc : 0;
}

static int write_electricity(struct row_writer *en, struct pending_row *r,
			     int64_t meter, struct err *e)
{
	struct progress *p = &en->p;
	int rc;

	raise_peaks(r->max_w, p->max_w);
	rc = rows_electricity(&en->rows, r, meter, e);
	if (rc == 0) {
		raise_peaks(p->max_w, r->max_w);
		rc = other_rows_taken(&en->others.rows, meter, r->ts, e);
		return rc <= 0 ? rc : write_apart(en, r, meter, e);
	}
	p->max_w[0] = p->max_w[1] = -1;
	if (rc < 0)
		return rc;
	row_writer_count(en, r->meter, KIND_ELECTRICITY, r->ts);
	return 0;
}

int row_writer_row(struct row_writer *en, struct pending_row *r, struct err *e)
{
	struct progress *p = &en->p;
	int64_t meter = 0;
	int rc = meters_id(&en->meters, r->meter, &meter, e);

	if (rc == 0 && row_writer_kind(en, r->meter, 0) == KIND_OTHER)
		return write_apart(en, r, meter, e);
	if (rc == 0 && r->tables & PENDING_ELECTRICITY)
		rc = write_electricity(en, r, meter, e);
	if (rc >= 0 && r->tables & PENDING_PHASES) {
		rc = rows_phases(
			&en->rows, r,
			look_in(en->every.phases, p->newest_phases, r->ts), e);
		p->added += rc > 0 ? rc : 0;
		if (rc > 0 && r->ts > p->newest_phases)
			p->newest_phases = r->ts;
	}
	if (rc >= 0 && r->tables & (PENDING_QUALITY | PENDING_STATE)) {
		rc = rows_rare(&en->rows, r, e);
		p->added += rc > 0 ? rc : 0;
	}
	return rc < 0 ? rc : 0;
}

int row_writer_fold(struct row_writer *en, const struct pending_fold *f,
		    struct err *e)
{
	int64_t meter = 0;
	int rc = meters_id(&en->meters, f->meter, &meter, e);

	if (rc == 0 && row_writer_kind(en, f->meter, 0) == KIND_OTHER)
		return other_rows_fold(&en->others.rows, meter, f->ts,
				       f->weight, e);
	if (rc == 0)
		rc = rows_fold(&en->rows, meter, f->ts, f->weight, e);
	return rc < 0 ? rc : 0;
}

int row_writer_pair(struct row_writer *en, const struct pending_pair *p,
		    struct err *e)
{
	int64_t meter = 0, electricity = 0;
	int rc = meters_id(&en->meters, p->meter, &meter, e);

	if (rc == 0)
		rc = meters_id(&en->meters, p->electricity, &electricity, e);
	return rc == 0 ? other_meters_beside(&en->others, meter, electricity, e)
		       : rc;
}

int row_writer_value(struct row_writer *en, const struct pending_value *v,
		     struct err *e)
{
	int64_t meter = 0;
	int rc = meters_id(&en->meters, v->meter, &meter, e);

	if (rc == 0)
		rc = rows_value(&en->rows, meter, v, e);
	if (rc > 0)
		row_writer_count(en, v->meter, KIND_MBUS, v->ts);
	return rc < 0 ? rc : 0;
}

int row_writer_note(struct row_writer *en, const struct note *n, struct err *e)
{
	int64_t meter = 0;
	int rc = 0;

	if (n->kind == NOTE_IDENTITY)
		rc = meters_id(&en->meters, (int)n->v[0], &meter, e);
	if (rc == 0)
		rc = rows_note(&en->rows, n, meter, e);
	if (rc > 0)
		en->p.added += rc;
	return rc < 0 ? rc : 0;
}

int row_writer_meter(struct row_writer *en, int i, enum kind k, int64_t now,
		     struct settle_meter *m, struct err *e)
{
	const struct meter *one = &en->meters.list[i];

	*m = (struct settle_meter){
		.kind = k,
		.rates = k == KIND_MBUS
				 ? judge_mbus(&en->limits, one->kind, one->unit)
				 : judge_electricity(&en->limits),
		.now = now,
	};
	return meters_id(&en->meters, i, &m->id, e);
}

int row_writer_settle(struct row_writer *en, int i,
		      const struct settle_meter *m, int64_t first, int64_t last,
		      struct err *e)
{
	struct settled out;
	int rc = settle_range(&en->settle, m, first, last, &out, e);

	if (rc < 0)
		return rc;
	en->p.held[m->kind] += out.withdrawn - out.accepted;
	en->p.accepted += out.accepted;
	en->p.withdrawn += out.withdrawn;
	en->p.added += out.withdrawn + out.accepted;
	if (out.apart_first <= out.apart_last)
		rc = other_meters_missed_range(
			&en->others, m->id, out.apart_first, out.apart_last, e);
	en->meters.list[i].head_known &= out.withdrawn + out.accepted == 0;
	if (rc < 0 || out.min_ts > out.max_ts)
		return rc;
	en->p.added -= 2;
	row_writer_count(en, i, m->kind, out.min_ts);
	row_writer_count(en, i, m->kind, out.max_ts);
	if (out.withdrawn > 0 && m->kind != KIND_MBUS)
		other_meters_went(&en->others);
	return 0;
}
