#include "storage/journal/row_statements.h"

/* Parameters: the time, each quantity of the table, then the rest. */
enum {
	AT_TS = 1,
	AT_QUANTITY = 2,
	AT_NOTE_VALUE = 2,
	AT_NOTE_TEXT = AT_NOTE_VALUE + EVENT_VALUES,
};

enum {
	ELECTRICITY = 1 << PLACE_COUNTER | 1 << PLACE_POWER,
	PHASES = 1 << PLACE_PHASE,
};

static bool in_places(int q, unsigned places)
{
	return places >> quantities[q].place & 1;
}

static void names(sqlite3_str *sql, unsigned places)
{
	for (int q = 0; q < Q_COUNT; q++)
		if (in_places(q, places))
			sqlite3_str_appendf(sql, ", %s", quantities[q].column);
}

/*
 * Print the parameters of the quantities; returns the number of the next one.
 */
static int numbers(sqlite3_str *sql, unsigned places)
{
	int at = AT_QUANTITY;

	for (int q = 0; q < Q_COUNT; q++)
		if (in_places(q, places))
			sqlite3_str_appendf(sql, ", ?%d", at++);
	return at;
}

/*
 * Print the condition that no row is in the interval of parameter `at` that ?1
 * falls into.
 */
static void when_slot_free(sqlite3_str *sql, const char *table, int at)
{
	sqlite3_str_appendf(sql,
			    " WHERE NOT EXISTS (SELECT 1 FROM %s WHERE"
			    " ts >= ?1 - ?1 %% ?%d AND"
			    " ts < ?1 - ?1 %% ?%d + ?%d",
			    table, at, at, at);
}

static int open_electricity(struct stmt *s, sqlite3 *db, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	int at;

	sqlite3_str_appendall(sql, "INSERT OR IGNORE INTO electricity (ts");
	names(sql, ELECTRICITY);
	sqlite3_str_appendall(sql, ", power_import_max_w, power_export_max_w, "
				   "time_source, meter, weight) VALUES (?1");
	at = numbers(sql, ELECTRICITY);
	for (int i = 0; i < 5; i++)
		sqlite3_str_appendf(sql, ", ?%d", at + i);
	sqlite3_str_appendall(sql, ")");
	return stmt_open_text(s, db, sql, e);
}

/*
 * With `check`, insert only if the interval is free; without, it is known to
 * be.
 */
static int open_phases(struct stmt *s, sqlite3 *db, bool check, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	int at;

	sqlite3_str_appendall(sql, "INSERT INTO phases (ts");
	names(sql, PHASES);
	sqlite3_str_appendall(sql, ") SELECT ?1");
	at = numbers(sql, PHASES);
	if (check) {
		when_slot_free(sql, "phases", at);
		sqlite3_str_appendall(sql, ")");
	}
	return stmt_open_text(s, db, sql, e);
}

struct rare {
	const char *table;
	enum place place;
};

static const struct rare rare[RARE_TABLES] = {
	[RARE_QUALITY] = { "quality", PLACE_QUALITY },
	[RARE_STATE] = { "state", PLACE_STATE },
};

static void same_values(sqlite3_str *sql, enum place place)
{
	int at = AT_QUANTITY;

	for (int q = 0; q < Q_COUNT; q++)
		if (quantities[q].place == place)
			sqlite3_str_appendf(sql, " AND %s IS ?%d",
					    quantities[q].column, at++);
}

/* A row is valid until the next one, so only changes become rows. */
static int open_rare(struct stmt *s, sqlite3 *db, const struct rare *r,
		     struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(sql, "INSERT OR IGNORE INTO %s (ts", r->table);
	names(sql, 1u << r->place);
	sqlite3_str_appendall(sql, ") SELECT ?1");
	numbers(sql, 1u << r->place);
	sqlite3_str_appendf(sql,
			    " WHERE NOT EXISTS (SELECT 1 FROM %s WHERE ts ="
			    " (SELECT max(ts) FROM %s WHERE ts <= ?1)",
			    r->table, r->table);
	same_values(sql, r->place);
	sqlite3_str_appendall(sql, ")");
	return stmt_open_text(s, db, sql, e);
}

/* If an older row is added late, the one after it may no longer be a change. */
static int open_merge(struct stmt *s, sqlite3 *db, const struct rare *r,
		      struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(sql,
			    "DELETE FROM %s WHERE ts ="
			    " (SELECT min(ts) FROM %s WHERE ts > ?1)",
			    r->table, r->table);
	same_values(sql, r->place);
	return stmt_open_text(s, db, sql, e);
}

/* ?1 the time, ?2 to ?4 the values, ?5 and ?6 the texts. */
static const char *const event_sql[EVENT_KINDS] = {
	[EVENT_DEMAND] =
		"INSERT INTO demand (quarter_ts, ts, demand_average_w, "
		"demand_peak_w, demand_peak_ts) "
		"VALUES (?1 - ?1 % 900, ?1, ?2, ?3, ?4) "
		"ON CONFLICT DO UPDATE SET ts = excluded.ts, "
		"demand_average_w = excluded.demand_average_w, "
		"demand_peak_w = excluded.demand_peak_w, "
		"demand_peak_ts = excluded.demand_peak_ts "
		"WHERE excluded.ts > ts",
	[EVENT_PEAK] =
		"INSERT INTO month_peak (month_end_ts, peak_ts, peak_w) "
		"VALUES (?1, ?3, ?2) "
		"ON CONFLICT DO UPDATE SET peak_ts = excluded.peak_ts, "
		"peak_w = excluded.peak_w WHERE excluded.peak_w > peak_w",
	[EVENT_FAILURE] =
		"INSERT OR IGNORE INTO power_failure (end_ts, seconds) "
		"VALUES (?1, ?2)",
	[EVENT_MESSAGE] =
		"INSERT OR IGNORE INTO message (ts, text, code) "
		"SELECT ?1, ?5, ?6 "
		"WHERE NOT EXISTS (SELECT 1 FROM message WHERE ts = (SELECT "
		"max(ts) FROM message WHERE ts <= ?1) AND text = ?5 "
		"AND code = ?6) AND (?5 <> '' OR ?6 <> '' "
		"OR EXISTS (SELECT 1 FROM message WHERE ts < ?1))",
	[EVENT_IDENTITY] =
		"INSERT OR IGNORE INTO identity (meter, ts, header, version) "
		"SELECT ?2, ?1, ?5, ?6 "
		"WHERE NOT EXISTS (SELECT 1 FROM identity WHERE meter = ?2 "
		"AND ts = (SELECT max(ts) FROM identity WHERE meter = ?2 "
		"AND ts <= ?1) AND header = ?5 AND version = ?6)",
	[EVENT_CLOCK] =
		"INSERT OR IGNORE INTO clock (ts, skew_s, synchronised) "
		"SELECT ?1, ?2, ?3 WHERE NOT "
		"EXISTS (SELECT 1 FROM clock WHERE ts = (SELECT max(ts) "
		"FROM clock WHERE ts <= ?1) AND abs(skew_s - ?2) <= 5 "
		"AND synchronised = ?3)",
};

static const char *const event_merge_sql[EVENT_KINDS] = {
	[EVENT_MESSAGE] =
		"DELETE FROM message WHERE ts = (SELECT min(ts) "
		"FROM message WHERE ts > ?1) AND text = ?5 AND code = ?6",
	[EVENT_IDENTITY] =
		"DELETE FROM identity WHERE meter = ?2 AND ts = (SELECT "
		"min(ts) FROM identity WHERE meter = ?2 AND ts > ?1) "
		"AND header = ?5 AND version = ?6",
};

static int open_events(struct row_statements *w, sqlite3 *db, struct err *e)
{
	int rc = stmt_open_all(w->event, db, event_sql, EVENT_KINDS, e);

	return rc < 0 ? rc
		      : stmt_open_all(w->event_merge, db, event_merge_sql,
				      EVENT_KINDS, e);
}

int row_statements_open(struct row_statements *w, sqlite3 *db, struct err *e)
{
	int rc = open_electricity(&w->electricity, db, e);

	if (rc == 0)
		rc = open_phases(&w->phases, db, true, e);
	if (rc == 0)
		rc = open_phases(&w->phases_free, db, false, e);
	if (rc == 0)
		rc = stmt_open(&w->value, db,
			       "INSERT OR IGNORE INTO mbus "
			       "(meter, ts, value, channel, time_source)"
			       " VALUES (?1, ?2, ?3, ?4, ?5)",
			       e);
	if (rc == 0)
		rc = stmt_open(
			&w->fold, db,
			"UPDATE electricity SET weight = max(1, weight + ?3) "
			"WHERE ts = ?2 AND meter = ?1",
			e);
	for (int i = 0; rc == 0 && i < RARE_TABLES; i++) {
		rc = open_rare(&w->rare[i], db, &rare[i], e);
		if (rc == 0)
			rc = open_merge(&w->rare_merge[i], db, &rare[i], e);
	}
	return rc == 0 ? open_events(w, db, e) : rc;
}

void row_statements_close(struct row_statements *w)
{
	stmt_close(&w->electricity);
	stmt_close(&w->phases);
	stmt_close(&w->phases_free);
	stmt_close(&w->value);
	stmt_close(&w->fold);
	stmt_close_all(w->rare, RARE_TABLES);
	stmt_close_all(w->rare_merge, RARE_TABLES);
	stmt_close_all(w->event, EVENT_KINDS);
	stmt_close_all(w->event_merge, EVENT_KINDS);
}

/* Returns the number of the parameter after the quantities. */
static int bind_places(struct stmt *s, const struct pending_row *r,
		       unsigned places)
{
	int at = AT_QUANTITY;

	stmt_bind(s, AT_TS, r->ts);
	for (int q = 0; q < Q_COUNT; q++) {
		if (!in_places(q, places))
			continue;
		if (r->have >> q & 1)
			stmt_bind(s, at, r->value[q]);
		at++;
	}
	return at;
}

int row_statements_electricity(struct row_statements *w,
			       const struct pending_row *r, int64_t meter,
			       struct err *e)
{
	struct stmt *s = &w->electricity;
	int at = bind_places(s, r, ELECTRICITY);

	for (int i = 0; i < 2; i++)
		if (r->max_w[i] >= 0)
			stmt_bind(s, at + i, r->max_w[i]);
	stmt_bind(s, at + 2, r->source);
	stmt_bind(s, at + 3, meter);
	stmt_bind(s, at + 4, r->weight);
	return stmt_run(s, e);
}

int row_statements_fold(struct row_statements *w, int64_t meter, int64_t ts,
			int64_t weight, struct err *e)
{
	stmt_bind(&w->fold, 1, meter);
	stmt_bind(&w->fold, 2, ts);
	stmt_bind(&w->fold, 3, weight);
	return stmt_run(&w->fold, e);
}

int row_statements_phases(struct row_statements *w, const struct pending_row *r,
			  long interval, struct err *e)
{
	struct stmt *s = interval ? &w->phases : &w->phases_free;
	int at = bind_places(s, r, PHASES);

	if (interval)
		stmt_bind(s, at, interval);
	return stmt_run(s, e);
}

int row_statements_rare(struct row_statements *w, const struct pending_row *r,
			struct err *e)
{
	int added = 0;

	for (int i = 0; i < RARE_TABLES; i++) {
		unsigned place = 1u << rare[i].place;
		int rc;

		if ((r->tables & place) == 0)
			continue;
		bind_places(&w->rare[i], r, place);
		rc = stmt_run(&w->rare[i], e);
		if (rc <= 0) {
			if (rc < 0)
				return rc;
			continue;
		}
		added += rc;
		bind_places(&w->rare_merge[i], r, place);
		rc = stmt_run(&w->rare_merge[i], e);
		if (rc < 0)
			return rc;
	}
	return added;
}

int row_statements_value(struct row_statements *w, int64_t meter,
			 const struct pending_value *v, struct err *e)
{
	stmt_bind(&w->value, 1, meter);
	stmt_bind(&w->value, 2, v->ts);
	stmt_bind(&w->value, 3, v->value);
	stmt_bind(&w->value, 4, v->channel);
	stmt_bind(&w->value, 5, v->source);
	return stmt_run(&w->value, e);
}

static void bind_event(struct stmt *s, const struct event *n, int64_t meter)
{
	stmt_bind(s, AT_TS, n->ts);
	for (int i = 0; i < EVENT_VALUES; i++)
		if (n->have >> i & 1)
			stmt_bind(s, AT_NOTE_VALUE + i, n->v[i]);
	if (n->kind == EVENT_IDENTITY)
		stmt_bind(s, AT_NOTE_VALUE, meter);
	for (int i = 0; i < EVENT_TEXTS; i++)
		stmt_bind_text(s, AT_NOTE_TEXT + i,
			       span_of(n->text[i] ? n->text[i] : ""));
}

int row_statements_event(struct row_statements *w, const struct event *n,
			 int64_t meter, struct err *e)
{
	struct stmt *merge = &w->event_merge[n->kind];
	int added, rc = 0;

	bind_event(&w->event[n->kind], n, meter);
	added = stmt_run(&w->event[n->kind], e);
	if (added > 0 && stmt_is_open(merge)) {
		bind_event(merge, n, meter);
		rc = stmt_run(merge, e);
	}
	return rc < 0 ? rc : added;
}
