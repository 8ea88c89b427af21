#include "storage/journal/convert_schema_5_copy.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "storage/db/db.h"
#include "storage/db/schema.h"
#include "storage/db/schema_digest.h"
#include "storage/db/stmt.h"
#include "storage/db/transaction.h"
#include "storage/journal/derived_tables.h"

enum {
	STEPS = 20000, /* SQLite instructions between two checks of the clock */
	PERIOD_MS = 200 /* time between two calls of the watch */
};

/* The text of convert_schema_5.sql, followed by a NUL. */
__asm__(".pushsection .rodata\n"
	".globl convert_schema_5_sql\n"
	".hidden convert_schema_5_sql\n"
	"convert_schema_5_sql:\n"
	".incbin \"storage/journal/convert_schema_5.sql\"\n"
	".byte 0\n"
	".popsection\n");
extern const char convert_schema_5_sql[] __attribute__((visibility("hidden")));

/* Tables and views of schema 5 whose names are free now. */
static const char *const gone[] = {
	"calendar_hour",
	"counter_at",
	"mbus_continuous",
};

static int turn(void *ctx)
{
	struct conversion *c = ctx;
	const struct progress_watch *w = &c->o->watch;
	int64_t now = clock_monotonic_ms(&clock_machine);
	struct stat st;

	if (now < c->look_ms)
		return c->stopped;
	c->look_ms = now + PERIOD_MS;
	if (stat(c->next, &st) < 0)
		st.st_size = 0;
	c->stopped |= w->turn(w->ctx, st.st_size, c->expected) != 0;
	return c->stopped;
}

void convert_watch(struct conversion *c, sqlite3 *db)
{
	if (c->o->watch.turn != NULL)
		sqlite3_progress_handler(db, STEPS, turn, c);
}

void convert_say(const struct conversion *c, const char *fmt, ...)
{
	char text[2 * ROTATION_PATH];
	va_list ap;

	if (c->o->watch.say == NULL)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	c->o->watch.say(c->o->watch.ctx, text);
}

static int attach(struct conversion *c, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(c->to);

	sqlite3_str_appendf(sql, "ATTACH %Q AS old",
			    sqlite3_db_filename(c->from, "main"));
	return stmt_exec_text(c->to, sql, e);
}

/*
 * Does the file have what schema 5 lacked? Then its version number was changed.
 */
static bool is_newer(const struct conversion *c)
{
	struct err ignored;
	int64_t newer = 0;

	return stmt_ask(c->from,
			"SELECT count(*) FROM sqlite_schema "
			"WHERE name = 'counter_from'",
			&newer, &ignored) == 0 &&
	       newer > 0;
}

/*
 * If SQLite refuses a statement, the tables do not match the version number.
 * The file is intact, so usually a person changed it, and nothing is moved
 * aside.
 */
static int not_of_its_number(const struct conversion *c, struct err *e)
{
	char text[sizeof(e->text)];

	if (e->code == ERR_DAMAGED) /* it was intact a moment ago */
		return err_set(e, ERR_IO, "reading it failed");
	if (e->code != ERR_FAILED || sqlite3_errcode(c->to) != SQLITE_ERROR)
		return e->code;
	snprintf(text, sizeof(text), "%s", e->text);
	return err_set(e, is_newer(c) ? ERR_DAMAGED : ERR_CONFIG,
		       "its tables are not those of schema %d: %s",
		       SCHEMA_CONVERTED, text);
}

static bool is_gone(const char *name)
{
	for (size_t i = 0; i < COUNT(gone); i++)
		if (strcmp(gone[i], name) == 0)
			return true;
	return schema_digest_has(name);
}

/*
 * Add an object that a person made: type, name and text of a table, index or
 * view.
 */
static int add_own(struct conversion *c, struct stmt *own, struct err *e)
{
	const char *type = stmt_string(own, 0), *name = stmt_string(own, 1);
	sqlite3_str *sql;
	int rc = stmt_exec(c->to, stmt_string(own, 2), e);

	if (rc < 0 || strcmp(type, "table") != 0)
		return rc;
	sql = sqlite3_str_new(c->to);
	sqlite3_str_appendf(sql,
			    "INSERT INTO main.\"%w\" SELECT * FROM old.\"%w\"",
			    name, name);
	return stmt_exec_text(c->to, sql, e);
}

/* An object that cannot be made again does not stop the conversion. */
static int add_all_own(struct conversion *c, struct err *e)
{
	struct stmt own = { 0 };
	int rc = stmt_open(&own, c->from,
			   "SELECT type, name, sql FROM sqlite_schema "
			   "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' "
			   "ORDER BY type = 'trigger', type = 'view', "
			   "type = 'index', name",
			   e);

	while (rc >= 0 && (rc = stmt_next(&own, e)) > 0) {
		if (is_gone(stmt_string(&own, 1)))
			continue;
		rc = add_own(c, &own, e);
		if (rc == ERR_FAILED && !c->stopped) {
			convert_say(c, "the %s %s was not copied: %s",
				    stmt_string(&own, 0), stmt_string(&own, 1),
				    e->text);
			rc = 0;
		}
	}
	stmt_close(&own);
	return rc;
}

static int copy_rows(struct conversion *c, struct err *e)
{
	int rc = attach(c, e);

	if (rc == 0 && stmt_exec_script(c->to, convert_schema_5_sql, e) < 0)
		rc = not_of_its_number(c, e);
	if (rc == 0)
		rc = add_all_own(c, e);
	return rc == 0 ? stmt_exec(c->to, "DETACH old", e) : rc;
}

static int rebuild(const struct derived *r, struct err *e)
{
	int rc = transaction_begin(r->writer->db, e);

	if (rc == 0)
		rc = row_writer_begin(r->writer, e);
	if (rc == 0)
		rc = derived_rebuild(r, e);
	return rc == 0 ? transaction_commit(r->writer->db, e) : rc;
}

static int derive(const struct conversion *c, struct err *e)
{
	const struct damaged_rows how = { .whole = true,
					  .now = c->o->now,
					  .certain = c->o->synchronised };
	struct row_writer w = { 0 };
	struct change_list changes = { 0 };
	struct calendar_tables calendar;
	const struct intervals every = { c->o->interval, c->o->interval };
	const struct derived rest = { &w, &calendar, &changes, NULL, 0 };
	int rc = calendar_tables_open(&calendar, c->to, true, e);

	if (rc == 0)
		rc = row_writer_open(&w, c->to, &every, &c->o->limits, e);
	if (rc == 0)
		rc = other_meters_choose(&w.others, c->o->house, c->o->also, e);
	if (rc == 0)
		rc = change_list_open(&changes, c->to, e);
	if (rc == 0)
		rc = derived_move_impossible(&rest, &how, &c->o->repairs, e);
	if (rc == 0)
		rc = rebuild(&rest, e);
	change_list_close(&changes);
	row_writer_close(&w);
	return rc;
}

int convert_copy(struct conversion *c, struct err *e)
{
	int rc = db_open_copy(&c->to, c->next, true, e);

	if (rc == 0)
		rc = schema_prepare(c->to, e);
	if (rc == 0)
		rc = stmt_exec(c->to, "PRAGMA journal_mode = MEMORY", e);
	if (rc == 0)
		rc = schema_make(c->to, e);
	if (rc < 0)
		return rc;
	convert_watch(c, c->to);
	rc = copy_rows(c, e);
	return rc == 0 ? derive(c, e) : rc;
}
