#include "storage/verify_rule.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utc.h"
#include "storage/db/list.h"
#include "storage/judge/head.h"
#include "storage/judge/held.h"
#include "storage/meters.h"

/* A meter whose rows are on their way past. */
struct passing {
	int64_t id;
	char name[80]; /* "gas meter 4730..." */
	struct judge_rates rates;
	struct head head;
};

struct check {
	struct verify *v;
	bool electric;
	struct passing *list;
	size_t n, room;
};

/* Rows in order of time, with their meters, and whether a person accepted them. */
static int open_rows(struct stmt *s, sqlite3 *db, bool electric, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(sql,
			      "SELECT r.ts, r.meter, m.medium, m.identifier, "
			      "m.unit, EXISTS (SELECT 1 FROM pin AS p WHERE "
			      "p.meter = r.meter AND accepted = 1 AND "
			      "r.ts BETWEEN first_ts AND last_ts)");
	for (int q = 0; q < (electric ? JUDGE_REGISTERS : 1); q++)
		sqlite3_str_appendf(sql, ", r.%s",
				    electric ? quantities[q].column : "value");
	sqlite3_str_appendf(sql,
			    " FROM %s AS r LEFT JOIN meter AS m "
			    "ON m.id = r.meter ORDER BY %s",
			    electric ? "electricity" : "mbus",
			    electric ? "r.ts" : "r.meter, r.ts");
	return stmt_open_text(s, db, sql, e);
}

static struct passing *meter_of(struct check *c, struct stmt *s, struct err *e)
{
	const struct judge_limits *limits = &c->v->limits;
	int64_t id = stmt_key(s, 1);
	struct passing *list;
	struct meter m;

	for (size_t i = c->n; i-- > 0;)
		if (c->list[i].id == id)
			return &c->list[i];
	list = list_more(c->list, c->n, &c->room, sizeof(*list));
	if (list == NULL) {
		err_set(e, ERR_FAILED, "out of memory");
		return NULL;
	}
	c->list = list;
	list += c->n++;
	meters_kind(&m, stmt_text(s, 2), stmt_text(s, 4));
	*list = (struct passing){
		.id = id,
		.rates = c->electric ? judge_electricity(limits)
				     : judge_mbus(limits, m.kind, m.unit),
		.head = head_empty(),
	};
	snprintf(list->name, sizeof(list->name), "%.*s meter %.*s",
		 SPAN_ARG(stmt_text(s, 2)), SPAN_ARG(stmt_text(s, 3)));
	return list;
}

static void say(const struct check *c, const struct passing *m,
		const struct judge_point *before, const struct judge_point *p)
{
	char now[UTC_TEXT], then[UTC_TEXT];
	int where = judge_first(p);
	enum verdict why = judge_step(&m->rates, before, p, &where);

	verify_wrong(
		c->v, "%s, %s: %s %s to %" PRId64 " from %" PRId64 " at %s%s",
		m->name, utc_format(now, p->ts),
		c->electric ? quantities[where].column : "value",
		p->value[where] < before->value[where] ? "falls" : "climbs",
		p->value[where], before->value[where],
		utc_format(then, before->ts),
		why == VERDICT_FAST ? ", faster than [limits] allows" : "");
}

/* Compare with the newest rows before it, as the judge does. */
static void check_row(const struct check *c, struct passing *m,
		      const struct judge_point *p, bool pinned)
{
	unsigned open = ~0u;

	if (pinned)
		m->head.n = 0;
	for (int i = 0; i < m->head.n && open != 0; i++) {
		if (!judge_can_follow(&m->rates, &m->head.form[i], p, open)) {
			say(c, m, &m->head.form[i], p);
			break;
		}
		open &= p->have & ~m->head.form[i].have;
	}
	head_add(&m->head, p, 1);
}

static int check_rows(struct check *c, struct stmt *s, struct err *e)
{
	int n = c->electric ? JUDGE_REGISTERS : 1;
	int rc;

	while ((rc = stmt_next(s, e)) > 0) {
		struct judge_point p = { .ts = stmt_int(s, 0) };
		struct passing *m = meter_of(c, s, e);

		if (m == NULL)
			return e->code;
		for (int i = 0; i < n; i++)
			if (!stmt_is_null(s, 6 + i)) {
				p.have |= 1u << i;
				p.value[i] = stmt_int(s, 6 + i);
			}
		if (p.have != 0)
			check_row(c, m, &p, stmt_int(s, 5) != 0);
	}
	return rc;
}

int verify_rule(sqlite3 *db, struct verify *v, struct err *e)
{
	int rc = 0;

	for (int electric = 1; rc == 0 && electric >= 0; electric--) {
		struct check c = { .v = v, .electric = electric };
		struct stmt s = { 0 };

		rc = open_rows(&s, db, electric, e);
		if (rc == 0)
			rc = check_rows(&c, &s, e);
		stmt_close(&s);
		free(c.list);
	}
	return rc;
}
