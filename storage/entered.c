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

	if (i < 0 ||
	    (value.n > 0 && !fixed_parse(value, 3, &n->point.value[i])))
		return err_set(e, ERR_USAGE,
			       "'%s' is no counter, as import_t1=1234.567 or "
			       "gas=1234.567",
			       word);
	if ((n->point.have | n->none) != 0 && electric != n->electric)
		return err_set(e, ERR_USAGE,
			       "%s is not of the same meter as the one before",
			       word);
	n->electric = electric;
	n->counter = name;
	n->point.have &= ~(1u << i);
	n->none &= ~(1u << i);
	*(value.n > 0 ? &n->point.have : &n->none) |= 1u << i;
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
	/* of M-Bus meters both may have spoken at the change (install.c) */
	int64_t electric = m->p.object.electric;
	int rc;

	m->to = more ? in->list[m->run + 1].first_ts : INT64_MAX;
	rc = neighbour_before(&m->p.gate->near, &m->p.object, m->to - electric,
			      &m->base, e);
	m->from = m->base.ts;
	return rc;
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
	if (rc <= 0 || !same_line(in, m->run, m->run - 1))
		return rc;
	before.meter = in->list[m->run - 1].run.meter;
	rc = neighbour_before(&m->p.gate->near, &before, m->to - 1, &last, e);
	if (rc > 0)
		m->from = last.ts;
	return rc < 0 ? rc : 1;
}

/* Was the nearest reading entered? 1: it is gone; 0: the meter sent it. */
static int take_out(struct seam *m, struct err *e)
{
	struct enter *en = m->p.en;
	struct stmt s = { 0 };
	int rc = stmt_open(&s, en->db,
			   m->p.object.electric
				   ? "DELETE FROM electricity WHERE ts = ?2 "
				     "AND time_source = ?3"
				   : "DELETE FROM mbus WHERE meter = ?1 "
				     "AND ts = ?2 AND time_source = ?3",
			   e);

	if (rc == 0) {
		stmt_bind(&s, 1, m->p.object.meter);
		stmt_bind(&s, 2, m->base.ts);
		stmt_bind(&s, 3, TIME_ENTERED);
		rc = stmt_run(&s, e);
	}
	stmt_close(&s);
	if (rc <= 0)
		return rc;
	enter_touch(en, m->p.medium, m->base.ts);
	en->p.added++;
	rc = install_repair(&en->installations, m->p.object.meter, e);
	return rc < 0 ? rc : 1;
}

/* The nearest reading that the meter itself sent; nothing else is left there. */
static int look(struct entered *n, struct seam *m, struct err *e)
{
	const struct installations *in = &m->p.en->installations;
	int rc;

	n->was.have = 0;
	do {
		m->run = find_run(in, &m->p.object, n->opening);
		rc = m->run == in->n ? 0
		     : n->opening    ? look_at_begin(m, e)
				     : look_at_end(m, e);
		if (rc == 0)
			return err_set(e, ERR_USAGE,
				       "meter %s has sent nothing yet",
				       n->meter);
		if (rc > 0)
			rc = take_out(m, e);
		if (rc > 0 && n->was.have == 0)
			n->was = m->base;
	} while (rc > 0);
	n->sent = m->base;
	return rc;
}

/* Is this what register i showed, beside what the meter sent? */
static int check_value(const struct entered *n, int i, struct err *e)
{
	char showed[FIXED_TEXT], when[UTC_TEXT];
	int64_t value = n->point.value[i], sent = n->sent.value[i];

	if ((n->sent.have >> i & 1) == 0)
		return err_set(e, ERR_USAGE, "meter %s has no %s", n->meter,
			       quantities[i].name);
	if ((n->point.have >> i & 1) != 0 &&
	    (n->opening ? value > sent : value < sent))
		return err_set(e, ERR_FORMAT,
			       "meter %s already showed %s at %s", n->meter,
			       fixed_format(showed, sent),
			       utc_format(when, n->sent.ts));
	return 0;
}

/*
 * What was given, over what was entered before, over what the meter sent: n->is.
 * Its `have` is 0 when nothing of a person's is left in it.
 */
static int merge(struct entered *n, struct err *e)
{
	bool entered = n->point.have != 0;

	n->is = n->sent;
	for (int i = 0; i < JUDGE_REGISTERS; i++) {
		bool given = n->point.have >> i & 1, none = n->none >> i & 1;

		if ((given || none) && check_value(n, i, e) < 0)
			return e->code;
		if (given)
			n->is.value[i] = n->point.value[i];
		else if (!none && n->was.have >> i & 1)
			n->is.value[i] = n->was.value[i];
		entered |= n->is.value[i] != n->sent.value[i];
	}
	if (!entered && n->was.have == 0)
		return err_set(e, ERR_USAGE,
			       "no %s counters of meter %s were entered",
			       n->opening ? "opening" : "closing", n->meter);
	if (!entered)
		n->is.have = 0;
	return 0;
}

static int time_of(const struct entered *n, const struct seam *m, int64_t now,
		   int64_t *at, struct err *e)
{
	char low[UTC_TEXT], high[UTC_TEXT];

	*at = n->at;
	if (*at == INT64_MIN)
		*at = n->was.have != 0	   ? n->was.ts
		      : n->opening	   ? m->to - 1
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

static int write_it(const struct entered *n, struct seam *m, struct err *e)
{
	struct enter *en = m->p.en;
	const struct witness w = {
		.channel = en->installations.list[m->run].run.channel,
		.source = TIME_ENTERED,
		.point = n->is,
	};
	long interval = en->interval;
	int rc;

	en->interval = 1; /* whatever else there is in its interval */
	rc = patient_enter(&m->p, &w, n->is.ts, BEGIN_METER, e);
	en->interval = interval;
	return rc;
}

static bool changed(const struct entered *n)
{
	return n->was.have != n->is.have || n->was.ts != n->is.ts ||
	       memcmp(n->was.value, n->is.value, sizeof(n->is.value)) != 0;
}

int entered_write(struct entered *n, struct gate *g, struct enter *en,
		  int64_t now, struct err *e)
{
	struct seam m = { 0 };
	int rc = find_meter(n, en, e);

	if (rc >= 0)
		rc = patient_of(&m.p, g, en, rc, n->electric, e);
	if (rc >= 0)
		rc = look(n, &m, e);
	if (rc >= 0)
		rc = merge(n, e);
	if (rc >= 0 && n->is.have != 0)
		rc = time_of(n, &m, now, &n->is.ts, e);
	if (rc >= 0 && n->is.have != 0)
		rc = write_it(n, &m, e);
	if (rc < 0)
		return rc;
	en->p.late = true;
	gate_forget(g, m.p.meter);
	return changed(n);
}
