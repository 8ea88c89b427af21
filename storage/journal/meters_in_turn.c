#include "storage/journal/meters_in_turn.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

enum { PASSED = 256 }; /* stays that are dropped at once */

void meters_in_turn_begin(struct meters_in_turn *t)
{
	t->n = t->pairs_n = t->firsts_n = 0;
}

void meters_in_turn_free(struct meters_in_turn *t)
{
	free(t->stays);
	free(t->pairs);
	free(t->firsts);
	*t = (struct meters_in_turn){ 0 };
}

static size_t place_of(const struct meters_in_turn *t,
		       const struct meters_in_turn_pair *p)
{
	size_t low = 0, high = t->pairs_n;

	while (low < high) {
		size_t i = low + (high - low) / 2;
		const struct meters_in_turn_pair *q = &t->pairs[i];

		if (q->a < p->a || (q->a == p->a && q->b < p->b))
			low = i + 1;
		else
			high = i;
	}
	return low;
}

static bool is_at(const struct meters_in_turn *t, size_t i,
		  const struct meters_in_turn_pair *p)
{
	return i < t->pairs_n && t->pairs[i].a == p->a && t->pairs[i].b == p->b;
}

static struct meters_in_turn_pair pair_of(int64_t a, int64_t b)
{
	return (struct meters_in_turn_pair){ a < b ? a : b, a < b ? b : a };
}

bool meters_in_turn_are(const struct meters_in_turn *t, int64_t a, int64_t b)
{
	const struct meters_in_turn_pair p = pair_of(a, b);

	return is_at(t, place_of(t, &p), &p);
}

static int add_pair(struct meters_in_turn *t, int64_t a, int64_t b,
		    struct err *e)
{
	const struct meters_in_turn_pair p = pair_of(a, b);
	size_t i = place_of(t, &p);
	struct meters_in_turn_pair *pairs;

	if (is_at(t, i, &p))
		return 0;
	pairs = array_grow(t->pairs, t->pairs_n, &t->pairs_room,
			   sizeof(*pairs));
	if (pairs == NULL)
		return err_memory(e);
	t->pairs = pairs;
	memmove(&pairs[i + 1], &pairs[i], (t->pairs_n++ - i) * sizeof(*pairs));
	pairs[i] = p;
	return 0;
}

static size_t first_at(const struct meters_in_turn *t, int64_t meter)
{
	size_t low = 0, high = t->firsts_n;

	while (low < high) {
		size_t i = low + (high - low) / 2;

		if (t->firsts[i].meter < meter)
			low = i + 1;
		else
			high = i;
	}
	return low;
}

int64_t meters_in_turn_first(const struct meters_in_turn *t, int64_t meter)
{
	size_t i = first_at(t, meter);

	return i < t->firsts_n && t->firsts[i].meter == meter ? t->firsts[i].ts
							      : INT64_MAX;
}

static int note_first(struct meters_in_turn *t, int64_t ts, int64_t meter,
		      struct err *e)
{
	size_t i = first_at(t, meter);
	struct meters_in_turn_first *firsts;

	if (i < t->firsts_n && t->firsts[i].meter == meter)
		return 0;
	firsts = array_grow(t->firsts, t->firsts_n, &t->firsts_room,
			    sizeof(*firsts));
	if (firsts == NULL)
		return err_memory(e);
	t->firsts = firsts;
	memmove(&firsts[i + 1], &firsts[i],
		(t->firsts_n++ - i) * sizeof(*firsts));
	firsts[i] = (struct meters_in_turn_first){ meter, ts };
	return 0;
}

/* Does one of its readings lie between two times? */
static bool lies_between(const struct meters_in_turn_stay *s, int64_t from,
			 int64_t to)
{
	return (s->first > from && s->first < to) ||
	       (s->last > from && s->last < to);
}

/* Was a meter there within the hour before `ts`, among the first n stays? */
static bool was_there(const struct meters_in_turn *t, size_t n, int64_t meter,
		      int64_t ts)
{
	while (n > 0 && t->stays[n - 1].meter != meter)
		n--;
	return n > 0 && t->stays[n - 1].last >= ts - METERS_IN_TURN_S;
}

/*
 * A meter comes back: it takes turns with the meters that were seen since its
 * last reading and also before that.
 */
static int come_back(struct meters_in_turn *t, int64_t ts, int64_t meter,
		     struct err *e)
{
	size_t i = t->n;
	int rc = 0;

	while (i > 0 && t->stays[i - 1].meter != meter) {
		if (t->stays[--i].last < ts - METERS_IN_TURN_S)
			return 0;
	}
	if (i == 0 || t->stays[i - 1].last < ts - METERS_IN_TURN_S)
		return 0;
	for (size_t k = i; rc == 0 && k < t->n; k++)
		if (lies_between(&t->stays[k], t->stays[i - 1].last, ts) &&
		    was_there(t, i - 1, t->stays[k].meter, ts))
			rc = add_pair(t, meter, t->stays[k].meter, e);
	return rc;
}

static int meet(struct meters_in_turn *t, int64_t ts, int64_t meter,
		struct err *e)
{
	int rc = 0;

	for (size_t i = t->n; rc == 0 && i > 0 && t->stays[i - 1].last == ts;
	     i--)
		if (t->stays[i - 1].meter != meter)
			rc = add_pair(t, meter, t->stays[i - 1].meter, e);
	return rc;
}

static void forget_passed(struct meters_in_turn *t, int64_t ts)
{
	if (t->n > PASSED && t->stays[PASSED - 1].last < ts - METERS_IN_TURN_S)
		array_drop(t->stays, &t->n, PASSED, sizeof(*t->stays));
}

int meters_in_turn_add(struct meters_in_turn *t, int64_t ts, int64_t meter,
		       struct err *e)
{
	struct meters_in_turn_stay *stays;

	if (t->n > 0 && t->stays[t->n - 1].meter == meter) {
		t->stays[t->n - 1].last = ts;
		return 0;
	}
	forget_passed(t, ts);
	if (note_first(t, ts, meter, e) < 0 || meet(t, ts, meter, e) < 0 ||
	    come_back(t, ts, meter, e) < 0)
		return e->code;
	stays = array_grow(t->stays, t->n, &t->room, sizeof(*stays));
	if (stays == NULL)
		return err_memory(e);
	t->stays = stays;
	stays[t->n++] = (struct meters_in_turn_stay){ meter, ts, ts };
	return 0;
}
