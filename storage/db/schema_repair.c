#include "storage/db/schema_repair.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "storage/db/schema.h"
#include "storage/db/schema_digest.h"
#include "storage/db/sqlite_error.h"
#include "storage/db/stmt.h"
#include "storage/db/transaction.h"

/* The database to repair, the model to compare it with, and where to report. */
struct repair {
	sqlite3 *db, *model;
	const struct repair_report *told;
};

/* Add a column of the model that the table lacks. */
static int add_missing(struct repair *p, const char *table, struct stmt *column,
		       struct err *e)
{
	bool must = stmt_int(column, 2) != 0;
	bool preset = !stmt_is_null(column, 3);
	sqlite3_str *sql;

	if (stmt_int(column, 4) != 0 || (must && !preset))
		return err_set(e, ERR_DAMAGED,
			       "the database is damaged: the table %s has no "
			       "column %s",
			       table, stmt_string(column, 0));
	sql = sqlite3_str_new(p->db);
	sqlite3_str_appendf(sql, "ALTER TABLE %s ADD COLUMN %s %s", table,
			    stmt_string(column, 0), stmt_string(column, 1));
	if (must)
		sqlite3_str_appendf(sql, " NOT NULL DEFAULT %s",
				    stmt_string(column, 3));
	repair_report_say(p->told,
			  "the table %s had no column %s: recreated, empty",
			  table, stmt_string(column, 0));
	return stmt_exec_text(p->db, sql, e);
}

#define COLUMN_OF_TABLE                                                        \
	"SELECT name, type, \"notnull\", dflt_value, pk "                      \
	"FROM pragma_table_info(?1)"

static int mend_column(struct repair *p, const char *table, struct stmt *want,
		       struct stmt *have, struct err *e)
{
	bool same;
	int rc;

	stmt_reset(have);
	stmt_bind_text(have, 1, span_of(table));
	stmt_bind_text(have, 2, stmt_text(want, 0));
	rc = stmt_next(have, e);
	if (rc <= 0)
		return rc < 0 ? rc : add_missing(p, table, want, e);
	same = span_eq(stmt_text(want, 1), stmt_text(have, 1)) &&
	       stmt_int(want, 2) == stmt_int(have, 2) &&
	       stmt_int(want, 4) == stmt_int(have, 4);
	stmt_reset(have);
	return same ? 0
		    : err_set(e, ERR_DAMAGED,
			      "the database is damaged: the column %s of the "
			      "table %s is not as p1logger made it",
			      stmt_string(want, 0), table);
}

static int mend_columns(struct repair *p, const char *table, struct err *e)
{
	struct stmt want = { 0 }, have = { 0 };
	int rc = stmt_open(&want, p->model, COLUMN_OF_TABLE, e);

	if (rc == 0)
		rc = stmt_open(&have, p->db, COLUMN_OF_TABLE " WHERE name = ?2",
			       e);
	if (rc == 0)
		stmt_bind_text(&want, 1, span_of(table));
	while (rc >= 0 && (rc = stmt_next(&want, e)) > 0)
		rc = mend_column(p, table, &want, &have, e);
	stmt_close(&want);
	stmt_close(&have);
	return rc;
}

/* First remove what has the object's name but is something else. */
static int make_again(struct repair *p, struct stmt *want, const char *was,
		      struct err *e)
{
	const char *type = stmt_string(want, 0), *name = stmt_string(want, 1);
	int rc = 0;

	if (was[0] != '\0') {
		sqlite3_str *sql = sqlite3_str_new(p->db);

		sqlite3_str_appendf(sql, "DROP %s %s", was, name);
		rc = stmt_exec_text(p->db, sql, e);
	}
	repair_report_say(p->told, "the %s %s was %s: recreated%s", type, name,
			  was[0] ? "changed" : "missing",
			  strcmp(type, "table") == 0 ? ", empty" : "");
	return rc == 0 ? stmt_exec(p->db, stmt_string(want, 2), e) : rc;
}

/* `want`: type, name and text of an object of the model. */
static int mend_object(struct repair *p, struct stmt *want, struct err *e)
{
	const char *type = stmt_string(want, 0), *name = stmt_string(want, 1);
	struct stmt have = { 0 };
	char was[16] = "";
	bool same = false;
	int rc = stmt_open(&have, p->db,
			   "SELECT type, sql FROM sqlite_schema "
			   "WHERE name = ?1",
			   e);

	if (rc == 0) {
		stmt_bind_text(&have, 1, span_of(name));
		rc = stmt_next(&have, e);
	}
	if (rc > 0) {
		snprintf(was, sizeof(was), "%s", stmt_string(&have, 0));
		same = span_eq(stmt_text(want, 2), stmt_text(&have, 1));
	}
	stmt_close(&have);
	if (rc < 0)
		return rc;
	if (strcmp(type, "table") == 0 && strcmp(was, "table") == 0)
		return same ? 0 : mend_columns(p, name, e);
	return same ? 0 : make_again(p, want, was, e);
}

/* Repair tables, then their indexes, then their views. */
static int mend_objects(struct repair *p, struct err *e)
{
	struct stmt want = { 0 };
	int rc = stmt_open(&want, p->model,
			   "SELECT type, name, sql FROM sqlite_schema "
			   "WHERE sql IS NOT NULL ORDER BY "
			   "type = 'view', type = 'index', name",
			   e);

	while (rc >= 0 && (rc = stmt_next(&want, e)) > 0)
		rc = mend_object(p, &want, e);
	stmt_close(&want);
	return rc;
}

static int open_model(sqlite3 **model, struct err *e)
{
	int rc = sqlite3_open_v2(":memory:", model,
				 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
					 SQLITE_OPEN_NOMUTEX,
				 NULL);

	if (*model == NULL)
		return err_memory(e);
	return rc == SQLITE_OK ? schema_make(*model, e)
			       : sqlite_error(*model, rc, e);
}

static int mend_all(sqlite3 *db, const struct repair_report *r, struct err *e)
{
	struct repair p = { .db = db, .told = r };
	int rc = open_model(&p.model, e);

	if (rc == 0)
		rc = transaction_begin(db, e);
	if (rc == 0)
		rc = mend_objects(&p, e);
	if (rc == 0)
		rc = schema_digest_seal(db, e);
	if (rc == 0)
		rc = transaction_commit(db, e);
	if (rc < 0)
		transaction_rollback(db);
	sqlite3_close(p.model);
	return rc;
}

/* Can this index refuse a row? */
static int is_refusing(sqlite3 *db, const char *name, int64_t *refuses,
		       struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db,
			   "SELECT l.\"unique\" OR l.partial OR EXISTS "
			   "(SELECT 1 FROM pragma_index_xinfo(i.name) "
			   "WHERE cid = -2) FROM sqlite_schema AS i, "
			   "pragma_index_list(i.tbl_name) AS l "
			   "WHERE i.name = ?1 AND l.name = i.name",
			   e);

	if (rc == 0) {
		stmt_bind_text(&s, 1, span_of(name));
		rc = stmt_value(&s, 0, refuses, e);
	}
	stmt_close(&s);
	return rc;
}

/* Get the next foreign index that can refuse a row: its name and table. */
static int next_refusing(sqlite3 *db, struct stmt *s, struct err *e)
{
	int rc = !stmt_is_open(s)
			 ? stmt_open(s, db,
				     "SELECT name, tbl_name FROM sqlite_schema "
				     "WHERE type = 'index' AND sql IS NOT NULL",
				     e)
			 : 0;

	while (rc >= 0 && (rc = stmt_next(s, e)) > 0) {
		int64_t refuses = 0;

		if (schema_digest_has(stmt_string(s, 0)) ||
		    !schema_digest_has(stmt_string(s, 1)))
			continue;
		rc = is_refusing(db, stmt_string(s, 0), &refuses, e);
		if (refuses)
			return 1;
	}
	return rc;
}

static int drop_refusing(sqlite3 *db, const struct repair_report *r,
			 struct err *e)
{
	int rc;

	do {
		struct stmt s = { 0 };
		sqlite3_str *sql = NULL;

		rc = next_refusing(db, &s, e);
		if (rc > 0) {
			sql = sqlite3_str_new(db);
			sqlite3_str_appendf(sql, "DROP INDEX \"%w\"",
					    stmt_string(&s, 0));
			repair_report_say(
				r,
				"the index %s on %s could refuse readings: "
				"dropped",
				stmt_string(&s, 0), stmt_string(&s, 1));
		}
		stmt_close(&s);
		if (rc > 0 && stmt_exec_text(db, sql, e) < 0)
			rc = e->code;
	} while (rc > 0);
	return rc;
}

int schema_repair(sqlite3 *db, const struct repair_report *r, struct err *e)
{
	int sealed, rc = schema_digest_sealed(db, &sealed, e);

	if (rc == 0 && sealed <= 0)
		rc = mend_all(db, r, e);
	return rc == 0 ? drop_refusing(db, r, e) : rc;
}
