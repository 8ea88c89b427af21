#include "storage/journal/other_meters_rows.h"

#include "storage/judge/meter_kind.h"

enum {
	WRITE,
	FOLD,
	TAKEN,
	OUT_RANGE,
	OUT_COPY,
	OUT_PHASES,
	OUT_DROP,
	IN_RANGE,
	IN_COPY,
	IN_DROP,
	STATEMENTS
};

_Static_assert((int)STATEMENTS == (int)OTHER_ROWS_STATEMENTS,
	       "each statement has its text");

#define THOSE " WHERE meter = ?1 AND ts BETWEEN ?2 AND ?3"

/* The house's row of another meter at the time of row o. */
#define ROOM "NOT EXISTS (SELECT 1 FROM electricity AS r WHERE r.ts = o.ts)"

static const char *const sql[STATEMENTS] = {
	[WRITE] = "INSERT OR IGNORE INTO other_electricity "
		  "(meter, ts, time_source, weight, $counters) "
		  "VALUES (?1, ?2, ?3, ?4, $counter_values)",
	[FOLD] = "UPDATE other_electricity SET weight = max(1, weight + ?3) "
		 "WHERE meter = ?1 AND ts = ?2",
	[TAKEN] = "SELECT EXISTS (SELECT 1 FROM electricity AS r JOIN meter AS "
		  "m ON m.id = r.meter JOIN meter AS o ON o.id = ?1 WHERE "
		  "r.ts = ?2 AND m.id <> o.id AND m.identifier <> '' AND "
		  "o.identifier <> '' AND time_source <> 3)",
	[OUT_RANGE] = "SELECT min(ts), max(ts) FROM electricity" THOSE,
	[OUT_COPY] = "INSERT OR IGNORE INTO other_electricity "
		     "(meter, ts, time_source, weight, $counters) "
		     "SELECT meter, ts, time_source, weight, $counters "
		     "FROM electricity" THOSE,
	[OUT_PHASES] = "DELETE FROM phases WHERE ts IN "
		       "(SELECT ts FROM electricity" THOSE ")",
	[OUT_DROP] = "DELETE FROM electricity" THOSE,
	[IN_RANGE] = "SELECT min(ts), max(ts) FROM other_electricity AS o "
		     "WHERE meter = ?1 AND " ROOM,
	[IN_COPY] = "INSERT INTO electricity "
		    "(meter, ts, time_source, weight, $counters) "
		    "SELECT meter, ts, time_source, weight, $counters "
		    "FROM other_electricity AS o WHERE meter = ?1 AND " ROOM,
	[IN_DROP] = "DELETE FROM other_electricity WHERE meter = ?1 AND ts IN "
		    "(SELECT o.ts FROM other_electricity AS o "
		    "JOIN electricity AS r USING (meter, ts) "
		    "WHERE meter = ?1)",
};

int other_rows_open(struct other_rows *o, sqlite3 *db, struct err *e)
{
	return meter_kind_open_all(o->s, db, KIND_OTHER, sql, COUNT(sql), e);
}

void other_rows_close(struct other_rows *o)
{
	stmt_close_all(o->s, COUNT(o->s));
}

static int run(struct other_rows *o, int which, const int64_t *v, int n,
	       struct err *e)
{
	stmt_bind_all(&o->s[which], v, n);
	return stmt_run(&o->s[which], e);
}

int other_rows_write(struct other_rows *o, const struct pending_row *r,
		     int64_t meter, struct err *e)
{
	struct stmt *s = &o->s[WRITE];
	const int64_t v[] = { meter, r->ts, r->source, r->weight };

	stmt_bind_all(s, v, COUNT(v));
	for (int q = 0; q < JUDGE_REGISTERS; q++)
		if (r->have >> q & 1)
			stmt_bind(s, KIND_VALUE + q, r->value[q]);
	return stmt_run(s, e);
}

int other_rows_fold(struct other_rows *o, int64_t meter, int64_t ts,
		    int64_t weight, struct err *e)
{
	int rc = run(o, FOLD, (const int64_t[]){ meter, ts, weight }, 3, e);

	return rc < 0 ? rc : 0;
}

int other_rows_taken(struct other_rows *o, int64_t meter, int64_t ts,
		     struct err *e)
{
	int64_t taken = 0;
	int rc;

	stmt_bind_all(&o->s[TAKEN], (const int64_t[]){ meter, ts }, 2);
	rc = stmt_value(&o->s[TAKEN], 0, &taken, e);
	return rc < 0 ? rc : taken != 0;
}

/* Returns 1, 0 if there is none, or a negative code. */
static int range_of(struct stmt *s, struct other_range *moved, struct err *e)
{
	int rc = stmt_next(s, e);
	bool any = rc > 0 && !stmt_is_null(s, 0);

	if (any && stmt_time(s, 0) < moved->first)
		moved->first = stmt_time(s, 0);
	if (any && stmt_time(s, 1) > moved->last)
		moved->last = stmt_time(s, 1);
	stmt_reset(s);
	return rc < 0 ? rc : any;
}

int other_rows_out(struct other_rows *o, int64_t meter, int64_t from,
		   int64_t to, struct other_range *moved, struct err *e)
{
	const int64_t those[] = { meter, from, to };
	int rc;

	stmt_bind_all(&o->s[OUT_RANGE], those, 3);
	rc = range_of(&o->s[OUT_RANGE], moved, e);
	for (int i = OUT_COPY; rc > 0 && i <= OUT_DROP; i++)
		rc = run(o, i, those, 3, e) < 0 ? e->code : 1;
	return rc < 0 ? rc : 0;
}

int other_rows_in(struct other_rows *o, int64_t meter,
		  struct other_range *moved, struct err *e)
{
	int rc;

	stmt_bind(&o->s[IN_RANGE], 1, meter);
	rc = range_of(&o->s[IN_RANGE], moved, e);
	for (int i = IN_COPY; rc > 0 && i <= IN_DROP; i++)
		rc = run(o, i, &meter, 1, e) < 0 ? e->code : 1;
	return rc < 0 ? rc : 0;
}
