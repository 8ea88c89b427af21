#include "storage/journal/meters.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { FIND, ADD, RENAME, KNOWN };

static const char *const sql[] = {
	[FIND] = "SELECT id, other FROM meter WHERE medium = ?1 AND "
		 "unit = ?2 AND identifier = ?3 COLLATE NOCASE "
		 "AND channel = ?4 ORDER BY id LIMIT 1",
	[ADD] = "INSERT INTO meter (medium, unit, identifier, channel) "
		"VALUES (?1, ?2, ?3, ?4)",
	[RENAME] = "UPDATE OR IGNORE meter SET identifier = ?3, "
		   "channel = ?4 WHERE medium = ?1 AND unit = ?2 "
		   "AND identifier = '' COLLATE NOCASE AND channel = ?5",
	[KNOWN] = "SELECT medium, unit, identifier, channel FROM meter "
		  "WHERE id = ?1",
};

_Static_assert(COUNT(sql) == METERS_STATEMENTS, "each statement has its text");

int meters_open(struct meters *m, sqlite3 *db, struct err *e)
{
	return stmt_open_all(m->s, db, sql, COUNT(sql), e);
}

void meters_close(struct meters *m)
{
	for (int i = 0; i < m->n; i++)
		free(m->list[i].identifier);
	free(m->list);
	stmt_close_all(m->s, COUNT(m->s));
	*m = (struct meters){ 0 };
}

static bool is_meter(const struct meter *m, const struct meter_key *wanted,
		     struct span identifier)
{
	return m->key.channel == wanted->channel &&
	       m->key.unit == wanted->unit &&
	       strlen(m->identifier) == identifier.n &&
	       (identifier.n == 0 ||
		strncasecmp(m->identifier, identifier.p, identifier.n) == 0) &&
	       strcmp(m->key.medium, wanted->medium) == 0;
}

static int add(struct meters *m, const struct meter_key *wanted,
	       struct span identifier, struct err *e)
{
	struct meter *list =
		realloc(m->list, (size_t)(m->n + 1) * sizeof(*list));
	char *copy = strndup(identifier.n ? identifier.p : "", identifier.n);

	if (list != NULL)
		m->list = list;
	if (list == NULL || copy == NULL) {
		free(copy);
		return err_memory(e);
	}
	list[m->n] = (struct meter){ .key = *wanted, .identifier = copy };
	return m->n++;
}

/* Longer identifiers are compared by their start. */
static struct span name_of(struct span identifier)
{
	if (identifier.n > METER_NAME)
		identifier.n = METER_NAME;
	return identifier;
}

int meters_look_up(const struct meters *m, const struct meter_key *wanted,
		   struct span identifier)
{
	int i = m->n - 1;

	while (i >= 0 && !is_meter(&m->list[i], wanted, name_of(identifier)))
		i--;
	return i;
}

int meters_find(struct meters *m, const struct meter_key *wanted,
		struct span identifier, struct err *e)
{
	int i = meters_look_up(m, wanted, identifier);

	return i >= 0 ? i : add(m, wanted, name_of(identifier), e);
}

void meters_drop_last(struct meters *m)
{
	free(m->list[--m->n].identifier);
}

int meters_rename(struct meters *m, int i, struct span identifier,
		  struct err *e)
{
	const struct span name = name_of(identifier);
	char *copy = strndup(name.p, name.n);
	struct meter *one = &m->list[i];

	if (copy == NULL)
		return err_memory(e);
	free(one->identifier);
	one->identifier = copy;
	one->renamed = true;
	one->was_channel = one->key.channel;
	one->was_id = one->id;
	one->key.channel = 0;
	one->id = 0;
	return 0;
}

struct meter_key meters_wanted(void)
{
	return (struct meter_key){ .medium = "electricity",
				   .kind = MEDIUM_ELECTRICITY,
				   .unit = UNIT_WH };
}

struct meter_key meters_wanted_mbus(const struct mbus *b)
{
	struct meter_key wanted = { .kind = b->medium,
				    .unit = b->unit,
				    .channel =
					    b->meter.n > 0 ? 0 : b->channel };

	if (b->medium == MEDIUM_UNKNOWN)
		strcpy(wanted.medium, "unknown");
	else
		medium_text(wanted.medium, b);
	return wanted;
}

static void bind(struct stmt *s, const struct meter *m)
{
	stmt_bind_text(s, 1, span_of(m->key.medium));
	stmt_bind_text(s, 2, span_of(units[m->key.unit].suffix));
	stmt_bind_text(s, 3, span_of(m->identifier));
	stmt_bind(s, 4, m->key.channel);
}

static int rename_row(struct meters *m, const struct meter *one, struct err *e)
{
	bind(&m->s[RENAME], one);
	stmt_bind(&m->s[RENAME], 5, one->was_channel);
	return stmt_run(&m->s[RENAME], e);
}

/* Find its number and its mark. Returns 0 or a negative code. */
static int find(struct meters *m, struct meter *one, int64_t *id, struct err *e)
{
	struct stmt *s = &m->s[FIND];
	int rc;

	one->looked = true;
	one->other = 0;
	bind(s, one);
	rc = stmt_next(s, e);
	if (rc > 0) {
		*id = stmt_key(s, 0);
		one->other = stmt_key(s, 1);
		stmt_reset(s);
	}
	return rc < 0 ? rc : 0;
}

int meters_id(struct meters *m, int i, int64_t *id, struct err *e)
{
	struct meter *one = &m->list[i];
	int rc = 0;

	if (one->id == 0 && one->renamed)
		rc = rename_row(m, one, e);

	for (int tries = 0; rc >= 0 && one->id == 0 && tries < 2; tries++) {
		if (tries > 0) {
			bind(&m->s[ADD], one);
			rc = stmt_run(&m->s[ADD], e);
			if (rc < 0)
				break;
		}
		rc = find(m, one, &one->id, e);
	}
	*id = one->id;
	return rc < 0 ? rc : 0;
}

int meters_look(struct meters *m, int i, int64_t *id, struct err *e)
{
	*id = m->list[i].id;
	return *id != 0 ? 0 : find(m, &m->list[i], id, e);
}

/*
 * Read a meter that is not in the list from the database. Returns 0 or a
 * negative code.
 */
static int peek(struct meters *m, const struct meter_key *wanted,
		struct span identifier, struct meter *one, struct err *e)
{
	char name[METER_NAME + 1];
	int rc;

	identifier = name_of(identifier);
	snprintf(name, sizeof(name), "%.*s", SPAN_ARG(identifier));
	*one = (struct meter){ .key = *wanted, .identifier = name };
	rc = find(m, one, &one->id, e);
	one->identifier = NULL;
	return rc;
}

int meters_other(struct meters *m, const struct meter_key *wanted,
		 struct span identifier, bool *other, struct err *e)
{
	int i = meters_look_up(m, wanted, identifier), rc = 0;
	struct meter peeked = { 0 }, *one = i >= 0 ? &m->list[i] : &peeked;

	*other = false;
	if (identifier.n == 0)
		return 0;
	if (i < 0)
		rc = peek(m, wanted, identifier, &peeked, e);
	else if (!one->looked)
		rc = find(m, one, &one->id, e);
	*other = rc == 0 && one->other != 0;
	return rc;
}

bool meters_saw(struct meters *m, const struct meter_key *wanted,
		struct span identifier)
{
	struct meter one;
	struct err ignored;

	return meters_look_up(m, wanted, identifier) >= 0 ||
	       (peek(m, wanted, identifier, &one, &ignored) == 0 &&
		one.id != 0);
}

bool meters_saw_reading(struct meters *m, const struct reading *r)
{
	const struct meter_key wanted = meters_wanted();

	return meters_saw(m, &wanted, r->meter);
}

bool meters_saw_mbus(struct meters *m, const struct mbus *b)
{
	const struct meter_key wanted = meters_wanted_mbus(b);

	return meters_saw(m, &wanted, b->meter);
}

void meters_forget_all(struct meters *m)
{
	while (m->n > 0)
		meters_drop_last(m);
}

void meters_mark(struct meters *m, int64_t id, int64_t other)
{
	for (int i = 0; i < m->n; i++)
		if (m->list[i].id == id)
			m->list[i].other = other;
}

void meters_forget_ids(struct meters *m)
{
	for (int i = 0; i < m->n; i++) {
		m->list[i].id = m->list[i].other = 0;
		m->list[i].looked = false;
	}
}

void meters_written(struct meters *m)
{
	for (int i = 0; i < m->n; i++)
		if (m->list[i].id != 0)
			m->list[i].renamed = false;
}

static enum medium medium_of(struct span word)
{
	for (int m = 0; m < MEDIUM_OTHER; m++)
		if (span_eq(word, span_of(medium_name((enum medium)m))))
			return (enum medium)m;
	return span_eq(word, SPAN("unknown")) ? MEDIUM_UNKNOWN : MEDIUM_OTHER;
}

static enum unit unit_of(struct span suffix)
{
	int u = UNIT_COUNT - 1;

	while (u > 0 && !span_eq(suffix, span_of(units[u].suffix)))
		u--;
	return (enum unit)u;
}

void meters_kind(struct meter_key *k, struct span medium, struct span unit)
{
	k->kind = medium_of(medium);
	k->unit = unit_of(unit);
	snprintf(k->medium, MEDIUM_TEXT, "%.*s", SPAN_ARG(medium));
}

int meters_of_id(struct meters *m, int64_t id, struct err *e)
{
	struct stmt *s = &m->s[KNOWN];
	int rc;

	for (int i = 0; i < m->n; i++)
		if (m->list[i].renamed && m->list[i].was_id == id)
			return i;
	stmt_bind(s, 1, id);
	rc = stmt_next(s, e);
	if (rc > 0) {
		struct meter_key wanted = {
			.channel = (int)stmt_int(s, 3),
		};

		meters_kind(&wanted, stmt_text(s, 0), stmt_text(s, 1));
		rc = meters_find(m, &wanted, stmt_text(s, 2), e);
		stmt_reset(s);
		return rc;
	}
	return rc < 0 ? rc : err_set(e, ERR_FAILED, "there is no such meter");
}
