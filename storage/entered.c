#include "storage/entered.h"

#include "base/fixed.h"
#include "base/utc.h"
#include "storage/witness.h"

static int register_of(struct span name, bool *electric)
{
	*electric = true;
	for (int q = 0; q < JUDGE_REGISTERS; q++)
		if (span_eq(name, span_of(quantities[q].name)))
			return q;
	*electric = false;
	if (span_eq(name, SPAN("value")))
		return 0;
	for (int m = MEDIUM_ELECTRICITY + 1; m < MEDIUM_OTHER; m++)
		if (span_eq(name, span_of(medium_name((enum medium)m))))
			return 0;
	return -1;
}

int entered_set(struct entered *n, const char *word, struct err *e)
{
	struct span value = span_of(word), name;
	bool electric;
	int i = span_cut(&value, '=', &name) ? register_of(name, &electric)
					     : -1;

	if (i < 0 || !fixed_parse(value, 3, &n->point.value[i]))
		return err_set(e, ERR_USAGE,
			       "'%s' is no counter, as import_t1=1234.567 or "
			       "gas=1234.567",
			       word);
	if (n->point.have != 0 && electric != n->electric)
		return err_set(e, ERR_USAGE,
			       "%s is not of the same meter as the one before",
			       word);
	n->electric = electric;
	n->point.have |= 1u << i;
	return 0;
}

/* What is looked at for one entry. */
struct seam {
	struct patient p;
	size_t run;		 /* the meter's last, or first */
	struct judge_point base; /* its reading nearest to the change */
	int64_t from, to;	 /* between them there is time for it */
};

static int find_meter(const struct entered *n, struct enter *en, struct err *e)
{
	struct stmt s = { 0 };
	int64_t number = 0;
	int rc = stmt_open(&s, en->db,
			   "SELECT max(id) FROM meter WHERE (identifier = ?1 "
			   "OR identifier = hex(?1) OR CAST(id AS TEXT) = ?1) "
			   "AND EXISTS (SELECT 1 FROM installation "
			   "WHERE meter = id AND (channel = 0) = ?2)",
			   e);

	if (rc == 0) {
		stmt_bind_text(&s, 1, span_of(n->meter));
		stmt_bind(&s, 2, n->electric);
		rc = stmt_value(&s, 0, &number, e);
	}
	stmt_close(&s);
	if (rc < 0)
		return rc;
	if (number == 0)
		return err_set(e, ERR_USAGE,
			       "there is no meter %s with such counters",
			       n->meter);
	return meters_of_id(&en->meters, number, e);
}

/* The meter's first run, or its last. */
static size_t find_run(const struct installations *in, const struct object *o,
		       bool first)
{
	size_t best = in->n;

	for (size_t i = 0; i < in->n; i++) {
		const struct installation *one = &in->list[i];

		if (one->run.meter != o->meter ||
		    (one->run.channel == 0) != o->electric)
			continue;
		if (best == in->n ||
		    (one->first_ts < in->list[best].first_ts) == first)
			best = i;
	}
	return best;
}

static bool same_line(const struct installations *in, size_t a, size_t b)
{
	return a < in->n && b < in->n &&
	       in->list[a].run.channel == in->list[b].run.channel &&
	       strcmp(in->list[a].run.medium, in->list[b].run.medium) == 0;
}

/* Behind the old meter's last reading, before what came next. */
static int look_at_end(struct seam *m, struct err *e)
{
	const struct installations *in = &m->p.en->installations;
	bool more = same_line(in, m->run, m->run + 1);

	m->to = more ? in->list[m->run + 1].first_ts : INT64_MAX;
	m->from = INT64_MIN;
	if (neighbour_before(&m->p.gate->near, &m->p.object, m->to - 1,
			     &m->base, e) < 0)
		return e->code;
	m->from = m->base.ts;
	return 0;
}

/* Before the new meter's first reading, behind what was before. */
static int look_at_begin(struct seam *m, struct err *e)
{
	const struct installations *in = &m->p.en->installations;
	struct judge_point last;
	struct object before = { .electric = m->p.object.electric };
	int rc;

	m->from = INT64_MIN;
	m->to = in->list[m->run].first_ts;
	rc = neighbour_after(&m->p.gate->near, &m->p.object, m->to - 1,
			     &m->base, e);
	if (rc < 0 || !same_line(in, m->run, m->run - 1))
		return rc;
	before.meter = in->list[m->run - 1].run.meter;
	rc = neighbour_before(&m->p.gate->near, &before, m->to - 1, &last, e);
	if (rc > 0)
		m->from = last.ts;
	return rc;
}

/* The registers that were given, over those of the nearest reading. */
static int merge(const struct entered *n, struct seam *m,
		 struct judge_point *point, struct err *e)
{
	*point = m->base;
	for (int i = 0; i < JUDGE_REGISTERS; i++) {
		char showed[FIXED_TEXT], when[UTC_TEXT];
		int64_t value = n->point.value[i];

		if ((n->point.have >> i & 1) == 0)
			continue;
		if ((m->base.have >> i & 1) == 0)
			return err_set(e, ERR_USAGE, "meter %s has no %s",
				       n->meter, quantities[i].name);
		if (n->opening ? value > m->base.value[i]
			       : value < m->base.value[i])
			return err_set(e, ERR_FORMAT,
				       "meter %s already showed %s at %s",
				       n->meter,
				       fixed_format(showed, m->base.value[i]),
				       utc_format(when, m->base.ts));
		point->value[i] = value;
	}
	return 0;
}

static int time_of(const struct entered *n, const struct seam *m, int64_t now,
		   int64_t *at, struct err *e)
{
	char low[UTC_TEXT], high[UTC_TEXT];

	*at = n->at;
	if (*at == INT64_MIN)
		*at = n->opening	   ? m->to - 1
		      : m->to == INT64_MAX ? now
					   : m->to - 2;
	if (*at > m->from && *at < m->to)
		return 0;
	utc_format(low, m->from == INT64_MIN ? 0 : m->from);
	utc_format(high, m->to == INT64_MAX ? now : m->to);
	return err_set(e, ERR_FORMAT,
		       "it must have been between %s and %s, where there are "
		       "no other readings: see --at",
		       low, high);
}

static int write_it(struct seam *m, const struct judge_point *point, int64_t at,
		    struct err *e)
{
	struct enter *en = m->p.en;
	const struct witness w = {
		.channel = en->installations.list[m->run].run.channel,
		.source = TIME_ENTERED,
		.point = *point,
	};
	long interval = en->interval;
	int rc;

	en->interval = 1; /* whatever else there is in its interval */
	rc = patient_enter(&m->p, &w, at, BEGIN_METER, e);
	en->interval = interval;
	en->p.late = true;
	gate_forget(m->p.gate, m->p.meter);
	return rc;
}

int entered_write(const struct entered *n, struct gate *g, struct enter *en,
		  int64_t now, struct err *e)
{
	struct seam m = { 0 };
	struct judge_point point;
	int64_t at;
	int rc = find_meter(n, en, e);

	if (rc >= 0)
		rc = patient_of(&m.p, g, en, rc, n->electric, e);
	if (rc < 0)
		return rc;
	m.run = find_run(&en->installations, &m.p.object, n->opening);
	rc = n->opening ? look_at_begin(&m, e) : look_at_end(&m, e);
	if (rc >= 0)
		rc = merge(n, &m, &point, e);
	if (rc >= 0)
		rc = time_of(n, &m, now, &at, e);
	return rc < 0 ? rc : write_it(&m, &point, at, e);
}
