/* The statements of storage/install.c. */
#include "storage/install.h"

#include <stdlib.h>

/* The electricity row at, or the last one before, ?1: its counters in order. */
static int open_row(struct stmt *s, sqlite3 *db, const char *where,
		    struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(sql, "SELECT ts");
	for (int q = 0; q < Q_COUNT; q++)
		if (quantities[q].place == PLACE_COUNTER)
			sqlite3_str_appendf(sql, ", %s", quantities[q].column);
	sqlite3_str_appendf(sql, " FROM electricity WHERE ts = %s", where);
	return stmt_open_text(s, db, sql, e);
}

static int open_load(struct stmt *s, sqlite3 *db, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(sql,
			      "SELECT i.channel, i.medium, first_ts, meter, "
			      "identifier <> '', value_offset");
	for (int i = 0; i < ELECTRIC_SERIES; i++)
		sqlite3_str_appendf(sql, ", %s_offset", series[i].column);
	sqlite3_str_appendall(
		sql,
		", begins FROM installation AS i JOIN meter AS m ON m.id = meter"
		" ORDER BY i.channel, i.medium, first_ts");
	return stmt_open_text(s, db, sql, e);
}

static int open_save(struct stmt *s, sqlite3 *db, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(sql, "INSERT INTO installation (channel, medium,"
				   " first_ts, meter, value_offset");
	for (int i = 0; i < ELECTRIC_SERIES; i++)
		sqlite3_str_appendf(sql, ", %s_offset", series[i].column);
	sqlite3_str_appendall(sql, ", begins) VALUES (?, ?, ?, ?, ?");
	for (int i = 0; i < ELECTRIC_SERIES; i++)
		sqlite3_str_appendall(sql, ", ?");
	sqlite3_str_appendall(sql, ", ?)");
	return stmt_open_text(s, db, sql, e);
}

static int open_values(struct installations *in, struct err *e)
{
	int rc = stmt_open(&in->value_at, in->db,
			   "SELECT ts, value FROM mbus "
			   "WHERE meter = ?2 AND ts = ?1",
			   e);

	if (rc == 0)
		rc = stmt_open(&in->value_before, in->db,
			       "SELECT ts, value FROM mbus WHERE meter = ?2 "
			       "AND ts < ?1 ORDER BY ts DESC LIMIT 1",
			       e);
	if (rc == 0)
		rc = stmt_open(&in->next_value, in->db,
			       "SELECT min(ts) FROM mbus WHERE meter = ?3 "
			       "AND ts > ?1 AND ts < ?2",
			       e);
	return rc;
}

int install_open(struct installations *in, sqlite3 *db, struct err *e)
{
	int rc;

	in->db = db;
	rc = open_load(&in->load, db, e);
	if (rc == 0)
		rc = open_save(&in->save, db, e);
	if (rc == 0)
		rc = stmt_open(&in->wipe, db, "DELETE FROM installation", e);
	if (rc == 0)
		rc = open_row(&in->row_at, db, "?1", e);
	if (rc == 0)
		rc = open_row(&in->row_before, db,
			      "(SELECT max(ts) FROM electricity WHERE ts < ?1)",
			      e);
	if (rc == 0)
		rc = stmt_open(&in->next_row, db,
			       "SELECT min(ts) FROM electricity "
			       "WHERE ts > ?1 AND ts < ?2",
			       e);
	return rc == 0 ? open_values(in, e) : rc;
}

void install_close(struct installations *in)
{
	struct stmt *all[] = {
		&in->load,     &in->wipe,	  &in->save,
		&in->row_at,   &in->row_before,	  &in->next_row,
		&in->value_at, &in->value_before, &in->next_value
	};

	for (size_t i = 0; i < COUNT(all); i++)
		stmt_close(all[i]);
	free(in->list);
	in->list = NULL;
	in->n = in->room = 0;
}
