#include "storage/journal/choose_house_meter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "storage/history/added_meters.h"

const char choose_house_meter_about[] = "SELECT identifier, " HOUSE_NAMED(
	"m") ", other, "
	     "(SELECT min(ts) FROM other_electricity WHERE meter = ?1), "
	     "(SELECT min(first_ts) FROM installation WHERE meter = ?1 "
	     "AND channel = 0) FROM meter AS m WHERE id = ?1";

void choose_house_meter_free(struct house_meter_choice *c)
{
	free(c->list);
	*c = (struct house_meter_choice){ 0 };
}

static int read_about(struct house_candidate *one, bool whole,
		      struct stmt *about, const struct house_names *names,
		      struct err *e)
{
	int rc;

	stmt_bind(about, 1, one->id);
	stmt_bind_text(about, 2, span_of(names->house));
	rc = stmt_next(about, e);
	if (rc <= 0)
		return rc;
	snprintf(one->identifier, HOUSE_CANDIDATE, "%s", stmt_string(about, 0));
	one->named = stmt_int(about, 1) != 0;
	one->also = added_meters_names(names->also, stmt_text(about, 0));
	one->was = stmt_key(about, 2);
	for (int i = 3; i <= 4 && !whole; i++)
		if (!stmt_is_null(about, i) && stmt_time(about, i) < one->first)
			one->first = stmt_time(about, i);
	stmt_reset(about);
	return 0;
}

static int by_id(const void *a, const void *b)
{
	const struct house_candidate *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static int by_preference(const void *a, const void *b)
{
	const struct house_candidate *x = a, *y = b;
	int order;

	if (x->named != y->named)
		return y->named - x->named;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	order = strcmp(x->identifier, y->identifier);
	return order != 0 ? order : by_id(a, b);
}

static int add(struct house_meter_choice *c, int64_t id, struct err *e)
{
	struct house_candidate *list;

	list = array_grow(c->list, c->n, &c->room, sizeof(*list));
	if (list == NULL)
		return err_memory(e);
	c->list = list;
	list[c->n++] = (struct house_candidate){ .id = id };
	return 0;
}

/* Add each meter of a pair once. */
static int add_all(struct house_meter_choice *c, const struct meters_in_turn *t,
		   struct err *e)
{
	size_t n = 0;

	for (size_t i = 0; i < t->pairs_n; i++)
		if (add(c, t->pairs[i].a, e) < 0 ||
		    add(c, t->pairs[i].b, e) < 0)
			return e->code;
	if (c->n > 0)
		qsort(c->list, c->n, sizeof(*c->list), by_id);
	for (size_t i = 0; i < c->n; i++)
		if (i == 0 || c->list[i].id != c->list[n - 1].id)
			c->list[n++] = c->list[i];
	c->n = n;
	return 0;
}

static void choose(struct house_meter_choice *c, const struct meters_in_turn *t)
{
	for (size_t i = 0; i < c->n; i++)
		for (size_t k = 0; k < i && c->list[i].other == 0; k++)
			if (c->list[k].other == 0 &&
			    meters_in_turn_are(t, c->list[i].id, c->list[k].id))
				c->list[i].other = c->list[k].id;
	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].also)
			c->list[i].other = -c->list[i].other;
}

int choose_house_meter(struct house_meter_choice *c,
		       const struct meters_in_turn *t, bool whole,
		       struct stmt *about, const struct house_names *names,
		       struct err *e)
{
	int rc = add_all(c, t, e);

	for (size_t i = 0; rc == 0 && i < c->n; i++) {
		c->list[i].first = meters_in_turn_first(t, c->list[i].id);
		rc = read_about(&c->list[i], whole, about, names, e);
	}
	if (rc < 0 || c->n == 0)
		return rc;
	qsort(c->list, c->n, sizeof(*c->list), by_preference);
	choose(c, t);
	return 0;
}

int64_t choose_house_meter_of(const struct house_meter_choice *c, int64_t meter)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].id == meter)
			return c->list[i].other;
	return 0;
}
