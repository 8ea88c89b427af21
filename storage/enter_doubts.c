/* Readings that are not accepted at once: they are held, then judged. */
#include <stdlib.h>

#include "storage/db/list.h"
#include "storage/enter.h"

enum {
	FOLD_ROWS = 1000, /* held since before; from then on one an hour */
	FOLD_S = 3600,
};

/* The readings of one meter that are to be judged. */
struct doubted {
	int meter; /* place in struct meters */
	struct settle_meter as;
	int64_t first, last;
	struct judge_point highest; /* of what all of them show */
	/* The newest held reading, and how many are held in a row up to it. */
	bool looked;
	int64_t last_id; /* 0: no reading is held */
	struct judge_point newest;
	int64_t held_before; /* this commit, behind all accepted ones */
};

struct doubted_list {
	struct doubted *list;
	size_t n, room;
};

static struct doubted *doubted_of(struct doubted_list *l, struct enter *en,
				  const struct kept_doubt *d, struct err *e)
{
	struct doubted *list, *one;
	bool electric = d->channel == 0;

	for (size_t i = 0; i < l->n; i++)
		if (l->list[i].meter == d->row.meter &&
		    (l->list[i].as.kind == KIND_ELECTRICITY) == electric)
			return &l->list[i];
	list = list_more(l->list, l->n, &l->room, sizeof(*list));
	if (list == NULL) {
		err_set(e, ERR_FAILED, "out of memory");
		return NULL;
	}
	l->list = list;
	one = &list[l->n];
	*one = (struct doubted){ .meter = d->row.meter,
				 .first = INT64_MAX,
				 .last = INT64_MIN };
	if (enter_meter(en, d->row.meter, electric, d->seen_ts, &one->as, e) <
	    0)
		return NULL;
	l->n++;
	return one;
}

static struct held_reading reading_of(const struct kept_doubt *d, int64_t meter)
{
	return (struct held_reading){
		.meter = meter,
		.channel = d->channel,
		.ts = d->ts,
		.source = d->row.source,
		.weight = d->row.weight,
		.seen_ts = d->seen_ts,
		.why = d->why,
		.have = d->row.have,
		.value = d->row.value,
		.telegram = { d->telegram, d->bytes },
	};
}

/*
 * Does an accepted row of its interval stand for a reading, which can be true
 * beside it? Only one row of each interval is kept.
 */
static int is_represented(struct enter *en, const struct settle_meter *m,
			  const struct judge_point *p, struct err *e)
{
	struct judge_point before, after;
	int has_before, has_after;

	if (en->interval == 1 || m->kind != KIND_ELECTRICITY)
		return 0;
	has_before = settle_beside(&en->settle, m, p->ts, WAY_BACK, &before, e);
	has_after = has_before < 0 ? has_before
				   : settle_beside(&en->settle, m, p->ts,
						   WAY_FORWARD, &after, e);
	if (has_after < 0)
		return has_after;
	return ((has_before &&
		 head_same_interval(before.ts, p->ts, en->interval)) ||
		(has_after &&
		 head_same_interval(after.ts, p->ts, en->interval))) &&
	       (!has_before || judge_can_follow(&m->rates, &before, p, ~0u)) &&
	       (!has_after || judge_can_follow(&m->rates, p, &after, ~0u));
}

/* Look once for what newer readings may be counted in. */
static int look_for_last(struct enter *en, struct doubted *d, struct err *e)
{
	struct held *h = &en->settle.held[d->as.kind];
	struct judge_point accepted = { .ts = INT64_MIN };
	int64_t weight;
	int rc = held_last(h, d->as.id, &d->newest, &d->last_id, e);

	d->looked = true;
	if (rc > 0)
		rc = settle_beside(&en->settle, &d->as, INT64_MAX, WAY_BACK,
				   &accepted, e);
	if (rc < 0)
		return rc;
	if (accepted.ts >= d->newest.ts)
		d->last_id = 0;
	return held_after(h, d->as.id, accepted.ts, &d->held_before, &weight,
			  e);
}

/*
 * Count a reading in the newest held one if it goes on from it within the same
 * interval; or within the same hour, when many were held in a row: those of one
 * commit are not judged yet. 1 or 0.
 */
static int fold(struct enter *en, struct doubted *to,
		const struct kept_doubt *d, const struct judge_point *p,
		struct err *e)
{
	int64_t width = to->as.kind == KIND_ELECTRICITY ? en->interval : 1;
	int rc = to->looked ? 0 : look_for_last(en, to, e);

	if (to->held_before >= FOLD_ROWS)
		width = FOLD_S;
	if (rc < 0 || to->last_id == 0 || p->ts <= to->newest.ts ||
	    !head_same_interval(to->newest.ts, p->ts, width) ||
	    p->have != to->newest.have ||
	    !judge_can_follow(&to->as.rates, &to->newest, p, ~0u))
		return rc;
	rc = held_fold(&en->settle.held[to->as.kind], to->last_id,
		       d->row.weight, e);
	return rc < 0 ? rc : 1;
}

/* A new row was added behind the others: the next may be counted in it. */
static void note_row(struct enter *en, struct doubted *to,
		     const struct judge_point *p)
{
	if (to->last_id != 0 && p->ts <= to->newest.ts)
		return;
	to->newest = *p;
	to->last_id = sqlite3_last_insert_rowid(en->db);
}

static void add(struct doubted *to, const struct judge_point *p)
{
	struct judge_point *high = &to->highest;

	high->have = to->first > to->last ? p->have : high->have & p->have;
	for (int i = 0; i < JUDGE_REGISTERS; i++)
		if (to->first > to->last || p->value[i] > high->value[i])
			high->value[i] = p->value[i];
	if (p->ts < to->first)
		to->first = p->ts;
	if (p->ts > to->last)
		to->last = p->ts;
}

static int hold(struct enter *en, struct doubted *to,
		const struct kept_doubt *d, struct err *e)
{
	const struct held_reading r = reading_of(d, to->as.id);
	const struct judge_point p = held_point(&r);
	int rc = 0;

	if (d->why == VERDICT_FITS)
		rc = is_represented(en, &to->as, &p, e);
	if (rc != 0)
		return rc < 0 ? rc : 0;
	if (d->why == VERDICT_FITS)
		rc = fold(en, to, d, &p, e);
	if (rc == 0) {
		rc = held_add(&en->settle.held[to->as.kind], &r, e);
		if (rc > 0)
			en->p.held[to->as.kind]++;
		if (rc > 0 && d->why == VERDICT_FITS)
			note_row(en, to, &p);
	}
	if (rc > 0 && d->why == VERDICT_FITS)
		add(to, &p);
	return rc < 0 ? rc : 0;
}

/* The register in which readings up to `highest` are below `newest`. */
static int fell_in(const struct judge_point *newest,
		   const struct judge_point *highest)
{
	unsigned both = newest->have & highest->have;
	int i = 0;

	while (i < JUDGE_REGISTERS - 1 &&
	       !(both >> i & 1 && highest->value[i] < newest->value[i]))
		i++;
	return i;
}

/* 1: they only fell, and are held without a search. */
static int hold_fallen(struct enter *en, const struct doubted *d, struct err *e)
{
	struct meter *m = &en->meters.list[d->meter];
	const struct judge_point *newest = &m->head.form[0];
	int rc;

	if (!m->head_known || m->head.n != 1 || d->first <= newest->ts)
		return 0;
	rc = settle_fell(&en->settle, &d->as, newest, d->first, &d->highest, e);
	if (rc <= 0)
		return rc;
	rc = held_explain_fall(&en->settle.held[d->as.kind], d->as.id, newest,
			       fell_in(newest, &d->highest), e);
	return rc < 0 ? rc : 1;
}

static int judge(struct enter *en, const struct doubted *d, struct err *e)
{
	int rc = d->first > d->last ? 1 : hold_fallen(en, d, e);

	return rc != 0 ? (rc < 0 ? rc : 0)
		       : enter_settle(en, d->meter, &d->as, d->first, d->last,
				      e);
}

int enter_doubts(struct enter *en, struct kept_doubt *list, size_t n,
		 struct err *e)
{
	struct doubted_list l = { 0 };
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < n; i++) {
		struct doubted *to = doubted_of(&l, en, &list[i], e);

		rc = to == NULL ? e->code : hold(en, to, &list[i], e);
	}
	for (size_t i = 0; rc == 0 && i < l.n; i++)
		rc = judge(en, &l.list[i], e);
	free(l.list);
	return rc;
}
