#include "storage/history/query_rows.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 64 }; /* more than any result has */

/* The columns of a result. */
struct columns {
	int n;
	struct {
		struct span name;
		char how; /* see struct query_select */
	} of[COLUMNS];
};

static void read_columns(struct columns *c, struct stmt *s, const char *cells)
{
	int known = cells != NULL ? (int)strlen(cells) : 0;
	int n = stmt_columns(s);

	c->n = n < COLUMNS ? n : COLUMNS;
	for (int i = 0; i < c->n; i++) {
		c->of[i].name = span_of(stmt_column_name(s, i));
		c->of[i].how = i < known ? cells[i] : 'v';
	}
}

static void write_cell(struct query_format *w, struct stmt *s, int i,
		       const struct columns *c)
{
	struct span name = c->of[i].name;
	char how = c->of[i].how;
	int type = stmt_type(s, i);

	if (type == SQLITE_NULL)
		query_format_unknown(w);
	else if (how == 'm')
		query_format_thousandths(w, name, stmt_int(s, i));
	else if (how == 't')
		query_format_time(w, name, stmt_time(s, i));
	else if (type == SQLITE_INTEGER)
		query_format_whole(w, name, stmt_key(s, i));
	else if (type == SQLITE_FLOAT || how == 'j')
		query_format_ready(w, name, stmt_text(s, i));
	else
		query_format_text(w, name, stmt_text(s, i));
}

static void write_row(struct query_format *w, struct stmt *s,
		      const struct columns *c)
{
	query_format_open(w);
	for (int i = 0; i < c->n; i++)
		write_cell(w, s, i, c);
	query_format_close(w);
}

static int write_rows(struct query *q, struct stmt *s,
		      const struct query_select *select, struct query_format *w,
		      struct err *e)
{
	struct columns c = { 0 };
	int rc;

	while ((rc = stmt_next(s, e)) > 0) {
		if (c.n == 0) /* the first step may change the names */
			read_columns(&c, s, select->cells);
		write_row(w, s, &c);
		if (select->one)
			return 0;
		if (query_count(q, w->rows, e) < 0)
			return e->code;
	}
	return rc;
}

static void write_names(struct query_format *w, struct stmt *s)
{
	int n = stmt_columns(s);

	for (int i = 0; i < n; i++)
		query_format_text(w, SPAN(""), span_of(stmt_column_name(s, i)));
	query_format_close(w);
}

/* Write the whole text of a result. */
static int write_answer(struct query *q, const struct query_select *select,
			const int64_t v[3], struct query_format *w,
			struct err *e)
{
	struct stmt *s = query_statement(q, select->sql, e);
	bool list = !w->csv && !select->one;
	int rc;

	if (s == NULL)
		return e->code;
	stmt_bind_all(s, v, stmt_parameters(s));
	if (w->csv)
		write_names(w, s);
	if (list)
		query_format_put(w, SPAN("["));
	rc = select->rows != NULL ? select->rows(q, s, v, w, e)
				  : write_rows(q, s, select, w, e);
	if (list)
		query_format_put(w, SPAN("]"));
	return rc < 0 ? rc : query_format_end(w, e);
}

static int print(struct query *q, const struct query_select *select,
		 struct query_question *to, FILE *out, struct err *e)
{
	struct query_format w = { .csv = to->csv };
	struct span text;
	int rc = query_connection_version(q, &to->version, e);

	if (rc < 0)
		return rc;
	if (query_cache_find(&q->memory, to, &text)) {
		query_format_print(text, out);
		return 0;
	}
	rc = write_answer(q, select, to->v, &w, e);
	if (rc < 0) {
		free(w.text);
		return rc;
	}
	query_format_print((struct span){ w.text, w.n }, out);
	query_cache_keep(&q->memory, to, w.text, w.n);
	return 0;
}

int query_rows(struct query *q, const struct query_select *select,
	       const int64_t v[3], bool csv, FILE *out, struct err *e)
{
	struct query_question to = { .sql = select->sql, .csv = csv };

	memcpy(to.v, v, sizeof(to.v));
	query_begin(q);
	return query_end(q, print(q, select, &to, out, e), e);
}
