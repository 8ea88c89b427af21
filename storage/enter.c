#include "storage/enter.h"

static int open_newest(struct enter *en, struct err *e)
{
	int rc = stmt_open(&en->newest_row, en->db,
			   "SELECT max(ts) FROM electricity", e);

	if (rc == 0)
		rc = stmt_open(&en->newest_phases, en->db,
			       "SELECT max(ts) FROM phases", e);
	if (rc == 0)
		rc = stmt_open(&en->newest_value, en->db,
			       "SELECT max(ts) FROM mbus WHERE meter = ?1", e);
	return rc;
}

int enter_open(struct enter *en, sqlite3 *db, long interval, struct err *e)
{
	int rc;

	en->db = db;
	en->interval = interval;
	rc = meters_open(&en->meters, db, e);
	if (rc == 0)
		rc = rows_open(&en->rows, db, e);
	if (rc == 0)
		rc = install_open(&en->installations, db, e);
	if (rc == 0)
		rc = reduced_open(&en->reduced, db, e);
	return rc == 0 ? open_newest(en, e) : rc;
}

void enter_close(struct enter *en)
{
	meters_close(&en->meters);
	rows_close(&en->rows);
	install_close(&en->installations);
	reduced_close(&en->reduced);
	stmt_close(&en->newest_row);
	stmt_close(&en->newest_phases);
	stmt_close(&en->newest_value);
}

int enter_begin(struct enter *en, struct err *e)
{
	struct progress *p = &en->p;
	int rc;

	*p = (struct progress){ .max_w = { -1, -1 },
				.min_ts = INT64_MAX,
				.max_ts = INT64_MIN };
	changes_begin(&p->touched);
	rc = install_load(&en->installations, e);
	if (rc == 0)
		rc = reduced_load(&en->reduced, e);
	if (rc == 0)
		rc = stmt_value_time(&en->newest_row, INT64_MIN, &p->newest, e);
	if (rc == 0)
		rc = stmt_value_time(&en->newest_phases, INT64_MIN,
				     &p->newest_phases, e);
	return rc;
}

void enter_touch(struct enter *en, enum medium m, int64_t ts)
{
	struct progress *p = &en->p;

	changes_touch(&p->touched, m, ts);
	if (ts < p->min_ts)
		p->min_ts = ts;
	if (ts > p->max_ts)
		p->max_ts = ts;
}

static void count_in(struct enter *en, enum medium m, int64_t ts)
{
	en->p.added++;
	enter_touch(en, m, ts);
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
 * meter before had one. Whether its counters may be true was judged before
 * (storage/gate.h).
 */
static int may_enter(struct enter *en, const struct run *run, int64_t ts,
		     struct err *e)
{
	const struct installation *here =
		install_at(&en->installations, run, ts);
	int rc;

	if (here != NULL && install_is_reduced(&here->run, run))
		return reduced_seen(&en->reduced, run->meter, ts, e);
	rc = reduced_clear(&en->reduced, run->meter, e);
	return rc < 0 ? rc : 1;
}

static bool is_named(const struct enter *en, int meter)
{
	return en->meters.list[meter].identifier[0] != '\0';
}

int enter_run_of_row(struct enter *en, const struct kept_row *r,
		     struct run *run, struct err *e)
{
	*run = (struct run){ .medium = "electricity",
			     .named = is_named(en, r->meter),
			     .registers = r->have & kept_mask(PLACE_COUNTER) };
	return meters_id(&en->meters, r->meter, &run->meter, e);
}

int enter_run_of_value(struct enter *en, const struct kept_value *v,
		       struct run *run, struct err *e)
{
	*run = (struct run){ .channel = v->channel,
			     .named = is_named(en, v->meter) };
	memcpy(run->medium, en->meters.list[v->meter].medium,
	       sizeof(run->medium));
	return meters_id(&en->meters, v->meter, &run->meter, e);
}

/* The interval to look for another row in: none behind the newest one's. */
static long look_in(const struct enter *en, int64_t newest, int64_t ts)
{
	bool behind = newest == INT64_MIN ||
		      ts / en->interval > newest / en->interval;

	return behind ? 0 : en->interval;
}

/*
 * As look_in, of a row of counters. Where one meter follows another, the last
 * row of the one and the first of the other enter whatever else is in their
 * interval: nobody ever reads again what was counted until there.
 */
static long look_beside(const struct enter *en, const struct kept_row *r,
			const struct run *run)
{
	const struct installation *here =
		install_at(&en->installations, run, r->ts);
	bool first = here != NULL && here->run.meter != run->meter;

	return r->last || first ? 1 : look_in(en, en->p.newest, r->ts);
}

/* The row is written: its run, and what the judge said of its begin. */
static int place(struct enter *en, const struct run *run, int64_t ts,
		 enum begin begin, struct err *e)
{
	int rc = install_place(&en->installations, run, ts, e);

	if (rc == 0 && begin != BEGIN_METER)
		rc = install_mark(&en->installations, run, ts, begin, e);
	return rc;
}

static int write_electricity(struct enter *en, struct kept_row *r,
			     struct err *e)
{
	struct progress *p = &en->p;
	struct run run;
	int rc = enter_run_of_row(en, r, &run, e);

	if (rc == 0)
		rc = may_enter(en, &run, r->ts, e);
	if (rc < 0)
		return rc;
	if (rc == 0) {
		raise_peaks(p->max_w, r->max_w);
		return 0;
	}
	raise_peaks(r->max_w, p->max_w);
	rc = rows_electricity(&en->rows, r, look_beside(en, r, &run), e);
	p->max_w[0] = p->max_w[1] = -1;
	if (rc <= 0)
		return rc;
	count_in(en, MEDIUM_ELECTRICITY, r->ts);
	if (r->ts < p->newest)
		p->late = true;
	else
		p->newest = r->ts;
	return place(en, &run, r->ts, r->begin, e);
}

int enter_row(struct enter *en, struct kept_row *r, struct err *e)
{
	struct progress *p = &en->p;
	int rc = 0;

	if (r->tables & KEPT_ELECTRICITY)
		rc = write_electricity(en, r, e);
	if (rc >= 0 && r->tables & KEPT_PHASES) {
		rc = rows_phases(&en->rows, r,
				 look_in(en, p->newest_phases, r->ts), e);
		p->added += rc > 0 ? rc : 0;
		if (rc > 0 && r->ts > p->newest_phases)
			p->newest_phases = r->ts;
	}
	if (rc >= 0 && r->tables & (KEPT_QUALITY | KEPT_STATE)) {
		rc = rows_rare(&en->rows, r, e);
		p->added += rc > 0 ? rc : 0;
	}
	return rc < 0 ? rc : 0;
}

int enter_value(struct enter *en, const struct kept_value *v, struct err *e)
{
	const struct meter *m = &en->meters.list[v->meter];
	struct run run;
	int64_t newest = INT64_MIN;
	int rc = enter_run_of_value(en, v, &run, e);

	if (rc == 0)
		rc = may_enter(en, &run, v->ts, e);
	if (rc <= 0)
		return rc;
	stmt_bind(&en->newest_value, 1, run.meter);
	rc = stmt_value_time(&en->newest_value, INT64_MIN, &newest, e);
	if (rc == 0)
		rc = rows_value(&en->rows, run.meter, v, e);
	if (rc <= 0)
		return rc;
	/* A second electricity meter is no part of the house's electricity. */
	count_in(en, m->kind == MEDIUM_ELECTRICITY ? MEDIUM_OTHER : m->kind,
		 v->ts);
	en->p.late |= v->ts < newest;
	return place(en, &run, v->ts, v->begin, e);
}

int enter_note(struct enter *en, const struct note *n, struct err *e)
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
