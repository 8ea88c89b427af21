#include "storage/judge/meter_stretches.h"

enum { RUN_FROM, RUN_AFTER, RUNS };

#define HOUSE "channel = 0 AND medium = 'electricity' "

/* A run ends before the next one of the house starts. */
#define RUN                                                                    \
	"SELECT first_ts, ifnull((SELECT min(first_ts) FROM installation "     \
	"WHERE " HOUSE "AND first_ts > i.first_ts), 9223372036854775807) - 1 " \
	"FROM installation AS i WHERE meter = ?1 AND " HOUSE

static const char *const sql[] = {
	[RUN_FROM] = RUN "AND first_ts <= ?2 ORDER BY first_ts DESC LIMIT 1",
	[RUN_AFTER] = RUN "AND first_ts > ?2 ORDER BY first_ts LIMIT 1",
	[RUNS] = "SELECT EXISTS (SELECT 1 FROM installation WHERE " HOUSE ")",
};

_Static_assert(COUNT(sql) == METER_STRETCHES_STATEMENTS,
	       "each statement has its text");

static const struct stretch none = { INT64_MAX, INT64_MIN };

int meter_stretches_open(struct meter_stretches *m, sqlite3 *db, enum kind k,
			 struct err *e)
{
	*m = (struct meter_stretches){ .kind = k };
	return stmt_open_all(m->s, db, sql, COUNT(sql), e);
}

void meter_stretches_close(struct meter_stretches *m)
{
	stmt_close_all(m->s, COUNT(m->s));
}

static bool is_empty(const struct stretch *s)
{
	return s->from > s->to;
}

/* The part of `s` that is in `of`. */
static struct stretch part(const struct stretch *s, const struct stretch *of)
{
	return (struct stretch){ s->from > of->from ? s->from : of->from,
				 s->to < of->to ? s->to : of->to };
}

static int read_run(struct meter_stretches *m, int which, int64_t meter,
		    int64_t ts, const struct stretch *rest, struct stretch *run,
		    struct err *e)
{
	struct stmt *s = &m->s[which];
	int rc;

	*run = none;
	stmt_bind_all(s, (const int64_t[]){ meter, ts }, 2);
	rc = stmt_next(s, e);
	if (rc > 0) {
		*run = (struct stretch){ stmt_key(s, 0), stmt_key(s, 1) };
		*run = part(run, rest);
		stmt_reset(s);
	}
	return rc < 0 ? rc : 0;
}

/* The first run of *rest in direction `way`; empty if there is none. */
static int find_run(struct meter_stretches *m, int64_t meter, enum way way,
		    const struct stretch *rest, struct stretch *run,
		    struct err *e)
{
	const int64_t start = way == WAY_BACK ? rest->to : rest->from;
	int rc = read_run(m, RUN_FROM, meter, start, rest, run, e);

	if (rc == 0 && is_empty(run) && way == WAY_FORWARD)
		rc = read_run(m, RUN_AFTER, meter, start, rest, run, e);
	return rc;
}

static struct stretch changed_part(const struct meter_stretches *m,
				   const struct stretch *rest)
{
	const struct meter_changes *c = &m->changes;
	const struct stretch all =
		c->first != NULL ? (struct stretch){ *c->first, *c->last }
				 : none;

	return is_empty(&all) ? none : part(&all, rest);
}

/* The first of two stretches in direction `way`, without the other one. */
static struct stretch first_of(enum way way, const struct stretch *run,
			       const struct stretch *changed)
{
	struct stretch first = *run;

	if (is_empty(changed))
		return first;
	if (is_empty(run))
		return *changed;
	if (way == WAY_BACK && changed->to > run->to) {
		first = *changed;
		if (first.from <= run->to)
			first.from = run->to + 1;
	} else if (way == WAY_FORWARD && changed->from < run->from) {
		first = *changed;
		if (first.to >= run->from)
			first.to = run->from - 1;
	}
	return first;
}

static void take(enum way way, const struct stretch *out, struct stretch *rest)
{
	const bool back = way == WAY_BACK;

	if (back ? out->from == INT64_MIN : out->to == INT64_MAX)
		*rest = none;
	else if (back)
		rest->to = out->from - 1;
	else
		rest->from = out->to + 1;
}

static int have_runs(struct meter_stretches *m, bool *have, struct err *e)
{
	int64_t n = 0;
	int rc = stmt_value(&m->s[RUNS], 0, &n, e);

	*have = n != 0;
	return rc;
}

int meter_stretches_next(struct meter_stretches *m, int64_t meter, enum way way,
			 struct stretch *rest, struct stretch *out,
			 struct err *e)
{
	bool have = false;
	struct stretch run = none, changed;
	int rc = 0;

	if (is_empty(rest))
		return 0;
	if (m->kind == KIND_ELECTRICITY)
		rc = find_run(m, meter, way, rest, &run, e);
	if (rc == 0 && m->kind == KIND_ELECTRICITY && is_empty(&run))
		rc = have_runs(m, &have, e);
	else if (rc == 0 && m->kind == KIND_ELECTRICITY)
		have = true;
	if (rc < 0)
		return rc;
	changed = changed_part(m, rest);
	*out = have ? first_of(way, &run, &changed) : *rest;
	if (is_empty(out))
		return 0;
	take(way, out, rest);
	return 1;
}
