#include "storage/judge/held_rows.h"

#include <string.h>

enum {
	ADD,
	JUDGE_AGAIN,
	FOLD,
	ACCEPT,
	DROP,
	WITHDRAW,
	TAKE_OUT,
	EXPLAIN,
};

/* Rows of the meter ?1 at ?2 with the same counters. */
#define SAME                                                                   \
	" WHERE meter = ?1 AND ts = ?2 AND ($counters) IS ($counter_values)"

static const char *const sql[] = {
	[JUDGE_AGAIN] =
		"UPDATE held SET reason = '', register = '', "
		"expected_min = NULL, expected_max = NULL" SAME
		" AND reason IN ('time', 'unproven') AND "
		"NOT EXISTS (SELECT 1 FROM $table" SAME ") RETURNING id",
	[ADD] = ("INSERT INTO held (meter, ts, time_source, weight, channel, "
		 "reason, register, seen_ts, telegram, $columns) "
		 "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, $values "
		 "WHERE NOT EXISTS (SELECT 1 FROM $table" SAME
		 ") AND NOT EXISTS (SELECT 1 FROM held" SAME ") RETURNING id"),
	[FOLD] = "UPDATE held SET weight = weight + ?2 WHERE id = ?1",
	/* The columns have the same names in both tables. */
	[ACCEPT] = "INSERT OR IGNORE INTO $table "
		   "(meter, ts, time_source, weight, $columns$more) "
		   "SELECT meter, ts, time_source, weight, $columns$more "
		   "FROM held WHERE id = ?1",
	[DROP] = "DELETE FROM held WHERE id = ?1",
	[WITHDRAW] = "INSERT INTO held (meter, ts, time_source, weight, "
		     "channel, reason, register, seen_ts, telegram, $columns) "
		     "SELECT meter, ts, time_source, weight, $channel, '', '', "
		     "?3, x'', $columns FROM $table WHERE meter = ?1 AND "
		     "ts = ?2 RETURNING id",
	[TAKE_OUT] = "DELETE FROM $table WHERE meter = ?1 AND ts = ?2",
	[EXPLAIN] = "UPDATE held SET reason = ?2, register = ?3, "
		    "expected_min = ?4, expected_max = ?5 WHERE id = ?1",
};

static const char accept_other_sql[] =
	"INSERT OR IGNORE INTO other_electricity "
	"(meter, ts, time_source, weight, $counters) "
	"SELECT meter, ts, time_source, weight, $counters FROM held AS h "
	"WHERE id = ?1 AND EXISTS (SELECT 1 FROM electricity AS r "
	"JOIN meter AS m ON m.id = r.meter JOIN meter AS o ON o.id = h.meter "
	"WHERE r.ts = h.ts AND m.id <> o.id AND m.identifier <> '' "
	"AND o.identifier <> '' AND r.time_source <> 3)";

_Static_assert(COUNT(sql) == HELD_ROWS_STATEMENTS,
	       "each statement has its text");

int held_rows_open(struct held_rows *h, sqlite3 *db, enum kind k, struct err *e)
{
	int rc;

	*h = (struct held_rows){ .kind = k };
	rc = meter_kind_open_all(h->s, db, k, sql, COUNT(sql), e);
	if (rc == 0 && k == KIND_ELECTRICITY)
		rc = meter_kind_open(&h->accept_other, db, k, accept_other_sql,
				     e);
	return rc;
}

void held_rows_close(struct held_rows *h)
{
	stmt_close_all(h->s, COUNT(h->s));
	stmt_close(&h->accept_other);
}

struct judge_point held_rows_point(const struct held_reading *r)
{
	struct judge_point p = { .ts = r->ts };

	p.have = (unsigned)(r->have & ((1u << JUDGE_REGISTERS) - 1));
	memcpy(p.value, r->value, sizeof(p.value));
	return p;
}

static int run(struct stmt *s, const int64_t *v, int n, struct err *e)
{
	stmt_bind_all(s, v, n);
	return stmt_run(s, e);
}

/*
 * Run a statement that returns the row that it wrote. Returns 1, 0 if it wrote
 * none, or a negative code.
 */
static int run_for_id(struct stmt *s, int64_t *id, struct err *e)
{
	int rc = stmt_next(s, e);

	if (rc > 0) {
		*id = stmt_key(s, 0);
		stmt_reset(s);
	}
	return rc;
}

static void bind_reading(const struct held_rows *h, struct stmt *s,
			 const struct held_reading *r)
{
	stmt_bind(s, 1, r->meter);
	stmt_bind(s, 2, r->ts);
	for (int q = 0; q < meter_kind_quantities(h->kind); q++)
		if (r->have >> q & 1)
			stmt_bind(s, KIND_VALUE + q, r->value[q]);
}

static void bind_to_hold(const struct held_rows *h, struct stmt *s,
			 const struct held_reading *r)
{
	const struct judge_point p = held_rows_point(r);
	const char *reason = verdict_words[r->why];
	struct span telegram = r->telegram;

	if (telegram.n > HELD_ROWS_TELEGRAM)
		telegram.n = HELD_ROWS_TELEGRAM;
	bind_reading(h, s, r);
	stmt_bind(s, 3, r->source);
	stmt_bind(s, 4, r->weight);
	stmt_bind(s, 5, r->channel);
	stmt_bind_text(s, 6, span_of(reason ? reason : ""));
	stmt_bind_text(s, 7,
		       span_of(meter_kind_register(h->kind, judge_first(&p))));
	stmt_bind(s, 8, r->seen_ts);
	stmt_bind_blob(s, 9, telegram);
}

int held_rows_add(struct held_rows *h, const struct held_reading *r,
		  int64_t *id, struct err *e)
{
	int rc;

	bind_to_hold(h, &h->s[ADD], r);
	rc = run_for_id(&h->s[ADD], id, e);
	if (rc != 0 || r->why != VERDICT_FITS)
		return rc;
	bind_reading(h, &h->s[JUDGE_AGAIN], r);
	return run_for_id(&h->s[JUDGE_AGAIN], id, e);
}

int held_rows_fold(struct held_rows *h, int64_t id, int64_t weight,
		   struct err *e)
{
	return run(&h->s[FOLD], (const int64_t[]){ id, weight }, 2, e);
}

int held_rows_accept(struct held_rows *h, int64_t id, struct err *e)
{
	int rc = run(&h->s[ACCEPT], &id, 1, e);
	bool other = false;

	if (rc == 0 && h->kind == KIND_ELECTRICITY) {
		rc = run(&h->accept_other, &id, 1, e);
		other = rc > 0;
	}
	if (rc > 0)
		rc = run(&h->s[DROP], &id, 1, e);
	return rc > 0 && other ? HELD_ROWS_OTHER : rc;
}

int held_rows_withdraw(struct held_rows *h, int64_t meter, int64_t ts,
		       int64_t seen_ts, int64_t *id, struct err *e)
{
	const int64_t which[] = { meter, ts, seen_ts };
	int rc;

	stmt_bind_all(&h->s[WITHDRAW], which, 3);
	rc = run_for_id(&h->s[WITHDRAW], id, e);
	if (rc >= 0)
		rc = run(&h->s[TAKE_OUT], which, 2, e);
	return rc < 0 ? rc : 0;
}

int held_rows_explain(struct held_rows *h, int64_t id,
		      const struct held_reason *why, struct err *e)
{
	struct stmt *s = &h->s[EXPLAIN];
	int rc;

	stmt_bind(s, 1, id);
	stmt_bind_text(s, 2, span_of(verdict_words[why->why]));
	stmt_bind_text(s, 3, span_of(meter_kind_register(h->kind, why->where)));
	if (why->least != INT64_MIN)
		stmt_bind(s, 4, why->least);
	if (why->most != INT64_MAX)
		stmt_bind(s, 5, why->most);
	rc = stmt_run(s, e);
	return rc < 0 ? rc : 0;
}
