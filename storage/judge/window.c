#include "storage/judge/window.h"

#include <stdlib.h>

enum {
	AWAY_S = 86400, /* from the doubt to an end of the window */
	ACCEPTED = 50,	/* accepted readings on that way */
	START = 256,	/* readings for which room is made first */
};

/* Times of both ends; open at the first and at the last reading of a meter. */
struct reach {
	int64_t from, to;
};

#define OPEN_START INT64_MIN
#define OPEN_END INT64_MAX

int window_add(struct window *w, const struct chain_reading *one, struct err *e)
{
	if (w->n == w->room) {
		size_t room = w->room > 0 ? 2 * w->room : START;
		struct chain_reading *more =
			realloc(w->list, room * sizeof(*more));

		if (more == NULL)
			return err_set(e, ERR_FAILED, "out of memory");
		w->list = more;
		w->room = room;
	}
	w->list[w->n++] = *one;
	return 0;
}

void window_free(struct window *w)
{
	free(w->list);
	*w = (struct window){ 0 };
}

/* Move the start so far back that no held reading is within its distance. */
int window_start(const struct window_source *s, int64_t first, int64_t *start,
		 struct err *e)
{
	for (;;) {
		int64_t doubt = first;
		int rc;

		*start = OPEN_START;
		if (first == OPEN_START)
			return 0;
		rc = s->accepted(s->of, first, WAY_BACK, ACCEPTED, AWAY_S,
				 start, e);
		if (rc == 0)
			rc = s->held(s->of, *start, first, WAY_BACK, &doubt, e);
		if (rc < 0 || doubt == first)
			return rc;
		first = doubt;
	}
}

static int find_end(const struct window_source *s, int64_t last, int64_t *end,
		    struct err *e)
{
	for (;;) {
		int64_t doubt = last;
		int rc;

		*end = OPEN_END;
		if (last == OPEN_END)
			return 0;
		rc = s->accepted(s->of, last, WAY_FORWARD, ACCEPTED, AWAY_S,
				 end, e);
		if (rc == 0)
			rc = s->held(s->of, last, *end, WAY_FORWARD, &doubt, e);
		if (rc < 0 || doubt == last)
			return rc;
		last = doubt;
	}
}

/* Read the window, in order and each reading once. */
static int load(const struct window_source *s, const struct reach *reach,
		struct window *w, struct err *e)
{
	size_t kept = 0;
	int rc;

	w->n = 0;
	rc = s->read(s->of, reach->from, reach->to, w, e);
	if (rc < 0 || w->n == 0)
		return rc;
	qsort(w->list, w->n, sizeof(*w->list), chain_compare);
	for (size_t i = 1; i < w->n; i++)
		if (chain_compare(&w->list[kept], &w->list[i]) != 0)
			w->list[++kept] = w->list[i];
		else if (w->list[i].held == 0)
			w->list[kept] = w->list[i];
	w->n = kept + 1;
	return 0;
}

static unsigned fixed_ends(const struct reach *reach)
{
	return (reach->from != OPEN_START ? CHAIN_FIRST : CHAIN_ANY) |
	       (reach->to != OPEN_END ? CHAIN_LAST : CHAIN_ANY);
}

static bool has_ends(const struct window *w, unsigned fixed)
{
	return (!(fixed & CHAIN_FIRST) || w->list[0].chosen) &&
	       (!(fixed & CHAIN_LAST) || w->list[w->n - 1].chosen);
}

/* Does the chain keep any accepted reading, if there are some that count? */
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
 * Choose the heaviest chain with both ends. *outweighed: they cannot both be
 * true, or a chain without them is heavier, which keeps something that was
 * accepted. A set that contradicts all of it, as of a counter that was reset, is
 * not accepted for its number: a person has to say so.
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

/* Move what is in doubt outwards by as many accepted readings as the window has. */
static int widen(const struct window_source *s, const struct reach *reach,
		 size_t n, int64_t *first, int64_t *last, struct err *e)
{
	int rc = 0;

	*first = OPEN_START;
	*last = OPEN_END;
	if (reach->from != OPEN_START)
		rc = s->accepted(s->of, reach->from, WAY_BACK, (int64_t)n, 0,
				 first, e);
	if (rc == 0 && reach->to != OPEN_END)
		rc = s->accepted(s->of, reach->to, WAY_FORWARD, (int64_t)n, 0,
				 last, e);
	return rc;
}

int window_judge(const struct judge_rates *r, const struct window_source *s,
		 int64_t first, int64_t last, struct window *w, struct err *e)
{
	for (;;) {
		struct reach reach;
		bool outweighed = false;
		int rc = window_start(s, first, &reach.from, e);

		if (rc == 0)
			rc = find_end(s, last, &reach.to, e);
		if (rc == 0)
			rc = load(s, &reach, w, e);
		if (rc == 0)
			rc = choose(r, w, fixed_ends(&reach), &outweighed, e);
		if (rc < 0 || !outweighed)
			return rc;
		rc = widen(s, &reach, w->n, &first, &last, e);
		if (rc < 0)
			return rc;
	}
}
