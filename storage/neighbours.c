#include "storage/neighbours.h"

/* A row's counters, led by its time and its meter. */
static int open_row(struct stmt *s, sqlite3 *db, const char *where,
		    struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(sql,
			      "SELECT ts, (SELECT meter FROM installation "
			      "WHERE channel = 0 AND medium = 'electricity' "
			      "AND first_ts <= r.ts ORDER BY first_ts DESC "
			      "LIMIT 1)");
	for (int q = 0; q < JUDGE_REGISTERS; q++)
		sqlite3_str_appendf(sql, ", %s", quantities[q].column);
	sqlite3_str_appendf(sql,
			    " FROM electricity AS r WHERE ts = "
			    "(SELECT %s(ts) FROM electricity WHERE ts %s ?2 "
			    "AND ts BETWEEN 0 AND %lld)",
			    where[0] == '<' ? "max" : "min", where,
			    (long long)STMT_LAST_TIME);
	return stmt_open_text(s, db, sql, e);
}

static int open_value(struct stmt *s, sqlite3 *db, const char *where,
		      const char *order, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(sql,
			    "SELECT ts, meter, value FROM mbus WHERE "
			    "meter = ?1 AND ts %s AND ts BETWEEN 0 AND %lld "
			    "ORDER BY ts %s LIMIT 1",
			    where, (long long)STMT_LAST_TIME, order);
	return stmt_open_text(s, db, sql, e);
}

int neighbours_open(struct neighbours *n, sqlite3 *db, struct err *e)
{
	int rc = open_row(&n->row_before, db, "<=", e);

	if (rc == 0)
		rc = open_row(&n->row_after, db, ">", e);
	if (rc == 0)
		rc = open_value(&n->value_before, db, "<= ?2", "DESC", e);
	if (rc == 0)
		rc = open_value(&n->value_after, db, "> ?2", "ASC", e);
	if (rc == 0)
		rc = stmt_open(&n->cut, db,
			       "SELECT count(*) FROM installation WHERE "
			       "meter = ?1 AND begins IS NOT NULL AND "
			       "first_ts > ?2 AND first_ts <= ?3",
			       e);
	return rc;
}

void neighbours_close(struct neighbours *n)
{
	stmt_close(&n->row_before);
	stmt_close(&n->row_after);
	stmt_close(&n->value_before);
	stmt_close(&n->value_after);
	stmt_close(&n->cut);
}

static int find(struct stmt *s, const struct object *o, int64_t ts,
		struct judge_point *p, struct err *e)
{
	int registers = o->electric ? JUDGE_REGISTERS : 1;
	int rc;

	*p = (struct judge_point){ 0 };
	if (o->meter == 0)
		return 0;
	if (!o->electric)
		stmt_bind(s, 1, o->meter);
	stmt_bind(s, 2, ts);
	rc = stmt_next(s, e);
	if (rc <= 0)
		return rc;
	p->ts = stmt_time(s, 0);
	rc = stmt_int(s, 1) == o->meter;
	for (int i = 0; i < registers; i++)
		if (!stmt_is_null(s, 2 + i)) {
			p->have |= 1u << i;
			p->value[i] = stmt_int(s, 2 + i);
		}
	stmt_reset(s);
	return rc;
}

int neighbour_before(struct neighbours *n, const struct object *o, int64_t ts,
		     struct judge_point *p, struct err *e)
{
	return find(o->electric ? &n->row_before : &n->value_before, o, ts, p,
		    e);
}

int neighbour_after(struct neighbours *n, const struct object *o, int64_t ts,
		    struct judge_point *p, struct err *e)
{
	return find(o->electric ? &n->row_after : &n->value_after, o, ts, p, e);
}

int neighbours_apart(struct neighbours *n, const struct object *o, int64_t from,
		     int64_t to, struct err *e)
{
	int64_t marks = 0;
	int rc;

	stmt_bind(&n->cut, 1, o->meter);
	stmt_bind(&n->cut, 2, from);
	stmt_bind(&n->cut, 3, to);
	rc = stmt_value(&n->cut, 0, &marks, e);
	return rc < 0 ? rc : marks > 0;
}
