#include "storage/history/journal_changes.h"

#include <stdio.h>
#include <string.h>

#include "storage/history/history_connection.h"

static int read_id(sqlite3 *db, char out[static JOURNAL_ID], struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(
		&s, db, "SELECT value FROM meta WHERE key = 'journal_id'", e);

	out[0] = '\0';
	if (rc == 0)
		rc = stmt_next(&s, e);
	if (rc > 0)
		snprintf(out, JOURNAL_ID, "%s", stmt_string(&s, 0));
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

int journal_changes_now(struct history *h, struct journal_state *out,
			struct err *e)
{
	struct stmt s = { 0 };
	int rc = read_id(h->db, out->journal, e);

	out->change = out->written = 0;
	if (rc == 0)
		rc = stmt_open(&s, h->db,
			       "SELECT id, written_ts FROM change_list "
			       "ORDER BY id DESC LIMIT 1",
			       e);
	if (rc == 0)
		rc = stmt_next(&s, e);
	if (rc > 0) {
		out->change = stmt_key(&s, 0);
		out->written = stmt_key(&s, 1);
	}
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

int journal_changes_known(struct history *h, const struct journal_state *was,
			  bool *known, struct err *e)
{
	char journal[JOURNAL_ID];
	int64_t rows = 0;
	int rc = read_id(h->db, journal, e);

	*known = false;
	if (rc < 0 || journal[0] == '\0' || strcmp(journal, was->journal) != 0)
		return rc;
	rc = stmt_ask_with(h->db,
			   "SELECT count(*) FROM change_list "
			   "WHERE id = ?1 AND written_ts = ?2",
			   (int64_t[]){ was->change, was->written }, 2, 0,
			   &rows, e);
	*known = rows > 0;
	return rc;
}

/* The first or the last instant. */
static int ask_end(sqlite3 *db, const char *sql, int64_t id, int64_t none,
		   int64_t *out, struct err *e)
{
	return stmt_ask_with(db, sql, &id, 1, none, out, e);
}

int journal_changes_since(struct history *h, int64_t id, int64_t *first,
			  int64_t *last, struct err *e)
{
	int rc = ask_end(h->db,
			 "SELECT min(min_ts) FROM change_list WHERE id > ?1 "
			 "AND medium = 'counters'",
			 id, INT64_MAX, first, e);

	return rc < 0 ? rc
		      : ask_end(h->db,
				"SELECT max(max_ts) FROM change_list WHERE "
				"id > ?1 AND medium = 'counters'",
				id, INT64_MIN, last, e);
}
