#include "storage/judge/chain_head.h"

#include <string.h>

void chain_head_pass(struct chain_head *h, int64_t ts)
{
	if (ts > h->last_ts)
		h->last_ts = ts;
}

const struct judge_point *chain_head_against(const struct chain_head *h,
					     const struct judge_rates *r,
					     const struct judge_point *p,
					     unsigned *open)
{
	*open = ~0u;
	for (int i = 0; i < h->n && *open != 0; i++) {
		if (!judge_can_follow(r, &h->form[i], p, *open))
			return &h->form[i];
		*open &= p->have & ~h->form[i].have;
	}
	return NULL;
}

bool chain_head_accepts(const struct chain_head *h, const struct judge_rates *r,
			const struct judge_point *p)
{
	unsigned open;

	if (h->last_ts == INT64_MIN)
		return true;
	/*
	 * An older reading that is not in the head may show the open registers.
	 */
	return h->n > 0 && p->ts > h->last_ts &&
	       judge_can_follow(r, &h->row, p, ~0u) &&
	       chain_head_against(h, r, p, &open) == NULL && open == 0;
}

static int find_form(const struct chain_head *h, unsigned have)
{
	int i = 0;

	while (i < h->n && h->form[i].have != have)
		i++;
	return i;
}

bool chain_head_has(const struct chain_head *h, const struct judge_point *p)
{
	int at = find_form(h, p->have);
	const struct judge_point *same = &h->form[at];

	if (at == h->n || same->ts != p->ts)
		return false;
	for (int i = 0; p->have >> i; i++)
		if (p->have >> i & 1 && same->value[i] != p->value[i])
			return false;
	return true;
}

bool chain_head_add(struct chain_head *h, const struct judge_point *p,
		    long interval)
{
	int at = find_form(h, p->have);
	bool row = h->n == 0 || h->row.have != p->have ||
		   !chain_head_same_interval(h->row.ts, p->ts, interval);

	if (at == h->n && h->n < HEAD_FORMS)
		h->n++;
	if (at == HEAD_FORMS)
		at--;
	memmove(&h->form[1], &h->form[0], (size_t)at * sizeof(*h->form));
	if (row)
		h->row = *p;
	h->form[0] = *p;
	chain_head_pass(h, p->ts);
	return row;
}

bool chain_head_add_older(struct chain_head *h, const struct judge_point *p)
{
	if (h->n == HEAD_FORMS || find_form(h, p->have) < h->n)
		return false;
	if (h->n == 0)
		h->row = *p;
	h->form[h->n++] = *p;
	chain_head_pass(h, p->ts);
	return true;
}
