#include "storage/journal/row_writer.h"

int row_writer_open(struct row_writer *en, sqlite3 *db,
		    const struct intervals *every,
		    const struct judge_limits *limits, struct err *e)
{
	int rc;

	en->db = db;
	en->every = *every;
	en->limits = *limits;
	rc = meters_open(&en->meters, db, e);
	if (rc == 0)
		rc = rows_open(&en->rows, db, e);
	if (rc == 0)
		rc = settle_open(&en->settle, db, e);
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
	runs_begin(&en->runs);
	rc = boundaries_begin(&en->boundaries, e);
	return rc < 0 ? rc
		      : stmt_value_time(&en->newest_phases, INT64_MIN,
					&p->newest_phases, e);
}

void row_writer_touch(struct row_writer *en, enum medium m, int64_t ts)
{
	struct progress *p = &en->p;

	changes_touch(&p->touched, m, ts);
	if (ts < p->min_ts)
		p->min_ts = ts;
	if (ts > p->max_ts)
		p->max_ts = ts;
}

/* A second electricity meter is not part of the house's electricity. */
static enum medium followed_as(const struct meter *m, bool electric)
{
	return !electric && m->kind == MEDIUM_ELECTRICITY ? MEDIUM_OTHER
							  : m->kind;
}

void row_writer_count(struct row_writer *en, int i, bool electric, int64_t ts)
{
	const struct meter *m = &en->meters.list[i];

	en->p.added++;
	row_writer_touch(en, followed_as(m, electric), ts);
	runs_touch(&en->runs, electric, m->medium, ts);
	boundaries_touch(&en->boundaries, electric ? 0 : m->id, ts);
}

static void raise_peaks(int64_t max_w[2], const int64_t by[2])
{
	for (int i = 0; i < 2; i++)
		if (by[i] > max_w[i])
			max_w[i] = by[i];
}

/* The interval to look for another row in: none after that of the newest. */
static long look_in(long interval, int64_t newest, int64_t ts)
{
	bool after = newest == INT64_MIN || ts / interval > newest / interval;

	return after ? 0 : interval;
}

static int write_electricity(struct row_writer *en, struct pending_row *r,
			     struct err *e)
{
	struct progress *p = &en->p;
	int64_t meter = 0;
	int rc = meters_id(&en->meters, r->meter, &meter, e);

	if (rc < 0)
		return rc;
	raise_peaks(r->max_w, p->max_w);
	rc = rows_electricity(&en->rows, r, meter, e);
	if (rc == 0) { /* another meter has a row of this time */
		raise_peaks(p->max_w, r->max_w);
		return 0;
	}
	p->max_w[0] = p->max_w[1] = -1;
	if (rc < 0)
		return rc;
	row_writer_count(en, r->meter, true, r->ts);
	return 0;
}

int row_writer_row(struct row_writer *en, struct pending_row *r, struct err *e)
{
	struct progress *p = &en->p;
	int rc = 0;

	if (r->tables & PENDING_ELECTRICITY)
		rc = write_electricity(en, r, e);
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

	if (rc == 0)
		rc = rows_fold(&en->rows, meter, f->ts, f->weight, e);
	return rc < 0 ? rc : 0;
}

int row_writer_value(struct row_writer *en, const struct pending_value *v,
		     struct err *e)
{
	int64_t meter = 0;
	int rc = meters_id(&en->meters, v->meter, &meter, e);

	if (rc == 0)
		rc = rows_value(&en->rows, meter, v, e);
	if (rc > 0)
		row_writer_count(en, v->meter, false, v->ts);
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
		.rates =
			k == KIND_ELECTRICITY
				? judge_electricity(&en->limits)
				: judge_mbus(&en->limits, one->kind, one->unit),
		.now = now,
	};
	return meters_id(&en->meters, i, &m->id, e);
}

int row_writer_settle(struct row_writer *en, int i,
		      const struct settle_meter *m, int64_t first, int64_t last,
		      struct err *e)
{
	const bool electric = m->kind == KIND_ELECTRICITY;
	struct settled out;
	int rc = settle_range(&en->settle, m, first, last, &out, e);

	if (rc < 0)
		return rc;
	en->p.held[m->kind] += out.withdrawn - out.accepted;
	en->p.accepted += out.accepted;
	en->p.withdrawn += out.withdrawn;
	if (out.min_ts > out.max_ts)
		return 0;
	en->meters.list[i].head_known = false;
	en->p.added += out.withdrawn + out.accepted - 2;
	row_writer_count(en, i, electric, out.min_ts);
	row_writer_count(en, i, electric, out.max_ts);
	return 0;
}
