/*
 * Record in whose telegrams M-Bus meters were seen, and which rows stand for
 * telegrams.
 */
#include "base/array.h"
#include "storage/journal/pending_commit.h"

int pending_pair(struct pending *p, struct meters *m, int meter,
		 int electricity, struct err *e)
{
	struct meter *one = &m->list[meter];
	struct pending_pair *pairs;

	for (unsigned i = 0; i < one->beside && i < METERS_BESIDE; i++)
		if (one->came_with[i] == electricity)
			return 0;
	pairs = array_grow(p->pairs, p->pair_count, &p->pair_room,
			   sizeof(*pairs));
	if (pairs == NULL)
		return err_memory(e);
	p->pairs = pairs;
	pairs[p->pair_count++] = (struct pending_pair){ meter, electricity };
	one->came_with[one->beside++ % METERS_BESIDE] = electricity;
	return 0;
}

void pending_start_over(struct pending *p)
{
	for (int i = 0; i < 2; i++) {
		p->fold[i].weight = 0;
		p->passed_at[i] = PENDING_NOWHERE;
	}
}
