#include "storage/journal/runs_table.h"

#include <stdio.h>
#include <string.h>

#include "base/array.h"

#define ONE(quantity) Q_##quantity
#define SUM(q) Q_##q##_TOTAL
#define MBUS SERIES_COUNT
#define X(id, name, unit, medium, from)                                        \
	_Static_assert((int)(from) == (int)SERIES_##id ||                      \
			       (int)(from) == (int)MBUS,                       \
		       "electricity's series are its registers, in order");
SERIES(X)
#undef X
_Static_assert((int)ELECTRIC_SERIES == (int)JUDGE_REGISTERS,
	       "each register has a series");

static const char rolled[] = "roll-over", reset[] = "reset";

int run_list_add(struct run_list *list, const struct run *run, struct err *e)
{
	struct run *runs =
		array_grow(list->runs, list->n, &list->room, sizeof(*runs));

	if (runs == NULL)
		return err_memory(e);
	list->runs = runs;
	runs[list->n++] = *run;
	return 0;
}

/* The index of a line's first offset column; that of value_offset is 0. */
static int offset_of(const struct run_line *l)
{
	return l->kind == KIND_MBUS ? 0 : 1;
}

static struct run read_run(const struct run_line *l, struct stmt *s)
{
	struct span word = stmt_text(s, 3);
	struct run run = { .first_ts = stmt_key(s, 0),
			   .meter = stmt_key(s, 1),
			   .channel = stmt_key(s, 2) };

	if (span_eq(word, span_of(rolled)))
		run.begins = RUN_ROLLED;
	else if (span_eq(word, span_of(reset)))
		run.begins = RUN_RESET;
	for (int i = 0; i < meter_kind_counters(l->kind); i++) {
		int column = 4 + offset_of(l) + i;

		run.offset[i] = stmt_key(s, column);
		if (!stmt_is_null(s, column))
			run.known |= 1u << i;
	}
	return run;
}

int runs_table_back(const struct run_line *l, struct run *run, struct err *e)
{
	int rc = stmt_next(&l->t->line[l->kind].back, e);

	if (rc > 0)
		*run = read_run(l, &l->t->line[l->kind].back);
	return rc;
}

int runs_table_seek_back(const struct run_line *l, int64_t ts, struct run *run,
			 struct err *e)
{
	struct stmt *s = &l->t->line[l->kind].back;

	stmt_bind(s, 1, l->meter);
	stmt_bind(s, 2, ts);
	return runs_table_back(l, run, e);
}

int runs_table_load(const struct run_line *l, int64_t from,
		    struct run_list *list, struct err *e)
{
	struct stmt *s = &l->t->line[l->kind].load;
	int rc;

	stmt_bind(s, 1, l->meter);
	stmt_bind(s, 2, from);
	while ((rc = stmt_next(s, e)) > 0) {
		const struct run run = read_run(l, s);

		rc = run_list_add(list, &run, e);
		if (rc < 0) {
			stmt_reset(s);
			return rc;
		}
	}
	return rc;
}

static bool same(const struct run *a, const struct run *b)
{
	return a->first_ts == b->first_ts && a->meter == b->meter &&
	       a->channel == b->channel && a->begins == b->begins &&
	       a->known == b->known &&
	       memcmp(a->offset, b->offset, sizeof(a->offset)) == 0;
}

static int drop(struct stmt *s, const struct run *run, struct err *e)
{
	const int64_t which[] = { run->meter, run->first_ts, run->channel };

	stmt_bind_all(s, which, 3);
	return stmt_run(s, e);
}

static int save(struct stmt *s, const struct run_line *l, const struct run *run,
		struct err *e)
{
	stmt_bind(s, 1, run->channel);
	stmt_bind_text(s, 2, span_of(l->medium));
	stmt_bind(s, 3, run->first_ts);
	stmt_bind(s, 4, run->meter);
	if (run->begins != RUN_GOES_ON)
		stmt_bind_text(
			s, 5,
			span_of(run->begins == RUN_ROLLED ? rolled : reset));
	for (int i = 0; i < meter_kind_counters(l->kind); i++)
		if (run->known >> i & 1)
			stmt_bind(s, 6 + offset_of(l) + i, run->offset[i]);
	return stmt_run(s, e);
}

int runs_table_replace(const struct run_line *l, const struct run_list *was,
		       const struct run_list *is, int64_t *shifted,
		       struct err *e)
{
	const struct run *old = was->runs, *old_end = old + was->n;
	const struct run *now = is->runs, *now_end = now + is->n;
	int changed = 0, rc = 0;

	while (rc >= 0 && (old < old_end || now < now_end)) {
		bool gone = now == now_end ||
			    (old < old_end && old->first_ts <= now->first_ts);
		const struct run *run = gone ? old : now;

		if (old < old_end && now < now_end && same(old, now)) {
			old++;
			now++;
			continue;
		}
		changed = 1;
		if (shifted == NULL)
			break;
		if (run->first_ts < *shifted)
			*shifted = run->first_ts;
		if (gone)
			rc = drop(&l->t->s[RUNS_DROP], old++, e);
		else
			rc = save(&l->t->s[RUNS_SAVE], l, now++, e);
	}
	return rc < 0 ? rc : changed;
}

/* From the row before ?1 to the row after ?2. */
#define ROWS(columns, meter)                                                      \
	"SELECT ts, meter, " columns " FROM $table WHERE " meter                  \
	"ts >= ifnull((SELECT max(ts) FROM $table WHERE " meter                   \
	"ts < ?1), ?1) AND ts <= ifnull((SELECT min(ts) FROM $table WHERE " meter \
	"ts > ?2), ?2) ORDER BY ts"

static const struct {
	const char *rows, *runs;
} line_sql[KINDS] = {
	[KIND_MBUS] = { ROWS("channel, value", "meter = ?3 AND "),
			"channel > 0 AND meter = ?1" },
	[KIND_ELECTRICITY] = { ROWS("0, $counters", ""),
			       "channel = 0 AND medium = 'electricity'" },
	[KIND_OTHER] = { ROWS("-1, $counters", "meter = ?3 AND "),
			 "channel < 0 AND meter = ?1" },
};

/* Prepare a statement with the columns of the offsets between two texts. */
static int open_offsets(struct stmt *s, sqlite3 *db, const char *head,
			const char *tail, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendf(sql, "%s, value_offset", head);
	for (int i = 0; i < ELECTRIC_SERIES; i++)
		sqlite3_str_appendf(sql, ", %s_offset", series[i].column);
	sqlite3_str_appendall(sql, tail);
	return stmt_open_text(s, db, sql, e);
}

_Static_assert(ELECTRIC_SERIES == 12, "RUNS_SAVE has as many parameters");

#define LINES                                                                  \
	"SELECT id, medium, EXISTS (SELECT 1 FROM meter AS o WHERE "           \
	"o.medium = m.medium AND o.id <> m.id AND +o.other IS NULL), "         \
	"ifnull(other, 0) FROM meter AS m"

/* Did an M-Bus meter appear with such an electricity meter e? */
#define CAME(meter, such)                                                      \
	"EXISTS (SELECT 1 FROM came_with AS w JOIN meter AS e "                \
	"ON e.id = w.beside WHERE w.meter = " meter " AND " such ")"

/* A meter that is no longer added loses its runs. */
#define ADDED "SELECT id, 'electricity', 0, ifnull(other, 1) FROM meter WHERE "

static const char *const sql[] = {
	[RUNS_LINES] = LINES " WHERE medium = ?1",
	[RUNS_ALL] = LINES,
	[RUNS_ADDED] = ADDED "id = ?1",
	[RUNS_ALL_ADDED] = (ADDED "other <> 0 OR id IN (SELECT meter "
				  "FROM installation WHERE channel = -1)"),
	/* An added meter has its own M-Bus. */
	[RUNS_BETWEEN] =
		"SELECT EXISTS (SELECT 1 FROM meter AS m "
		"CROSS JOIN mbus AS v ON v.meter = m.id "
		"WHERE m.medium = ?1 AND m.id <> ?2 "
		"AND +m.other IS NULL "
		"AND v.ts > ?4 AND v.ts < ?5 AND v.channel = ?3 "
		"AND v.time_source <> 3 AND NOT EXISTS (SELECT 1 "
		"FROM meter AS a WHERE a.other < 0 AND "
		"(" CAME("m.id", "e.id = a.id") " <> " CAME("?2", "e.id = a.id") " OR " CAME(
			"m.id",
			"e.other IS NULL") " <> " CAME("?2",
						       "e.other IS NULL") ")))",
	[RUNS_DROP] = ("DELETE FROM installation WHERE meter = ?1 "
		       "AND first_ts = ?2 AND channel = ?3"),
};

static int open_runs(struct stmt *s, sqlite3 *db, enum kind k, const char *tail,
		     struct err *e)
{
	char text[128];

	snprintf(text, sizeof(text),
		 " FROM installation WHERE %s AND first_ts %s",
		 line_sql[k].runs, tail);
	return open_offsets(s, db, "SELECT first_ts, meter, channel, begins",
			    text, e);
}

int runs_table_open(struct runs_table *t, sqlite3 *db, struct err *e)
{
	int rc;

	*t = (struct runs_table){ 0 };
	rc = stmt_open_all(t->s, db, sql, COUNT(sql), e);
	if (rc == 0)
		rc = open_offsets(&t->s[RUNS_SAVE], db,
				  "INSERT INTO installation (channel, medium, "
				  "first_ts, meter, begins",
				  ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
				  "?, ?, ?, ?, ?, ?, ?)",
				  e);
	for (enum kind k = 0; rc == 0 && k < KINDS; k++) {
		rc = meter_kind_open(&t->line[k].rows, db, k, line_sql[k].rows,
				     e);
		if (rc == 0)
			rc = open_runs(&t->line[k].load, db, k,
				       ">= ?2 ORDER BY first_ts", e);
		if (rc == 0)
			rc = open_runs(&t->line[k].back, db, k,
				       "<= ?2 ORDER BY first_ts DESC", e);
	}
	return rc;
}

void runs_table_close(struct runs_table *t)
{
	stmt_close_all(t->s, COUNT(t->s));
	for (enum kind k = 0; k < KINDS; k++) {
		stmt_close(&t->line[k].rows);
		stmt_close(&t->line[k].load);
		stmt_close(&t->line[k].back);
	}
}
