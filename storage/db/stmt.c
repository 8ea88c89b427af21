#include "storage/db/stmt.h"

#include <string.h>

#include "storage/db/sqlite_error.h"

int stmt_open(struct stmt *s, sqlite3 *db, const char *sql, struct err *e)
{
	*s = (struct stmt){ .db = db, .sql = sqlite3_mprintf("%s", sql) };
	return s->sql != NULL ? 0 : err_memory(e);
}

int stmt_open_text(struct stmt *s, sqlite3 *db, sqlite3_str *sql, struct err *e)
{
	*s = (struct stmt){ .db = db, .sql = sqlite3_str_finish(sql) };
	return s->sql != NULL ? 0 : err_memory(e);
}

/* Returns NULL if that fails; sqlite3_errcode then says why. */
static sqlite3_stmt *prepared(struct stmt *s)
{
	if (s->prepared == NULL &&
	    sqlite3_prepare_v3(s->db, s->sql, -1, SQLITE_PREPARE_PERSISTENT,
			       &s->prepared, NULL) == SQLITE_OK) {
		sqlite3_free(s->sql);
		s->sql = NULL;
	}
	return s->prepared;
}

bool stmt_is_open(const struct stmt *s)
{
	return s->sql != NULL || s->prepared != NULL;
}

void stmt_close(struct stmt *s)
{
	sqlite3_finalize(s->prepared);
	sqlite3_free(s->sql);
	*s = (struct stmt){ 0 };
}

int stmt_open_all(struct stmt *s, sqlite3 *db, const char *const *sql, size_t n,
		  struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < n; i++)
		if (sql[i] != NULL)
			rc = stmt_open(&s[i], db, sql[i], e);
	return rc;
}

void stmt_close_all(struct stmt *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		stmt_close(&s[i]);
}

int stmt_parameters(struct stmt *s)
{
	return sqlite3_bind_parameter_count(prepared(s));
}

int stmt_columns(struct stmt *s)
{
	return sqlite3_column_count(prepared(s));
}

const char *stmt_column_name(struct stmt *s, int column)
{
	return sqlite3_column_name(prepared(s), column);
}

void stmt_bind(struct stmt *s, int at, int64_t v)
{
	sqlite3_bind_int64(prepared(s), at, v);
}

void stmt_bind_all(struct stmt *s, const int64_t *v, int n)
{
	for (int i = 0; i < n; i++)
		stmt_bind(s, 1 + i, v[i]);
}

void stmt_bind_text(struct stmt *s, int at, struct span text)
{
	sqlite3_bind_text(prepared(s), at, text.n ? text.p : "", (int)text.n,
			  SQLITE_TRANSIENT);
}

void stmt_bind_blob(struct stmt *s, int at, struct span bytes)
{
	sqlite3_bind_blob(prepared(s), at, bytes.n ? bytes.p : "", (int)bytes.n,
			  SQLITE_TRANSIENT);
}

void stmt_reset(struct stmt *s)
{
	if (s->prepared == NULL)
		return;
	sqlite3_reset(s->prepared);
	sqlite3_clear_bindings(s->prepared);
}

int stmt_next(struct stmt *s, struct err *e)
{
	int rc;

	if (prepared(s) == NULL)
		return sqlite_error(s->db, sqlite3_errcode(s->db), e);
	rc = sqlite3_step(s->prepared);
	if (rc == SQLITE_ROW)
		return 1;
	rc = rc == SQLITE_DONE ? 0 : sqlite_error(s->db, rc, e);
	stmt_reset(s);
	return rc;
}

int stmt_run(struct stmt *s, struct err *e)
{
	int rc = stmt_next(s, e);

	if (rc > 0)
		stmt_reset(s);
	return rc < 0 ? rc : sqlite3_changes(s->db);
}

static int64_t within(int64_t v, int64_t least, int64_t most)
{
	return v < least ? least : v > most ? most : v;
}

int64_t stmt_key(struct stmt *s, int column)
{
	return sqlite3_column_int64(s->prepared, column);
}

int64_t stmt_int(struct stmt *s, int column)
{
	return within(stmt_key(s, column), -STMT_MOST, STMT_MOST);
}

int64_t stmt_time(struct stmt *s, int column)
{
	return within(stmt_key(s, column), 0, STMT_LAST_TIME);
}

int stmt_type(struct stmt *s, int column)
{
	return sqlite3_column_type(s->prepared, column);
}

bool stmt_is_null(struct stmt *s, int column)
{
	return stmt_type(s, column) == SQLITE_NULL;
}

bool stmt_is_number(struct stmt *s, int column)
{
	int type = stmt_type(s, column);

	return type == SQLITE_INTEGER || type == SQLITE_FLOAT;
}

struct span stmt_text(struct stmt *s, int column)
{
	const char *p = (const char *)sqlite3_column_text(s->prepared, column);

	return (struct span){ p, (size_t)sqlite3_column_bytes(s->prepared,
							      column) };
}

const char *stmt_string(struct stmt *s, int column)
{
	const char *p = (const char *)sqlite3_column_text(s->prepared, column);

	return p != NULL ? p : "";
}

static int value_by(struct stmt *s, int64_t none, int64_t *out,
		    int64_t (*read)(struct stmt *s, int column), struct err *e)
{
	int rc = stmt_next(s, e);

	if (rc < 0)
		return rc;
	*out = rc == 0 || stmt_is_null(s, 0) ? none : read(s, 0);
	if (rc > 0)
		stmt_reset(s);
	return 0;
}

int stmt_value(struct stmt *s, int64_t none, int64_t *out, struct err *e)
{
	return value_by(s, none, out, stmt_int, e);
}

int stmt_value_time(struct stmt *s, int64_t none, int64_t *out, struct err *e)
{
	return value_by(s, none, out, stmt_time, e);
}

int stmt_exec_with(sqlite3 *db, const char *sql, const int64_t *v, int n,
		   struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db, sql, e);

	stmt_bind_all(&s, v, rc == 0 ? n : 0);
	if (rc == 0)
		rc = stmt_run(&s, e);
	stmt_close(&s);
	return rc;
}

int stmt_exec(sqlite3 *db, const char *sql, struct err *e)
{
	int rc = stmt_exec_with(db, sql, NULL, 0, e);

	return rc < 0 ? rc : 0;
}

int stmt_exec_text(sqlite3 *db, sqlite3_str *sql, struct err *e)
{
	char *text = sqlite3_str_finish(sql);
	int rc = text == NULL ? err_memory(e) : stmt_exec(db, text, e);

	sqlite3_free(text);
	return rc;
}

/* Run statements that return no rows, with comments between them. */
int stmt_exec_script(sqlite3 *db, const char *sql, struct err *e)
{
	int rc = 0;

	while (rc >= 0 && *sql != '\0') {
		struct stmt s = { .db = db };

		rc = sqlite3_prepare_v2(db, sql, -1, &s.prepared, &sql);
		rc = rc == SQLITE_OK ? 0 : sqlite_error(db, rc, e);
		if (rc == 0 && s.prepared != NULL) /* NULL: a comment */
			rc = stmt_run(&s, e);
		stmt_close(&s);
	}
	return rc < 0 ? rc : 0;
}

int stmt_ask_with(sqlite3 *db, const char *sql, const int64_t *v, int n,
		  int64_t none, int64_t *out, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db, sql, e);

	stmt_bind_all(&s, v, rc == 0 ? n : 0);
	if (rc == 0)
		rc = stmt_value(&s, none, out, e);
	stmt_close(&s);
	return rc;
}

int stmt_ask(sqlite3 *db, const char *sql, int64_t *out, struct err *e)
{
	return stmt_ask_with(db, sql, NULL, 0, 0, out, e);
}
