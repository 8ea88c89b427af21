#include "storage/history/query_connection.h"

#include <string.h>

#include "base/csvout.h"
#include "base/printable.h"
#include "storage/db/db.h"

enum {
	STEPS = 1000, /* SQLite instructions between two checks of the clocks */
	PATIENCE = 6, /* times its share, on a busy machine */
};

static bool takes_too_much(const struct query *q)
{
	return clock_work_ms(q->clock) > q->work_until_ms;
}

static bool is_late(const struct query *q)
{
	return takes_too_much(q) || clock_monotonic_ms(q->clock) > q->until_ms;
}

static bool is_cancelled(const struct query *q)
{
	return q->cancelled != NULL && *q->cancelled;
}

static int is_over(void *ctx)
{
	const struct query *q = ctx;

	return is_cancelled(q) || is_late(q);
}

void query_begin(struct query *q)
{
	q->work_until_ms = clock_work_ms(q->clock) + q->ms;
	q->until_ms = clock_monotonic_ms(q->clock) + PATIENCE * q->ms;
}

int query_end(struct query *q, int rc, struct err *e)
{
	if (rc >= 0)
		return 0;
	if (rc != ERR_FAILED || !is_late(q))
		return rc;
	if (!takes_too_much(q))
		return err_set(e, ERR_BUSY,
			       "the machine is too busy: there was no answer "
			       "within %ld ms, try again later",
			       PATIENCE * q->ms);
	q->too_large = !is_cancelled(q);
	return err_set(e, ERR_BUSY,
		       "it takes more than %ld ms of processor time: "
		       "ask for less",
		       q->ms);
}

int query_count(struct query *q, long n, struct err *e)
{
	if (n <= q->rows)
		return 0;
	q->too_large = true;
	return err_set(e, ERR_USAGE, "more than %ld rows: ask for less",
		       q->rows);
}

int query_connect(struct query *q, const char *path, struct err *e)
{
	if (db_open_reader(&q->db, path, e) < 0)
		return e->code;
	sqlite3_busy_timeout(q->db, (int)q->ms);
	sqlite3_progress_handler(q->db, STEPS, is_over, q);
	return 0;
}

void query_disconnect(struct query *q)
{
	for (int i = 0; i < QUERY_PREPARED; i++)
		stmt_close(&q->prepared[i].s);
	db_close(q->db);
}

static void csv_row(FILE *out, struct stmt *s, bool names)
{
	int n = stmt_columns(s);

	for (int i = 0; i < n; i++) {
		if (i > 0)
			putc(',', out);
		csv_put(out, names ? span_of(stmt_column_name(s, i))
				   : stmt_text(s, i));
	}
	putc('\n', out);
}

/* SQLite escapes what JSON requires; escape other invisible characters here. */
static void put_json(FILE *out, struct span text)
{
	char piece[PRINTABLE_PIECE];

	while (text.n > 0) {
		struct span plain = printable_ascii(&text);

		fwrite(plain.p, 1, plain.n, out);
		if (text.n > 0) {
			size_t n = printable_next_json(&text, piece);

			fwrite(piece, 1, n, out);
		}
	}
}

static int write_rows(struct query *q, struct stmt *s, bool csv, FILE *out,
		      struct err *e)
{
	long n = 0;
	int rc;

	if (csv)
		csv_row(out, s, true);
	while ((rc = stmt_next(s, e)) > 0) {
		if (query_count(q, ++n, e) < 0)
			return e->code;
		if (csv) {
			csv_row(out, s, false);
			continue;
		}
		if (n > 1)
			fwrite(",\n", 1, 2, out);
		put_json(out, stmt_text(s, 0));
	}
	return rc;
}

/*
 * Build "'day', day, ..." for json_object: all columns of this SELECT. A merge
 * patch removes the NULLs: what is unknown is absent.
 */
static int json_of(struct query *q, const char *select, sqlite3_str *sql,
		   struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, q->db, select, e);

	sqlite3_str_appendall(sql, "SELECT json_patch('{}', json_object(");
	for (int i = 0; rc == 0 && i < stmt_columns(&s); i++) {
		const char *name = stmt_column_name(&s, i);

		sqlite3_str_appendf(sql, "%s%Q, \"%w\"", i > 0 ? ", " : "",
				    name, name);
	}
	sqlite3_str_appendf(sql, ")) FROM (%s)", select);
	stmt_close(&s);
	return rc;
}

static int open_form(struct stmt *s, struct query *q, const char *select,
		     bool csv, struct err *e)
{
	sqlite3_str *sql;
	int rc;

	if (csv)
		return stmt_open(s, q->db, select, e);
	sql = sqlite3_str_new(q->db);
	rc = json_of(q, select, sql, e);
	if (rc == 0)
		return stmt_open_text(s, q->db, sql, e);
	sqlite3_free(sqlite3_str_finish(sql));
	return rc;
}

static struct query_prepared *find(struct query *q, const char *select,
				   bool csv)
{
	for (int i = 0; i < QUERY_PREPARED; i++) {
		struct query_prepared *p = &q->prepared[i];

		if (p->select != NULL && p->csv == csv &&
		    strcmp(p->select, select) == 0)
			return p;
	}
	return NULL;
}

/*
 * Replaces the statement that was prepared longest ago. NULL and *e: an error.
 */
static struct query_prepared *prepare(struct query *q, const char *select,
				      bool csv, struct err *e)
{
	struct query_prepared *p = &q->prepared[q->next];

	stmt_close(&p->s);
	*p = (struct query_prepared){ .csv = csv };
	if (open_form(&p->s, q, select, csv, e) < 0)
		return NULL;
	p->select = select;
	q->next = (q->next + 1) % QUERY_PREPARED;
	return p;
}

static int answer_rows(struct query *q, struct stmt *s, const int64_t v[3],
		       bool csv, FILE *out, struct err *e)
{
	int n = stmt_parameters(s), rc;

	for (int i = 0; i < n; i++)
		stmt_bind(s, i + 1, v[i]);
	if (!csv)
		putc('[', out);
	rc = write_rows(q, s, csv, out, e);
	if (!csv)
		putc(']', out);
	stmt_reset(s);
	return rc;
}

int query_rows(struct query *q, const char *select, const int64_t v[3],
	       bool csv, FILE *out, struct err *e)
{
	struct query_prepared *p = find(q, select, csv);

	query_begin(q);
	if (p == NULL)
		p = prepare(q, select, csv, e);
	return query_end(q, p ? answer_rows(q, &p->s, v, csv, out, e) : e->code,
			 e);
}

int query_text(struct query *q, struct stmt *s, FILE *out, struct err *e)
{
	int rc;

	query_begin(q);
	rc = stmt_next(s, e);
	if (rc > 0)
		put_json(out, stmt_text(s, 0));
	return query_end(q, rc, e);
}
