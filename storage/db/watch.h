/* Who is told how far a long change of a database is, and may stop it. */
#ifndef STORAGE_DB_WATCH_H
#define STORAGE_DB_WATCH_H

#include <stdint.h>

struct watch {
	/*
	 * Called some times a second: about `done` of `of` bytes are written.
	 * 0: go on; else stop, and leave the database as it was. NULL: nobody.
	 */
	int (*turn)(void *ctx, int64_t done, int64_t of);
	void (*say)(void *ctx, const char *sentence); /* NULL: nobody */
	void *ctx;
};

#endif
