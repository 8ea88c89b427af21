#include "storage/maintenance/verify_rule.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/array.h"
#include "base/utc.h"
#include "storage/journal/meters.h"
#include "storage/judge/chain_head.h"
#include "storage/judge/meter_kind.h"
#include "telegram/meter_serial.h"

enum { SENTENCE = 512 };

/* A meter and its rows that were just read. */
struct passing {
	int64_t id;
	char name[128]; /* "gas meter G0053" */
	struct judge_rates rates;
	struct chain_head head;
};

struct check {
	const struct judge_limits *limits;
	void (*wrong)(void *ctx, const char *what);
	void *ctx;
	enum kind kind;
	struct passing *list;
	size_t n, room;
};

/* Rows in order of time, with their meters, and whether a person accepted them. */
static const char *const rows[KINDS] = {
#define ROWS                                                                   \
	"SELECT r.ts, r.meter, m.medium, m.identifier, m.unit, "               \
	"EXISTS (SELECT 1 FROM pin AS p WHERE p.meter = r.meter AND "          \
	"accepted = 1 AND r.ts BETWEEN first_ts AND last_ts), $counters "      \
	"FROM $table AS r LEFT JOIN meter AS m ON m.id = r.meter ORDER BY "
	[KIND_MBUS] = ROWS "r.meter, r.ts",
	[KIND_ELECTRICITY] = ROWS "r.ts",
	[KIND_OTHER] = ROWS "r.meter, r.ts",
};

static struct passing *meter_of(struct check *c, struct stmt *s, struct err *e)
{
	const struct judge_limits *limits = c->limits;
	int64_t id = stmt_key(s, 1);
	char serial[METER_SERIAL_TEXT];
	struct passing *list;
	struct meter m;

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
	meters_kind(&m, stmt_text(s, 2), stmt_text(s, 4));
	*list = (struct passing){
		.id = id,
		.rates = c->kind == KIND_MBUS
				 ? judge_mbus(limits, m.kind, m.unit)
				 : judge_electricity(limits),
		.head = chain_head_empty(),
	};
	snprintf(list->name, sizeof(list->name), "%.*s meter %s",
		 SPAN_ARG(stmt_text(s, 2)),
		 meter_serial(serial, stmt_text(s, 3)));
	return list;
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
static void check_row(const struct check *c, struct passing *m,
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

static int check_rows(struct check *c, struct stmt *s, struct err *e)
{
	int rc;

	while ((rc = stmt_next(s, e)) > 0) {
		const struct judge_point p =
			meter_kind_point(s, c->kind, stmt_int(s, 0), 6);
		struct passing *m = meter_of(c, s, e);

		if (m == NULL)
			return e->code;
		if (p.have != 0)
			check_row(c, m, &p, stmt_int(s, 5) != 0);
	}
	return rc;
}

int verify_rule(sqlite3 *db, const struct judge_limits *limits,
		void (*wrong)(void *ctx, const char *what), void *ctx,
		struct err *e)
{
	int rc = 0;

	for (int k = KINDS - 1; rc == 0 && k >= 0; k--) {
		struct check c = { .limits = limits,
				   .wrong = wrong,
				   .ctx = ctx,
				   .kind = (enum kind)k };
		struct stmt s = { 0 };

		rc = meter_kind_open(&s, db, c.kind, rows[k], e);
		if (rc == 0)
			rc = check_rows(&c, &s, e);
		stmt_close(&s);
		free(c.list);
	}
	return rc;
}
