#include "storage/journal/hourly_row.h"

#include <stdio.h>
#include <string.h>

const char *const counter_tables[SIDES] = { "counter_from", "counter_to" };

/* Print all columns after ts, each after a comma. */
static void put_columns(sqlite3_str *sql, enum side side)
{
	if (side == SIDE_FROM)
		sqlite3_str_appendall(sql, ", hour");
	for (int s = 0; s < SERIES_COUNT; s++)
		sqlite3_str_appendf(sql, ", %s", series[s].column);
	for (int i = 0; i < SERIES_GAPS; i++)
		sqlite3_str_appendf(sql, ", %s", series_gaps[i].column);
}

int hourly_row_open_write(struct stmt *s, sqlite3 *db, enum side side,
			  struct err *e)
{
	int columns = (side == SIDE_FROM) + SERIES_COUNT + SERIES_GAPS;
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(sql, "INSERT OR REPLACE INTO %s (ts",
			    counter_tables[side]);
	put_columns(sql, side);
	sqlite3_str_appendall(sql, ") VALUES (?");
	for (int i = 0; i < columns; i++)
		sqlite3_str_appendall(sql, ", ?");
	sqlite3_str_appendall(sql, ")");
	return stmt_open_text(s, db, sql, e);
}

int hourly_row_open_list(struct stmt *s, sqlite3 *db, enum side side,
			 struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(sql, "SELECT ts");
	put_columns(sql, side);
	sqlite3_str_appendf(sql,
			    " FROM %s WHERE ts > ?1 AND ts < ?2 ORDER BY ts",
			    counter_tables[side]);
	return stmt_open_text(s, db, sql, e);
}

void hourly_row_bind_range(struct stmt *s, const struct boundary_range *r)
{
	stmt_bind(s, 1, r->after);
	stmt_bind(s, 2, r->before);
}

static bool is_known(const struct series_range *r, int64_t ts, enum side side)
{
	return side == SIDE_FROM ? ts <= r->last : r->first < ts;
}

bool hourly_row_is_wanted(const struct boundary *b, enum side side,
			  const struct series_extent *extent)
{
	return is_known(&extent->all, b->ts, side);
}

struct boundary hourly_row_of(const struct boundary *b, enum side side,
			      const struct series_extent *extent)
{
	struct boundary row = *b;

	if (side == SIDE_TO)
		row.hour[0] = '\0';
	for (int s = 0; s < SERIES_COUNT; s++)
		if (!is_known(&extent->of[s], b->ts, side))
			row.have &= ~(UINT32_C(1) << s);
	for (int m = 0; m < MEDIUM_COUNT; m++)
		if (!is_known(&extent->medium[m], b->ts, side))
			row.gap_s[m] = -1;
	return row;
}

int hourly_row_write(struct stmt *s, const struct boundary *b, enum side side,
		     struct err *e)
{
	int at = 1;

	stmt_bind(s, at++, b->ts);
	if (side == SIDE_FROM)
		stmt_bind_text(s, at++, span_of(b->hour));
	for (int i = 0; i < SERIES_COUNT; i++, at++)
		if (b->have >> i & 1)
			stmt_bind(s, at, b->counter[i]);
	for (int i = 0; i < SERIES_GAPS; i++, at++)
		if (b->gap_s[series_gaps[i].medium] >= 0)
			stmt_bind(s, at, b->gap_s[series_gaps[i].medium]);
	return stmt_run(s, e) < 0 ? e->code : 0;
}

struct boundary hourly_row_read(struct stmt *s, enum side side)
{
	struct boundary b = { .ts = stmt_time(s, 0) };
	int at = 1;

	if (side == SIDE_FROM)
		snprintf(b.hour, sizeof(b.hour), "%s", stmt_string(s, at++));
	for (int i = 0; i < SERIES_COUNT; i++, at++) {
		b.counter[i] = stmt_key(s, at);
		b.have |= (uint32_t)!stmt_is_null(s, at) << i;
	}
	for (int m = 0; m < MEDIUM_COUNT; m++)
		b.gap_s[m] = -1;
	for (int i = 0; i < SERIES_GAPS; i++, at++)
		if (!stmt_is_null(s, at))
			b.gap_s[series_gaps[i].medium] = stmt_key(s, at);
	return b;
}

const char *hourly_row_difference(const struct boundary *a,
				  const struct boundary *b, enum side side)
{
	if (side == SIDE_FROM && strcmp(a->hour, b->hour) != 0)
		return "hour";
	for (int s = 0; s < SERIES_COUNT; s++) {
		uint32_t bit = UINT32_C(1) << s;

		if ((a->have ^ b->have) & bit ||
		    (a->have & bit && a->counter[s] != b->counter[s]))
			return series[s].column;
	}
	for (int i = 0; i < SERIES_GAPS; i++)
		if (a->gap_s[series_gaps[i].medium] !=
		    b->gap_s[series_gaps[i].medium])
			return series_gaps[i].column;
	return NULL;
}
