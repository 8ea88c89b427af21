#include "storage/journal/obis_inventory.h"

#include <stdlib.h>
#include <string.h>

#include "telegram/obis_code.h"
#include "telegram/obis_description.h"

enum { UNIT_TEXT = 12, VALUE_TEXT = 200 };

struct obis_inventory_reference {
	char reference[REFERENCE_TEXT];
	char unit[UNIT_TEXT];
	char value[VALUE_TEXT];
	char groups[VALUE_TEXT];   /* value and unit as sent */
	size_t groups_n;	   /* their length; 0 once parsed */
	int64_t first_ts, last_ts; /* since the commit; INT64_MIN if none */
	int64_t count;		   /* since then */
	int wanted;		   /* index in the extra series; -1 if none */
	bool listed;		   /* in the database */
	bool added;		   /* to it, in this transaction */
};

/* clang-format off */
static const char update_sql[] =
	"UPDATE obis SET meaning = ?2, kept_in = ?3, "
	"unit = iif(last_ts > ?7, unit, ?4), "
	"value = iif(last_ts > ?7, value, ?5), "
	"first_ts = ifnull(min(first_ts, ?6), ifnull(first_ts, ?6)), "
	"last_ts = ifnull(max(last_ts, ?7), ifnull(last_ts, ?7)), "
	"count = count + ?8 WHERE reference = ?1";
static const char add_sql[] =
	"INSERT OR IGNORE INTO obis (reference, meaning, kept_in, unit, value,"
	" first_ts, last_ts, count) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 "
	"WHERE ?9 OR (SELECT count(*) FROM obis) < ?10";
/* clang-format on */

int obis_inventory_open(struct obis_inventory *s, sqlite3 *db,
			const char *wanted, long interval,
			struct flood_limit *a, struct err *e)
{
	*s = (struct obis_inventory){ 0 };
	if (extra_values_wanted(&s->extra, wanted, e) < 0)
		return e->code;
	s->list = calloc(OBIS_INVENTORY_MAX, sizeof(*s->list));
	if (s->list == NULL)
		return err_memory(e);
	if (extra_values_open(&s->extra, db, interval, a, e) < 0 ||
	    stmt_open(&s->look, db, "SELECT reference FROM obis", e) < 0 ||
	    stmt_open(&s->update, db, update_sql, e) < 0)
		return e->code;
	return stmt_open(&s->add, db, add_sql, e);
}

void obis_inventory_close(struct obis_inventory *s)
{
	extra_values_close(&s->extra);
	stmt_close(&s->look);
	stmt_close(&s->update);
	stmt_close(&s->add);
	free(s->list);
	*s = (struct obis_inventory){ 0 };
}

/* Copy a text as printable ASCII; truncate it if it is too long. */
static void copy(char *to, size_t size, struct span from)
{
	size_t n = from.n < size - 1 ? from.n : size - 1;

	for (size_t i = 0; i < n; i++)
		to[i] = from.p[i] >= ' ' && from.p[i] <= '~' ? from.p[i] : '?';
	to[n] = '\0';
}

static bool is_at(const struct obis_inventory *s, size_t i,
		  struct span reference)
{
	const char *have = s->list[i].reference;

	return strncmp(have, reference.p, reference.n) == 0 &&
	       have[reference.n] == '\0';
}

static struct obis_inventory_reference *add(struct obis_inventory *s,
					    struct span reference)
{
	struct obis_inventory_reference *one = &s->list[s->n];
	int wanted = extra_values_index(&s->extra, reference);

	if (s->n == OBIS_INVENTORY_MAX)
		return NULL;
	*one = (struct obis_inventory_reference){ .wanted = wanted,
						  .first_ts = INT64_MIN,
						  .last_ts = INT64_MIN };
	copy(one->reference, sizeof(one->reference), reference);
	s->n++;
	s->fresh++;
	return one;
}

/* Returns NULL if the list is full or this is not a reference. */
static struct obis_inventory_reference *find(struct obis_inventory *s,
					     struct span reference)
{
	if (reference.n >= REFERENCE_TEXT)
		return NULL;
	for (size_t i = 0; i < s->n; i++) {
		size_t at = (s->next + i) % s->n;

		if (!is_at(s, at, reference))
			continue;
		s->next = at + 1;
		return &s->list[at];
	}
	return obis_parse(reference) == OBIS_NONE ? NULL : add(s, reference);
}

/* Copy the value alone if there is one group, else all of them. */
static void take_value(struct obis_inventory_reference *one, struct span groups)
{
	struct line_value v = line_value(groups);
	struct span rest = groups, first;

	copy(one->unit, sizeof(one->unit), v.unit);
	if (telegram_group(&rest, &first) && rest.n == 0)
		copy(one->value, sizeof(one->value), v.number);
	else
		copy(one->value, sizeof(one->value), groups);
}

/* Values are replaced far more often than written, so parse them later. */
static void take_groups(struct obis_inventory_reference *one,
			struct span groups)
{
	one->groups_n = 0;
	if (groups.n > sizeof(one->groups)) {
		take_value(one, groups);
		return;
	}
	memcpy(one->groups, groups.p, groups.n);
	one->groups_n = groups.n;
}

static void take_time(struct obis_inventory_reference *one, int64_t ts)
{
	if (one->first_ts == INT64_MIN || ts < one->first_ts)
		one->first_ts = ts;
	if (ts > one->last_ts)
		one->last_ts = ts;
}

/* A number of telegrams, and when the first and the last of them were sent. */
struct telegrams {
	int64_t count, first_ts, last_ts;
};

static void note_line(struct obis_inventory_reference *one, struct span groups,
		      const struct telegrams *t)
{
	one->count += t->count;
	if (t->last_ts >= one->last_ts)
		take_groups(one, groups);
	if (t->last_ts == INT64_MIN)
		return;
	take_time(one, t->first_ts);
	take_time(one, t->last_ts);
}

/* Record the count of the telegrams with the same layout. */
static void note_alike(struct obis_inventory *s)
{
	const struct telegrams t = { s->alike, s->alike_first, s->alike_last };
	struct span rest = { s->layout.text, s->layout.size };
	struct line line;

	while (t.count > 0 && telegram_line(&rest, &line)) {
		struct obis_inventory_reference *one = find(s, line.obis);

		if (one != NULL)
			note_line(one, line.groups, &t);
	}
	s->alike = 0;
}

/* Record each line of a telegram. */
static int note_all(struct obis_inventory *s, const struct reading *r,
		    int64_t ts, bool keep, struct err *e)
{
	const struct telegrams t = { 1, ts, ts };
	struct span rest = r->raw;
	struct line line;

	telegram_layout_begin(&s->layout, r->raw);
	while (telegram_line(&rest, &line)) {
		struct obis_inventory_reference *one = find(s, line.obis);

		telegram_layout_add(&s->layout, r->raw, &line);
		if (one == NULL)
			continue;
		note_line(one, line.groups, &t);
		if (keep && one->wanted >= 0 &&
		    extra_values_put(&s->extra, ts, one->wanted, line.groups,
				     e) < 0)
			return e->code;
	}
	s->alike_last = ts;
	return 0;
}

/* Times do not go back, and either all telegrams have one or none has. */
static bool goes_on(const struct obis_inventory *s, int64_t ts)
{
	return ts >= s->alike_last &&
	       (ts == INT64_MIN) == (s->alike_last == INT64_MIN);
}

int obis_inventory_put(struct obis_inventory *s, const struct reading *r,
		       struct err *e)
{
	int64_t ts = r->time.kind == TIMESTAMP_UTC ? r->time.utc : INT64_MIN;
	bool keep = ts != INT64_MIN && extra_values_begins(&s->extra, ts);

	if (keep || !goes_on(s, ts) || !telegram_layout_take(&s->layout, r)) {
		note_alike(s);
		return note_all(s, r, ts, keep, e);
	}
	if (s->alike++ == 0)
		s->alike_first = ts;
	s->alike_last = ts;
	return 0;
}

size_t obis_inventory_waiting(const struct obis_inventory *s)
{
	return s->extra.count + (s->fresh > 0);
}

static void bind(struct stmt *q, struct obis_inventory_reference *one)
{
	uint32_t obis = obis_parse(span_of(one->reference));
	char meaning[OBIS_DESCRIPTION_TEXT], kept[KEPT_TEXT];

	if (one->groups_n > 0)
		take_value(one, (struct span){ one->groups, one->groups_n });
	one->groups_n = 0;
	stmt_bind_text(q, 1, span_of(one->reference));
	stmt_bind_text(q, 2, span_of(obis_description_text(meaning, obis)));
	stmt_bind_text(q, 3, span_of(kept_text(kept, obis)));
	stmt_bind_text(q, 4, span_of(one->unit));
	stmt_bind_text(q, 5, span_of(one->value));
	if (one->first_ts != INT64_MIN) {
		stmt_bind(q, 6, one->first_ts);
		stmt_bind(q, 7, one->last_ts);
	}
	stmt_bind(q, 8, one->count);
}

/*
 * Usually all are listed already, and counting them is quicker than trying to
 * add each.
 */
static int find_listed(struct obis_inventory *s, struct err *e)
{
	int rc = 0;

	if (s->looked)
		return 0;
	while ((rc = stmt_next(&s->look, e)) > 0)
		for (size_t i = 0; i < s->n; i++)
			s->list[i].listed |=
				span_eq(stmt_text(&s->look, 0),
					span_of(s->list[i].reference));
	s->looked = rc == 0;
	return rc;
}

/* Add the references that may be missing. */
static int add_missing(struct obis_inventory *s, struct err *e)
{
	int rc = find_listed(s, e);

	for (size_t i = 0; rc >= 0 && i < s->n; i++) {
		struct obis_inventory_reference *one = &s->list[i];

		one->added = false;
		if (one->listed || one->count == 0)
			continue;
		bind(&s->add, one);
		stmt_bind(&s->add, 9, one->wanted >= 0);
		stmt_bind(&s->add, 10, OBIS_INVENTORY_MAX);
		rc = stmt_run(&s->add, e);
		one->added = rc > 0;
	}
	return rc < 0 ? rc : 0;
}

static int update_rest(struct obis_inventory *s, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc >= 0 && i < s->n; i++) {
		if (s->list[i].added || s->list[i].count == 0)
			continue;
		bind(&s->update, &s->list[i]);
		rc = stmt_run(&s->update, e);
	}
	return rc < 0 ? rc : 0;
}

int obis_inventory_write(struct obis_inventory *s, int added, struct err *e)
{
	int rows;

	note_alike(s);
	rows = add_missing(s, e);
	if (rows == 0)
		rows = extra_values_write(&s->extra, e);
	if (rows < 0)
		return rows;
	if (added + rows > 0 && update_rest(s, e) < 0)
		return e->code;
	return rows;
}

void obis_inventory_clear(struct obis_inventory *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct obis_inventory_reference *one = &s->list[i];

		one->listed = one->listed || one->count > 0;
		one->count = 0;
		one->first_ts = one->last_ts = INT64_MIN;
	}
	s->fresh = 0;
	extra_values_clear(&s->extra);
}

void obis_inventory_move(struct obis_inventory *to, struct obis_inventory *from)
{
	struct obis_inventory_reference *empty = to->list;

	note_alike(from);
	from->layout.usable = to->layout.usable = false;
	to->list = from->list;
	to->n = to->fresh = from->n;
	to->next = 0;
	for (size_t i = 0; i < to->n; i++)
		to->list[i].listed = false;
	from->list = empty;
	from->n = from->fresh = from->next = 0;
	extra_values_move(&to->extra, &from->extra);
}
