/*
 * In whose telegrams M-Bus meters were seen, and which rows stand for
 * telegrams.
 */
#include "storage/db/list.h"
#include "storage/journal/pending.h"

int pending_pair(struct pending *k, struct meters *m, int meter,
		 int electricity, struct err *e)
{
	struct meter *one = &m->list[meter];
	struct pending_pair *pairs;

	for (unsigned i = 0; i < one->beside && i < METERS_BESIDE; i++)
		if (one->came_with[i] == electricity)
			return 0;
	pairs = list_more(k->pairs, k->pair_count, &k->pair_room,
			  sizeof(*pairs));
	if (pairs == NULL)
		return err_set(e, ERR_FAILED, "out of memory");
	k->pairs = pairs;
	pairs[k->pair_count++] = (struct pending_pair){ meter, electricity };
	one->came_with[one->beside++ % METERS_BESIDE] = electricity;
	return 0;
}

void pending_start_over(struct pending *k)
{
	for (int i = 0; i < 2; i++) {
		k->fold[i].weight = 0;
		k->row_at[i] = PENDING_NOWHERE;
	}
}
