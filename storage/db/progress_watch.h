/* Follows the progress of a long change of a database, and may stop it. */
#ifndef STORAGE_DB_PROGRESS_WATCH_H
#define STORAGE_DB_PROGRESS_WATCH_H

#include <stdint.h>

struct progress_watch {
	/*
	 * Called a few times a second: about `done` of `of` bytes are written.
	 * Returns 0 to continue; otherwise the change stops and leaves the
	 * database as it was. NULL: not called.
	 */
	int (*turn)(void *ctx, int64_t done, int64_t of);
	void (*say)(void *ctx, const char *sentence); /* NULL: not called */
	void *ctx;
};

#endif
