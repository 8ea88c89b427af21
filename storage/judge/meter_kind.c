#include "storage/judge/meter_kind.h"

#include <string.h>

_Static_assert(KIND_QUANTITIES == 17 && (int)Q_IMPORT_TOTAL == 0,
	       "counters and powers are the first quantities");

const char *meter_kind_register(enum kind k, int where)
{
	return k == KIND_MBUS ? "value" : quantities[where].name;
}

const char *meter_kind_column(enum kind k, int where)
{
	return k == KIND_MBUS ? "value" : quantities[where].column;
}

/* Print n columns; those after the quantities are the powers' peaks. */
static void put_columns(sqlite3_str *sql, enum kind k, int n)
{
	for (int i = 0; i < n && i < KIND_QUANTITIES; i++) {
		sqlite3_str_appendall(sql, i > 0 ? ", " : "");
		sqlite3_str_appendall(sql, meter_kind_column(k, i));
	}
	if (n > KIND_QUANTITIES)
		sqlite3_str_appendall(sql, ", power_import_max_w, "
					   "power_export_max_w");
}

static void put_values(sqlite3_str *sql, int n)
{
	for (int i = 0; i < n; i++)
		sqlite3_str_appendf(sql, "%s?%d", i > 0 ? ", " : "",
				    KIND_VALUE + i);
}

static const struct {
	const char *table, *channel, *more;
	int columns;
} words[KINDS] = {
	[KIND_MBUS] = { "mbus", "channel", ", channel", 1 },
	[KIND_ELECTRICITY] = { "electricity", "0", "", KIND_QUANTITIES + 2 },
	[KIND_OTHER] = { "other_electricity", "0", "", JUDGE_REGISTERS },
};

int meter_kind_quantities(enum kind k)
{
	return words[k].columns < KIND_QUANTITIES ? words[k].columns
						  : KIND_QUANTITIES;
}

/* An unknown name leaves a gap, which SQLite refuses. */
static void put_word(sqlite3_str *sql, enum kind k, struct span word)
{
	const int all = words[k].columns;

	if (span_eq(word, SPAN("table")))
		sqlite3_str_appendall(sql, words[k].table);
	else if (span_eq(word, SPAN("counters")))
		put_columns(sql, k, meter_kind_counters(k));
	else if (span_eq(word, SPAN("columns")))
		put_columns(sql, k, all);
	else if (span_eq(word, SPAN("counter_values")))
		put_values(sql, meter_kind_counters(k));
	else if (span_eq(word, SPAN("values")))
		put_values(sql, all);
	else if (span_eq(word, SPAN("channel")))
		sqlite3_str_appendall(sql, words[k].channel);
	else if (span_eq(word, SPAN("more")))
		sqlite3_str_appendall(sql, words[k].more);
}

int meter_kind_open(struct stmt *s, sqlite3 *db, enum kind k, const char *sql,
		    struct err *e)
{
	sqlite3_str *text = sqlite3_str_new(db);
	const char *at;

	while ((at = strchr(sql, '$')) != NULL) {
		size_t n = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz_");

		sqlite3_str_append(text, sql, (int)(at - sql));
		put_word(text, k, (struct span){ at + 1, n });
		sql = at + 1 + n;
	}
	sqlite3_str_appendall(text, sql);
	return stmt_open_text(s, db, text, e);
}

int meter_kind_open_all(struct stmt *s, sqlite3 *db, enum kind k,
			const char *const *sql, size_t n, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = meter_kind_open(&s[i], db, k, sql[i], e);
	return rc;
}

struct judge_point meter_kind_point(struct stmt *s, enum kind k, int64_t ts,
				    int first)
{
	struct judge_point p = { .ts = ts };

	for (int i = 0; i < meter_kind_counters(k); i++)
		if (!stmt_is_null(s, first + i)) {
			p.have |= 1u << i;
			p.value[i] = stmt_int(s, first + i);
		}
	return p;
}
