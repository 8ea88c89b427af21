/* Steps from the journal into one RRD file. */
#ifndef RRD_BUILD_H
#define RRD_BUILD_H

#include "rrd/cursor.h"
#include "rrd/rrd_update.h"

struct build {
	struct history *h;
	enum medium medium;
	uint32_t columns; /* of the file */

	/* Called now and then with the UTC reached; may be NULL. */
	void (*progress)(void *ctx, int64_t from, int64_t at, int64_t to);
	void *ctx;
};

/*
 * Append to the file at path, which holds all up to the boundary `fed`, the
 * steps that the journal has by now; *p then says what it holds. While it is
 * written its modification time is odd, when it is done even and p->touched: a
 * kill in between shows. Returns the number of steps, or a negative code.
 */
int64_t build_append(const struct build *b, const char *path, int64_t fed,
		     struct progress *p, struct err *e);

/*
 * Make a new file at path with the steps behind the boundary `start`, whole on
 * the disk when it returns. As build_append.
 */
int64_t build_new(const struct build *b, const char *path, int64_t start,
		  struct progress *p, struct err *e);

/* Where a file for the readings from `first` to `last` begins. */
int64_t build_start(int64_t first, int64_t last);

/* The same for the same counters, and as good as never for others. */
uint64_t build_print(const struct point *p);

#endif
