#include "base/array.h"

#include <stdlib.h>
#include <string.h>

enum { AT_FIRST = 16 };

void *array_grow(void *items, size_t count, size_t *room, size_t size)
{
	size_t wanted = *room ? *room * 2 : AT_FIRST;
	void *moved;

	if (count < *room)
		return items;
	moved = realloc(items, wanted * size);
	if (moved != NULL)
		*room = wanted;
	return moved;
}

void array_drop(void *items, size_t *count, size_t drop, size_t size)
{
	*count -= drop;
	memmove(items, (char *)items + drop * size, *count * size);
}

void array_sort(void *items, size_t count, size_t size,
		int (*compare)(const void *a, const void *b))
{
	for (size_t i = 1; i < count; i++) {
		const char *at = (const char *)items + i * size;

		if (compare(at - size, at) > 0) {
			qsort(items, count, size, compare);
			return;
		}
	}
}
