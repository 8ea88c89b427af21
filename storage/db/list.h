/* A growing array. */
#ifndef STORAGE_DB_LIST_H
#define STORAGE_DB_LIST_H

#include <stddef.h>

/*
 * Make room for one more after `count` elements of `size` bytes. *items may
 * move; *room is the number that fit. Returns NULL without memory; nothing is
 * lost then.
 */
void *list_more(void *items, size_t count, size_t *room, size_t size);

/* Drop the first `drop` of *count elements. */
void list_drop(void *items, size_t *count, size_t drop, size_t size);

#endif
