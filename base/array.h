/* Growing arrays. */
#ifndef BASE_ARRAY_H
#define BASE_ARRAY_H

#include <stddef.h>

/*
 * Make room for one more after `count` elements of `size` bytes. *items may
 * move; *room is the capacity. Returns NULL if memory runs out; the array is
 * then unchanged.
 */
void *array_grow(void *items, size_t count, size_t *room, size_t size);

/* Drop the first `drop` of *count elements. */
void array_drop(void *items, size_t *count, size_t drop, size_t size);

/*
 * Like qsort, but returns at once if the elements are in order, as readings
 * usually are.
 */
void array_sort(void *items, size_t count, size_t size,
		int (*compare)(const void *a, const void *b));

#endif
