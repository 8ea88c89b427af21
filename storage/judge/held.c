#include "storage/judge/held.h"

/* Parameters of `add`, and of those that look for the same reading. */
enum {
	AT_METER = 1,
	AT_TS,
	AT_SOURCE,
	AT_WEIGHT,
	AT_CHANNEL,
	AT_REASON,
	AT_REGISTER,
	AT_SEEN,
	AT_TELEGRAM,
	AT_COLUMN, /* the first of what it shows */
};

enum { TELEGRAM_MAX = 16 * 1024 }; /* bytes that are kept of one */

static bool is_column(bool electric, int q)
{
	return electric ? quantities[q].place == PLACE_COUNTER ||
				  quantities[q].place == PLACE_POWER
			: q == 0;
}

static const char *column_of(bool electric, int q)
{
	return electric ? quantities[q].column : "value";
}

/* Each column that a reading fills, behind a comma; `number`: as ?10 ... */
static void put_columns(sqlite3_str *sql, bool electric, bool number)
{
	int at = AT_COLUMN;

	for (int q = 0; q < Q_COUNT; q++)
		if (is_column(electric, q) && number)
			sqlite3_str_appendf(sql, ", ?%d", at++);
		else if (is_column(electric, q))
			sqlite3_str_appendf(sql, ", %s",
					    column_of(electric, q));
}

static const char *table_of(const struct held *h)
{
	return h->electric ? "electricity" : "mbus";
}

/* Is a reading with the same counters there? `what` says what is asked of it. */
static int open_is_there(struct held *h, struct stmt *s, const char *what,
			 const char *table, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(h->db);
	int at = AT_COLUMN;

	sqlite3_str_appendf(sql,
			    "SELECT %s FROM %s WHERE meter = ?1 AND ts = ?2",
			    what, table);
	for (int q = 0; q < (h->electric ? JUDGE_REGISTERS : 1); q++)
		sqlite3_str_appendf(sql, " AND %s IS ?%d",
				    column_of(h->electric, q), at++);
	return stmt_open_text(s, h->db, sql, e);
}

static int open_add(struct held *h, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(h->db);

	sqlite3_str_appendall(sql, "INSERT INTO held (meter, ts, time_source, "
				   "weight, channel, reason, register, "
				   "seen_ts, telegram");
	put_columns(sql, h->electric, false);
	sqlite3_str_appendall(sql, ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
				   "?9");
	put_columns(sql, h->electric, true);
	sqlite3_str_appendall(sql, ")");
	return stmt_open_text(&h->add, h->db, sql, e);
}

static int open_last(struct held *h, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(h->db);

	sqlite3_str_appendall(sql, "SELECT id, ts");
	put_columns(sql, h->electric, false);
	sqlite3_str_appendall(sql,
			      " FROM held WHERE meter = ?1 AND reason NOT IN "
			      "('time', 'unproven') ORDER BY ts DESC, id DESC "
			      "LIMIT 1");
	return stmt_open_text(&h->last, h->db, sql, e);
}

/* Each column that a reading has in both tables. */
static void put_all(sqlite3_str *sql, bool electric)
{
	put_columns(sql, electric, false);
	if (electric)
		sqlite3_str_appendall(sql, ", power_import_max_w, "
					   "power_export_max_w");
}

/* From one table to the other: the columns have the same names. */
static int open_move(struct held *h, bool accept, struct err *e)
{
	const char *more = h->electric ? "" : ", channel";
	sqlite3_str *sql = sqlite3_str_new(h->db);

	if (accept)
		sqlite3_str_appendf(sql, "INSERT OR IGNORE INTO %s (",
				    table_of(h));
	else
		sqlite3_str_appendf(sql, "INSERT INTO held (channel, reason, "
					 "register, seen_ts, telegram, ");
	sqlite3_str_appendf(sql, "meter, ts, time_source, weight%s",
			    accept ? more : "");
	put_all(sql, h->electric);
	sqlite3_str_appendf(sql, ") SELECT %smeter, ts, time_source, weight%s",
			    accept	  ? ""
			    : h->electric ? "0, '', '', ?3, x'', "
					  : "channel, '', '', ?3, x'', ",
			    accept ? more : "");
	put_all(sql, h->electric);
	sqlite3_str_appendf(sql, " FROM %s WHERE %s",
			    accept ? "held" : table_of(h),
			    accept ? "id = ?1" : "meter = ?1 AND ts = ?2");
	return stmt_open_text(accept ? &h->accept : &h->withdraw, h->db, sql,
			      e);
}

static int open_plain(struct held *h, struct err *e)
{
	const struct {
		struct stmt *s;
		const char *sql;
	} all[] = {
		{ &h->fold, "UPDATE held SET weight = weight + ?2 "
			    "WHERE id = ?1" },
		{ &h->sum_after, "SELECT count(*), total(weight) FROM held "
				 "WHERE meter = ?1 AND ts > ?2 AND "
				 "reason NOT IN ('time', 'unproven')" },
		{ &h->drop, "DELETE FROM held WHERE id = ?1" },
		{ &h->take_out, h->electric
					? "DELETE FROM electricity "
					  "WHERE meter = ?1 AND ts = ?2"
					: "DELETE FROM mbus WHERE meter = ?1 "
					  "AND ts = ?2" },
		{ &h->label, "UPDATE held SET reason = ?2, register = ?3, "
			     "expected_min = ?4, expected_max = ?5 "
			     "WHERE id = ?1" },
		{ &h->label_fall, "UPDATE held SET reason = 'back', "
				  "register = ?2, expected_min = ?3 "
				  "WHERE meter = ?1 AND reason = ''" },
	};
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < COUNT(all); i++)
		rc = stmt_open(all[i].s, h->db, all[i].sql, e);
	return rc;
}

int held_open(struct held *h, sqlite3 *db, bool electric, struct err *e)
{
	int rc;

	*h = (struct held){ .electric = electric, .db = db };
	rc = open_is_there(h, &h->is_accepted, "1", table_of(h), e);
	if (rc == 0)
		rc = open_is_there(h, &h->is_held,
				   "id, reason IN ('time', 'unproven')", "held",
				   e);
	if (rc == 0)
		rc = open_add(h, e);
	if (rc == 0)
		rc = open_last(h, e);
	if (rc == 0)
		rc = open_move(h, true, e);
	if (rc == 0)
		rc = open_move(h, false, e);
	return rc == 0 ? open_plain(h, e) : rc;
}

void held_close(struct held *h)
{
	struct stmt *all[] = { &h->is_accepted, &h->is_held, &h->add,
			       &h->last,	&h->fold,    &h->sum_after,
			       &h->accept,	&h->drop,    &h->withdraw,
			       &h->take_out,	&h->label,   &h->label_fall };

	for (size_t i = 0; i < COUNT(all); i++)
		stmt_close(all[i]);
}

const char *held_register(bool electric, int where)
{
	return electric ? quantities[where].name : "value";
}

struct judge_point held_point(const struct held_reading *r)
{
	struct judge_point p = { .ts = r->ts };

	p.have = (unsigned)(r->have & ((1u << JUDGE_REGISTERS) - 1));
	for (int i = 0; p.have >> i; i++)
		p.value[i] = r->value[i];
	return p;
}

static void bind(const struct held *h, struct stmt *s,
		 const struct held_reading *r, bool counters)
{
	int at = AT_COLUMN;

	stmt_bind(s, AT_METER, r->meter);
	stmt_bind(s, AT_TS, r->ts);
	for (int q = 0; q < (counters ? JUDGE_REGISTERS : Q_COUNT); q++) {
		if (!is_column(h->electric, q))
			continue;
		if (r->have >> q & 1)
			stmt_bind(s, at, r->value[q]);
		at++;
	}
}

static int is_accepted(struct held *h, const struct held_reading *r,
		       struct err *e)
{
	int64_t there = 0;
	int rc;

	bind(h, &h->is_accepted, r, true);
	rc = stmt_value(&h->is_accepted, 0, &there, e);
	return rc < 0 ? rc : there != 0;
}

/*
 * Is it held? *again: it was for its time or its stream, which are now all
 * right; its row is to be judged.
 */
static int is_held(struct held *h, const struct held_reading *r, bool *again,
		   struct err *e)
{
	int64_t id = 0;
	int rc;

	bind(h, &h->is_held, r, true);
	rc = stmt_next(&h->is_held, e);
	if (rc <= 0)
		return rc;
	id = stmt_key(&h->is_held, 0);
	*again = stmt_int(&h->is_held, 1) != 0 && r->why == VERDICT_FITS;
	stmt_reset(&h->is_held);
	if (!*again)
		return 1;
	stmt_bind(&h->label, 1, id);
	stmt_bind_text(&h->label, 2, SPAN(""));
	stmt_bind_text(&h->label, 3, SPAN(""));
	return stmt_run(&h->label, e) < 0 ? e->code : 1;
}

int held_add(struct held *h, const struct held_reading *r, struct err *e)
{
	const struct judge_point p = held_point(r);
	struct span telegram = r->telegram;
	const char *reason = verdict_words[r->why];
	bool again = false;
	int rc = is_accepted(h, r, e);

	if (rc == 0)
		rc = is_held(h, r, &again, e);
	if (rc != 0)
		return rc < 0 ? rc : again;
	if (telegram.n > TELEGRAM_MAX)
		telegram.n = TELEGRAM_MAX;
	bind(h, &h->add, r, false);
	stmt_bind(&h->add, AT_SOURCE, r->source);
	stmt_bind(&h->add, AT_WEIGHT, r->weight);
	stmt_bind(&h->add, AT_CHANNEL, r->channel);
	stmt_bind_text(&h->add, AT_REASON, span_of(reason ? reason : ""));
	stmt_bind_text(&h->add, AT_REGISTER,
		       span_of(held_register(h->electric, judge_first(&p))));
	stmt_bind(&h->add, AT_SEEN, r->seen_ts);
	stmt_bind_blob(&h->add, AT_TELEGRAM, telegram);
	return stmt_run(&h->add, e);
}

int held_last(struct held *h, int64_t meter, struct judge_point *p, int64_t *id,
	      struct err *e)
{
	int n = h->electric ? JUDGE_REGISTERS : 1;
	int rc;

	stmt_bind(&h->last, 1, meter);
	rc = stmt_next(&h->last, e);
	if (rc <= 0)
		return rc;
	*id = stmt_key(&h->last, 0);
	*p = (struct judge_point){ .ts = stmt_int(&h->last, 1) };
	for (int i = 0; i < n; i++)
		if (!stmt_is_null(&h->last, 2 + i)) {
			p->have |= 1u << i;
			p->value[i] = stmt_int(&h->last, 2 + i);
		}
	stmt_reset(&h->last);
	return 1;
}

int held_fold(struct held *h, int64_t id, int64_t weight, struct err *e)
{
	stmt_bind(&h->fold, 1, id);
	stmt_bind(&h->fold, 2, weight);
	return stmt_run(&h->fold, e) < 0 ? e->code : 0;
}

int held_after(struct held *h, int64_t meter, int64_t ts, int64_t *count,
	       int64_t *weight, struct err *e)
{
	int rc;

	stmt_bind(&h->sum_after, 1, meter);
	stmt_bind(&h->sum_after, 2, ts);
	rc = stmt_next(&h->sum_after, e);
	*count = *weight = 0;
	if (rc > 0) {
		*count = stmt_int(&h->sum_after, 0);
		*weight = stmt_int(&h->sum_after, 1);
		stmt_reset(&h->sum_after);
	}
	return rc < 0 ? rc : 0;
}

int held_accept(struct held *h, int64_t id, struct err *e)
{
	int rc;

	stmt_bind(&h->accept, 1, id);
	rc = stmt_run(&h->accept, e);
	if (rc <= 0)
		return rc;
	stmt_bind(&h->drop, 1, id);
	return stmt_run(&h->drop, e) < 0 ? e->code : 1;
}

int held_withdraw(struct held *h, int64_t meter, int64_t ts, int64_t seen_ts,
		  int64_t *id, struct err *e)
{
	int rc;

	stmt_bind(&h->withdraw, 1, meter);
	stmt_bind(&h->withdraw, 2, ts);
	stmt_bind(&h->withdraw, 3, seen_ts);
	rc = stmt_run(&h->withdraw, e);
	*id = sqlite3_last_insert_rowid(h->db);
	if (rc < 0)
		return rc;
	stmt_bind(&h->take_out, 1, meter);
	stmt_bind(&h->take_out, 2, ts);
	return stmt_run(&h->take_out, e) < 0 ? e->code : 0;
}

int held_explain(struct held *h, int64_t id, const struct held_reason *why,
		 struct err *e)
{
	const char *name = held_register(h->electric, why->where);

	stmt_bind(&h->label, 1, id);
	stmt_bind_text(&h->label, 2, span_of(verdict_words[why->why]));
	stmt_bind_text(&h->label, 3, span_of(name));
	if (why->least != INT64_MIN)
		stmt_bind(&h->label, 4, why->least);
	if (why->most != INT64_MAX)
		stmt_bind(&h->label, 5, why->most);
	return stmt_run(&h->label, e) < 0 ? e->code : 0;
}

int held_explain_fall(struct held *h, int64_t meter,
		      const struct judge_point *than, int where, struct err *e)
{
	const char *name = held_register(h->electric, where);

	stmt_bind(&h->label_fall, 1, meter);
	stmt_bind_text(&h->label_fall, 2, span_of(name));
	stmt_bind(&h->label_fall, 3, than->value[where]);
	return stmt_run(&h->label_fall, e) < 0 ? e->code : 0;
}
