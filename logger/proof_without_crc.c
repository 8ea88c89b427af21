#include "logger/proof_without_crc.h"

#include <stdlib.h>
#include <string.h>

#include "base/utc.h"

/* Assumed time between telegrams whose times are not known. */
enum { APART_S = DAY_S };

struct proof_slot {
	struct reading r; /* its spans point into `raw` */
	size_t room;
	char *raw;
};

void proof_close(struct proof *p)
{
	for (int i = 0; i < PROOF_SLOTS; i++)
		if (p->slot[i] != NULL) {
			free(p->slot[i]->raw);
			free(p->slot[i]);
		}
	*p = (struct proof){ 0 };
}

/* Move a span from the old bytes to the new ones. */
static void move(struct span *s, struct span old, const char *new)
{
	if (s->n > 0 && s->p >= old.p && s->p + s->n <= old.p + old.n)
		s->p = new + (s->p - old.p);
}

static void move_all(struct reading *r, struct span old, const char *new)
{
	move(&r->header, old, new);
	move(&r->version, old, new);
	move(&r->meter, old, new);
	move(&r->message, old, new);
	move(&r->message_code, old, new);
	move(&r->limiter_unit, old, new);
	for (int i = 0; i < MBUS_CHANNELS; i++)
		move(&r->mbus[i].meter, old, new);
	move(&r->raw, old, new);
}

static struct proof_slot *slot_at(struct proof *p, int i, size_t bytes)
{
	struct proof_slot *s = p->slot[i];

	if (s == NULL)
		s = p->slot[i] = calloc(1, sizeof(*s));
	if (s != NULL && s->room < bytes) {
		char *raw = realloc(s->raw, bytes);

		if (raw == NULL)
			return NULL;
		s->raw = raw;
		s->room = bytes;
	}
	return s;
}

int proof_add(struct proof *p, const struct reading *r, struct err *e)
{
	struct proof_slot *s = slot_at(p, p->n, r->raw.n + 1);

	if (s == NULL)
		return err_memory(e);
	s->r = *r;
	if (r->raw.n > 0)
		memcpy(s->raw, r->raw.p, r->raw.n);
	move_all(&s->r, r->raw, s->raw);
	p->n++;
	return 0;
}

/* Remove from the queue; its bytes stay until the slot is reused. */
static struct reading *take(struct proof *p, int i)
{
	struct proof_slot *s = p->slot[i];

	p->n--;
	for (; i < p->n; i++)
		p->slot[i] = p->slot[i + 1];
	p->slot[p->n] = p->slot[PROOF_SLOTS - 1];
	p->slot[PROOF_SLOTS - 1] = s;
	return &s->r;
}

static bool power_can_be(const struct judge_limits *l, const struct reading *r)
{
	return (l->import_w == 0 || !reading_has(r, Q_POWER_IMPORT) ||
		r->value[Q_POWER_IMPORT] <= l->import_w) &&
	       (l->export_w == 0 || !reading_has(r, Q_POWER_EXPORT) ||
		r->value[Q_POWER_EXPORT] <= l->export_w);
}

static bool steps(const struct judge_rates *rates, struct judge_point a,
		  struct judge_point b, bool timed)
{
	int where;

	if (!timed) {
		a.ts = 0;
		b.ts = APART_S;
	}
	return b.ts >= a.ts && a.have == b.have &&
	       verdict_is_good(judge_step(rates, &a, &b, &where));
}

static bool channels_agree(const struct judge_limits *l, const struct mbus *a,
			   const struct mbus *b)
{
	struct judge_rates rates = judge_mbus(l, b->medium, b->unit);

	if (a->channel != b->channel || a->type != b->type ||
	    a->has_value != b->has_value || a->time.kind != b->time.kind ||
	    !span_eq(a->meter, b->meter))
		return false;
	return !a->has_value || a->time.kind != TIMESTAMP_UTC ||
	       steps(&rates, judge_point_of_mbus(a), judge_point_of_mbus(b),
		     true);
}

/* Can `b` follow `a`, from the same meters? */
static bool agree(const struct judge_limits *l, const struct reading *a,
		  const struct reading *b)
{
	struct judge_rates rates = judge_electricity(l);
	bool timed =
		a->time.kind == TIMESTAMP_UTC && b->time.kind == TIMESTAMP_UTC;

	if (!span_eq(a->header, b->header) || !span_eq(a->meter, b->meter) ||
	    !power_can_be(l, a) || !power_can_be(l, b) ||
	    !steps(&rates, judge_point_of(a), judge_point_of(b), timed))
		return false;
	for (int i = 0; i < MBUS_CHANNELS; i++)
		if (!channels_agree(l, &a->mbus[i], &b->mbus[i]))
			return false;
	return true;
}

static enum proof_answer
last_ones(struct proof *p, const struct judge_limits *l, struct reading **r)
{
	bool good;

	if (p->n == 0) {
		p->disagrees = false;
		return PROOF_WAITS;
	}
	good = p->n == 1 && !p->disagrees && power_can_be(l, &p->slot[0]->r);
	p->disagrees = true;
	*r = take(p, 0);
	return good ? PROOF_GOOD : PROOF_BAD;
}

/*
 * With three: the first and the last agree, or else the last two. (The next
 * counter can follow one that was damaged to a lower value, but that one cannot
 * follow the counter before it.)
 */
enum proof_answer proof_next(struct proof *p, const struct judge_limits *l,
			     bool ended, struct reading **r)
{
	const struct reading *a = p->n > 0 ? &p->slot[0]->r : NULL;
	const struct reading *b = p->n > 1 ? &p->slot[1]->r : NULL;

	if (b != NULL && agree(l, a, b)) {
		*r = take(p, 0);
		return PROOF_GOOD;
	}
	if (p->n == PROOF_SLOTS) {
		bool first = agree(l, a, &p->slot[2]->r);

		*r = take(p, first ? 1 : 0);
		return PROOF_BAD;
	}
	return ended ? last_ones(p, l, r) : PROOF_WAITS;
}
