#include "storage/maintenance/verify_readings.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/utc.h"
#include "storage/journal/meters.h"
#include "storage/journal/runs.h"
#include "storage/judge/chain_head.h"
#include "telegram/meter_serial.h"

enum { SENTENCE = 512 };

/* Times that a person accepted, both included. */
struct pinned {
	int64_t first, last;
};

/* A meter and its rows that were just read. */
struct passing {
	int64_t id;
	char name[128]; /* "gas meter G0053" */
	struct judge_rates rates;
	struct chain_head head;
	struct pinned pin; /* the earliest one that ends at that row or later */
};

struct check {
	const struct judge_limits *limits;
	void (*wrong)(void *ctx, const char *what);
	void *ctx;
	enum kind kind;
	struct stmt about, pins;
	struct passing *list; /* meters of this kind */
	size_t n, room;
	bool possible; /* no meter's counter is beyond its bounds so far */
};

static const char about[] =
	"SELECT medium, identifier, unit FROM meter WHERE id = ?1";
static const char pins[] =
	"SELECT first_ts, last_ts FROM pin WHERE meter = ?1 AND accepted = 1 "
	"AND last_ts >= ?2 ORDER BY first_ts LIMIT 1";

static int read_about(struct check *c, struct passing *m, struct err *e)
{
	struct stmt *s = &c->about;
	char serial[METER_SERIAL_TEXT];
	struct meter_key kind;
	int rc;

	stmt_bind(s, 1, m->id);
	rc = stmt_next(s, e);
	meters_kind(&kind, rc > 0 ? stmt_text(s, 0) : SPAN(""),
		    rc > 0 ? stmt_text(s, 2) : SPAN(""));
	m->rates = c->kind == KIND_MBUS
			   ? judge_mbus(c->limits, kind.kind, kind.unit)
			   : judge_electricity(c->limits);
	if (rc > 0)
		snprintf(m->name, sizeof(m->name), "%.*s meter %s",
			 SPAN_ARG(stmt_text(s, 0)),
			 meter_serial(serial, stmt_text(s, 1)));
	stmt_reset(s);
	return rc < 0 ? rc : 0;
}

/* Returns NULL and sets *e if that fails. */
static struct passing *meter_of(struct check *c, int64_t id, struct err *e)
{
	struct passing *list;

	for (size_t i = c->n; i-- > 0;)
		if (c->list[i].id == id)
			return &c->list[i];
	list = array_grow(c->list, c->n, &c->room, sizeof(*list));
	if (list == NULL) {
		err_memory(e);
		return NULL;
	}
	c->list = list;
	list += c->n++;
	*list = (struct passing){ .id = id,
				  .name = "unknown meter",
				  .head = chain_head_empty(),
				  .pin.last = INT64_MIN };
	return read_about(c, list, e) == 0 ? list : NULL;
}

/* Did a person accept the row of a meter at ts? Returns 1, 0 or a code. */
static int is_pinned(struct check *c, struct passing *m, int64_t ts,
		     struct err *e)
{
	struct stmt *s = &c->pins;
	int rc;

	if (ts > m->pin.last) {
		m->pin = (struct pinned){ INT64_MAX, INT64_MAX };
		stmt_bind(s, 1, m->id);
		stmt_bind(s, 2, ts);
		rc = stmt_next(s, e);
		if (rc > 0)
			m->pin = (struct pinned){ stmt_key(s, 0),
						  stmt_key(s, 1) };
		stmt_reset(s);
		if (rc < 0)
			return rc;
	}
	return ts >= m->pin.first;
}

static void say(const struct check *c, const struct passing *m,
		const struct judge_point *before, const struct judge_point *p)
{
	char sentence[SENTENCE], now[UTC_TEXT], then[UTC_TEXT];
	int where = judge_first(p);
	enum verdict why = judge_step(&m->rates, before, p, &where);

	snprintf(sentence, sizeof(sentence),
		 "%s, %s: %s %s to %" PRId64 "; it was %" PRId64 " at %s%s",
		 m->name, utc_format(now, p->ts),
		 meter_kind_column(c->kind, where),
		 p->value[where] < before->value[where] ? "falls" : "climbs",
		 p->value[where], before->value[where],
		 utc_format(then, before->ts),
		 why == VERDICT_FAST ? ", so it is faster than [limits] allows"
				     : "");
	c->wrong(c->ctx, sentence);
}

/* Compare with the newest rows before it, as the judge does. */
static void check_point(const struct check *c, struct passing *m,
			const struct judge_point *p, bool pinned)
{
	const struct judge_point *against;
	unsigned open;

	if (pinned)
		m->head.n = 0;
	against = chain_head_against(&m->head, &m->rates, p, &open);
	if (against != NULL)
		say(c, m, against, p);
	chain_head_add(&m->head, p, 1);
}

/* A number beyond the bounds is read as the bound itself. */
static bool is_possible(const struct judge_point *p)
{
	for (int i = 0; p->have >> i; i++)
		if (p->value[i] <= -STMT_MOST || p->value[i] >= STMT_MOST)
			return false;
	return true;
}

static int check_row(void *ctx, enum kind kind, const struct run_row *row,
		     struct err *e)
{
	const struct judge_point *p = &row->point;
	struct check *c = ctx;
	struct passing *m;
	int pinned;

	c->possible = c->possible && is_possible(p);
	if (p->have == 0 || p->ts < 0 || p->ts > STMT_LAST_TIME)
		return 0;
	if (kind != c->kind)
		c->n = 0;
	c->kind = kind;
	m = meter_of(c, row->meter, e);
	if (m == NULL)
		return e->code;
	pinned = is_pinned(c, m, p->ts, e);
	if (pinned >= 0)
		check_point(c, m, p, pinned > 0);
	return pinned < 0 ? pinned : 0;
}

int verify_readings(sqlite3 *db, const struct judge_limits *limits,
		    void (*wrong)(void *ctx, const char *what), void *ctx,
		    bool *possible, struct err *e)
{
	struct check c = {
		.limits = limits, .wrong = wrong, .ctx = ctx, .possible = true
	};
	const struct runs_visitor visitor = { check_row, &c };
	struct runs runs = { 0 };
	bool differ = false;
	int rc = stmt_open(&c.about, db, about, e);

	if (rc == 0)
		rc = stmt_open(&c.pins, db, pins, e);
	if (rc == 0)
		rc = runs_open(&runs, db, e);
	if (rc == 0)
		rc = runs_verify(&runs, &visitor, &differ, e);
	if (rc == 0 && differ)
		wrong(ctx,
		      "the table installation does not follow from the "
		      "readings: p1logger --verify --repair recomputes it");
	*possible = c.possible;
	runs_close(&runs);
	stmt_close(&c.about);
	stmt_close(&c.pins);
	free(c.list);
	return rc;
}
