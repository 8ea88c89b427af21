#include "fleet/server.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "fleet/connection.h"

enum {
	ANSWER_MS = 300000, /* a server that takes longer hangs */
	CELLS = 64,	    /* columns of a row, at most */
	NUMBER = 24,	    /* buffer size for an int64_t */
	SCHEMA = 1,	    /* version of fleet/schema.sql */
};

struct server {
	PGconn *c;
};

struct server *server_open(const struct server_options *o, struct err *e)
{
	struct server *s = calloc(1, sizeof(*s));

	if (s == NULL) {
		err_memory(e);
		return NULL;
	}
	s->c = connection_open(o, e);
	if (s->c == NULL || PQsetnonblocking(s->c, 1) != 0) {
		if (s->c != NULL)
			connection_error(e, ERR_ABSENT, PQerrorMessage(s->c));
		server_close(s);
		return NULL;
	}
	return s;
}

void server_close(struct server *s)
{
	if (s == NULL)
		return;
	PQfinish(s->c);
	free(s);
}

/* What an SQLSTATE, or the start of one, means to us; the first row matches. */
static const struct {
	const char *state;
	int code;
	const char *advice; /* NULL: the server's sentence says it all */
} meanings[] = {
	{ "P1001", ERR_BUSY, NULL },
	{ "P1002", ERR_PERMISSION, NULL },
	{ "P1003", ERR_FORMAT, NULL },
	{ "P1004", ERR_USAGE, NULL },
	{ "3F000", ERR_CONFIG, "run p1pg --init on the server" },
	{ "42P01", ERR_CONFIG, "run p1pg --init on the server" },
	{ "42883", ERR_CONFIG, "run p1pg --init on the server" },
	{ "42501", ERR_PERMISSION, NULL },
	{ "53", ERR_ABSENT, NULL },    /* out of resources */
	{ "57", ERR_ABSENT, NULL },    /* it shuts down, or cancelled it */
	{ "08", ERR_ABSENT, NULL },    /* the connection */
	{ "40", ERR_ABSENT, NULL },    /* rolled back: try again */
	{ "25006", ERR_ABSENT, NULL }, /* it is a stand-by now */
	{ "", ERR_FAILED, NULL },
};

/* Set *e for a statement that failed. Returns its code. */
static int explain(const PGresult *r, struct err *e)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const char *says = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	size_t i = 0;

	if (state == NULL)
		return connection_error(e, ERR_ABSENT, PQresultErrorMessage(r));
	while (strncmp(state, meanings[i].state, strlen(meanings[i].state)) !=
	       0)
		i++;
	connection_error(e, meanings[i].code, says != NULL ? says : state);
	if (meanings[i].advice != NULL)
		err_after(e, "%s", meanings[i].advice);
	return e->code;
}

static int lost(struct server *s, struct err *e)
{
	const char *says = PQerrorMessage(s->c);

	return connection_error(e, ERR_ABSENT,
				*says != '\0' ? says : "connection lost");
}

/* Wait until the connection is readable, or writable while `busy`. */
static int wait_for_server(struct server *s, bool busy, int64_t until,
			   struct err *e)
{
	struct pollfd p = { .fd = PQsocket(s->c),
			    .events = busy ? POLLIN | POLLOUT : POLLIN };
	int64_t left = until - clock_monotonic_ms(&clock_machine);
	int n = left > 0 ? poll(&p, 1, (int)left) : 0;

	if (n < 0 && errno != EINTR)
		return err_errno(e, ERR_ABSENT, "waiting for the server");
	if (left <= 0)
		return err_set(e, ERR_ABSENT,
			       "the server did not answer in %d s",
			       ANSWER_MS / 1000);
	if ((p.revents & ~POLLOUT) != 0 && PQconsumeInput(s->c) == 0)
		return lost(s, e);
	return 0;
}

/* Returns 1 and the next result, 0 and NULL at the end, or a negative code. */
static int next_result(struct server *s, int64_t until, PGresult **r,
		       struct err *e)
{
	int busy;

	*r = NULL;
	while ((busy = PQflush(s->c)) > 0 || PQisBusy(s->c))
		if (busy < 0 || wait_for_server(s, busy > 0, until, e) < 0)
			return busy < 0 ? lost(s, e) : e->code;
	if (busy < 0)
		return lost(s, e);
	*r = PQgetResult(s->c);
	return *r != NULL;
}

static int give_rows(const PGresult *r, const struct server_query *q,
		     struct err *e)
{
	const char *cells[CELLS];
	int n = PQnfields(r), rc = 0;

	if (q->row == NULL || n > CELLS)
		return 0;
	for (int i = 0; i < PQntuples(r) && rc >= 0; i++) {
		for (int k = 0; k < n; k++)
			cells[k] = PQgetvalue(r, i, k);
		rc = q->row(q->ctx, cells, n, e);
	}
	return rc < 0 ? rc : 0;
}

/* Read all results, even after an error, so that another query can follow. */
static int read_results(struct server *s, const struct server_query *q,
			struct err *e)
{
	int64_t until = clock_monotonic_ms(&clock_machine) + ANSWER_MS;
	struct err later;
	PGresult *r;
	int rc = 0, more;

	while ((more = next_result(s, until, &r, rc < 0 ? &later : e)) > 0) {
		ExecStatusType is = PQresultStatus(r);

		if (rc == 0 && is == PGRES_TUPLES_OK)
			rc = give_rows(r, q, e);
		else if (rc == 0 && is != PGRES_COMMAND_OK &&
			 is != PGRES_EMPTY_QUERY)
			rc = explain(r, e);
		PQclear(r);
	}
	return rc < 0 || more == 0 ? rc : e->code;
}

int server_ask(struct server *s, const struct server_query *q, struct err *e)
{
	int sent = q->n == 0 ? PQsendQuery(s->c, q->sql)
			     : PQsendQueryParams(s->c, q->sql, q->n, NULL,
						 q->parameters, NULL, NULL, 0);

	return sent == 1 ? read_results(s, q, e) : lost(s, e);
}

struct cursor_row {
	struct server_cursor *out;
	int rows;
};

static int64_t number_of(const char *cell, int64_t none)
{
	return *cell != '\0' ? strtoll(cell, NULL, 10) : none;
}

static int read_cursor(void *ctx, const char *const *c, int n, struct err *e)
{
	struct cursor_row *row = ctx;
	struct server_cursor *out = row->out;

	if (n != 7)
		return err_set(e, ERR_CONFIG, "cursor() has %d columns", n);
	snprintf(out->at.journal, JOURNAL_ID, "%s", c[0]);
	out->at.change = number_of(c[1], 0);
	out->at.written = number_of(c[2], 0);
	out->pending.first = number_of(c[3], slices_none.first);
	out->pending.last = number_of(c[4], slices_none.last);
	snprintf(out->house, sizeof(out->house), "%s", c[5]);
	row->rows++;
	if (strtol(c[6], NULL, 10) != SCHEMA)
		return err_set(e, ERR_CONFIG,
			       "the server's schema has version %s, and this "
			       "p1pg knows version %d: update the older one",
			       c[6], SCHEMA);
	return 0;
}

int server_cursor(struct server *s, struct server_cursor *out, struct err *e)
{
	struct cursor_row row = { .out = out };
	const struct server_query q = {
		.sql = "SELECT journal, id, written, pending_from, "
		       "pending_to, house_digest, schema FROM fleet.cursor()",
		.row = read_cursor,
		.ctx = &row,
	};
	int rc;

	*out = (struct server_cursor){ .pending = slices_none };
	rc = server_ask(s, &q, e);
	if (rc == 0 && row.rows == 0)
		return err_set(e, ERR_PERMISSION,
			       "the role %s is not a home's: add it with "
			       "p1pg --add-home",
			       PQuser(s->c));
	return rc;
}

enum { STORE_PARAMETERS = 18 };

/* The parameters of store() as text. */
struct store_call {
	char number[STORE_PARAMETERS][NUMBER];
	const char *value[STORE_PARAMETERS]; /* NULL is NULL */
	int n;
};

static void add_number(struct store_call *c, bool known, int64_t value)
{
	snprintf(c->number[c->n], NUMBER, "%" PRId64, value);
	c->value[c->n] = known ? c->number[c->n] : NULL;
	c->n++;
}

static void add_text(struct store_call *c, const char *text)
{
	c->value[c->n++] = text;
}

static void fill(struct store_call *c, const struct server_store *w)
{
	const struct slice_text *t = w->text;
	const bool pending = !slices_is_empty(w->pending);

	add_text(c, w->after.journal);
	add_number(c, !w->again, w->before.change);
	add_number(c, !w->again, w->before.written);
	add_number(c, true, w->after.change);
	add_number(c, true, w->after.written);
	add_number(c, true, w->range.first);
	add_number(c, true, w->range.last);
	add_text(c, t->part[SLICE_READINGS]);
	add_text(c, t->part[SLICE_COUNTER_FROM]);
	add_text(c, t->part[SLICE_COUNTER_TO]);
	add_text(c, w->house);
	add_number(c, t->newest != INT64_MIN, t->newest);
	add_text(c, t->part[SLICE_ELECTRICITY]);
	add_text(c, t->part[SLICE_MBUS]);
	add_text(c, t->part[SLICE_PHASES]);
	add_number(c, pending, w->pending.first);
	add_number(c, pending, w->pending.last);
	add_text(c, w->house != NULL ? w->digest : NULL);
}

int server_store(struct server *s, const struct server_store *what,
		 struct err *e)
{
	static const char sql[] =
		"SELECT fleet.store(journal => $1, before => $2, "
		"before_written => $3, after => $4, after_written => $5, "
		"from_ts => $6, to_ts => $7, readings => $8, "
		"counter_from => $9, counter_to => $10, house => $11, "
		"last_ts => $12, electricity => $13, mbus => $14, "
		"phases => $15, pending_from => $16, pending_to => $17, "
		"house_digest => $18)";
	const struct server_query q = { .sql = sql };
	struct store_call c = { .n = 0 };

	fill(&c, what);
	if (PQsendQueryParams(s->c, sql, c.n, NULL, c.value, NULL, NULL, 0) !=
	    1)
		return lost(s, e);
	return read_results(s, &q, e);
}

char *server_hide_password(struct server *s, const char *role,
			   const char *password, struct err *e)
{
	char *hidden =
		PQencryptPasswordConn(s->c, password, role, "scram-sha-256");
	char *copy = hidden != NULL ? strdup(hidden) : NULL;

	if (copy == NULL)
		connection_error(e, ERR_FAILED, PQerrorMessage(s->c));
	PQfreemem(hidden);
	return copy;
}
