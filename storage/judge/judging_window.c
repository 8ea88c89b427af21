#include "storage/judge/judging_window.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/utc.h"

enum {
	AWAY_S = DAY_S, /* from the doubt to an end of the window */
	ACCEPTED = 50,	/* accepted readings within that distance */
};

/* An end of a window that is open. */
static int64_t open_end(enum way way)
{
	return way == WAY_BACK ? INT64_MIN : INT64_MAX;
}

int window_add(struct window *w, const struct chain_reading *one, struct err *e)
{
	struct chain_reading *list =
		array_grow(w->list, w->n, &w->room, sizeof(*list));

	if (list == NULL)
		return err_memory(e);
	w->list = list;
	list[w->n++] = *one;
	return 0;
}

void window_free(struct window *w)
{
	free(w->list);
	*w = (struct window){ 0 };
}

/* Move the end outwards until no held reading is within its distance. */
int window_end(const struct window_source *s, int64_t ts, enum way way,
	       int64_t *end, struct err *e)
{
	const int64_t open = open_end(way);
	const bool back = way == WAY_BACK;

	for (;;) {
		int64_t doubt = ts;
		int rc;

		*end = open;
		if (ts == open)
			return 0;
		rc = s->accepted(s->of, ts, way, ACCEPTED, AWAY_S, end, e);
		if (rc == 0)
			rc = s->held(s->of, back ? *end : ts, back ? ts : *end,
				     way, &doubt, e);
		if (rc < 0 || doubt == ts)
			return rc;
		ts = doubt;
	}
}

int window_read(const struct window_source *s, int64_t from, int64_t to,
		struct window *w, struct err *e)
{
	size_t kept = 0;
	int rc;

	w->n = 0;
	rc = s->read(s->of, from, to, w, e);
	if (rc < 0 || w->n == 0)
		return rc;
	array_sort(w->list, w->n, sizeof(*w->list), chain_compare);
	for (size_t i = 1; i < w->n; i++)
		if (chain_compare(&w->list[kept], &w->list[i]) != 0)
			w->list[++kept] = w->list[i];
		else if (w->list[i].held == 0)
			w->list[kept] = w->list[i];
	w->n = kept + 1;
	return 0;
}

static unsigned fixed_ends(const int64_t end[2])
{
	return (end[WAY_BACK] != INT64_MIN ? CHAIN_FIRST : CHAIN_ANY) |
	       (end[WAY_FORWARD] != INT64_MAX ? CHAIN_LAST : CHAIN_ANY);
}

static bool has_ends(const struct window *w, unsigned fixed)
{
	return (!(fixed & CHAIN_FIRST) || w->list[0].chosen) &&
	       (!(fixed & CHAIN_LAST) || w->list[w->n - 1].chosen);
}

/*
 * Does the chain keep any accepted reading that has counted something, if there
 * are such readings?
 */
static bool keeps_any(const struct window *w)
{
	bool any = false;

	for (size_t i = 0; i < w->n; i++) {
		const struct chain_reading *one = &w->list[i];

		if (one->held != 0 || judge_is_zero(&one->point))
			continue;
		if (one->chosen)
			return true;
		any = true;
	}
	return !any;
}

/*
 * Choose the heaviest chain with both ends. *outweighed says that the ends
 * cannot both be true, or that a chain without them is heavier and keeps some
 * accepted reading. A set that contradicts all accepted readings, as after a
 * reset, is not accepted however large it is: a person decides.
 */
static int choose(const struct judge_rates *r, struct window *w, unsigned fixed,
		  bool *outweighed, struct err *e)
{
	int64_t any, with_ends;
	int rc = chain_find(r, w->list, w->n, CHAIN_ANY, &any, e);
	bool goes_on;

	*outweighed = false;
	if (rc < 0 || has_ends(w, fixed))
		return rc;
	goes_on = keeps_any(w);
	rc = chain_find(r, w->list, w->n, fixed, &with_ends, e);
	*outweighed = (goes_on && with_ends < any) || !has_ends(w, fixed);
	return rc;
}

int window_judge(const struct judge_rates *r, const struct window_source *s,
		 int64_t first, int64_t last, struct window *w, struct err *e)
{
	int64_t doubt[] = { [WAY_BACK] = first, [WAY_FORWARD] = last };
	int64_t end[2];

	for (;;) {
		bool outweighed = false;
		int rc = 0;

		for (int way = WAY_BACK; rc == 0 && way <= WAY_FORWARD; way++)
			rc = window_end(s, doubt[way], (enum way)way, &end[way],
					e);
		if (rc == 0)
			rc = window_read(s, end[WAY_BACK], end[WAY_FORWARD], w,
					 e);
		if (rc == 0)
			rc = choose(r, w, fixed_ends(end), &outweighed, e);
		if (rc < 0 || !outweighed)
			return rc;
		/*
		 * Extend outwards by as many accepted readings as the window
		 * has.
		 */
		for (int way = WAY_BACK; rc == 0 && way <= WAY_FORWARD; way++) {
			doubt[way] = open_end((enum way)way);
			if (end[way] != doubt[way])
				rc = s->accepted(s->of, end[way], (enum way)way,
						 (int64_t)w->n, 0, &doubt[way],
						 e);
		}
		if (rc < 0)
			return rc;
	}
}
