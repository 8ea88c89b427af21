/* Write steps from the journal to one RRD file. */
#ifndef RRD_FILE_BUILD_H
#define RRD_FILE_BUILD_H

#include "rrd/state_file.h"
#include "rrd/steps.h"

struct file_build {
	struct history *h;
	enum medium medium;
	uint32_t columns; /* columns of the file */

	/* Progress callback with the UTC time reached; may be NULL. */
	void (*progress)(void *ctx, int64_t from, int64_t at, int64_t to);
	void *ctx;
};

/*
 * Append to the file at path, which is complete up to the boundary `fed`, the
 * steps that the journal has by now; *p then describes the file. The file's
 * modification time is odd while it is being written and even, p->touched, when
 * done, so that an interruption is detected. Returns the number of steps, or a
 * negative code.
 */
int64_t file_build_append(const struct file_build *b, const char *path,
			  int64_t fed, struct medium_state *p, struct err *e);

/*
 * Create a file at path with the steps after the boundary `start`; it is on
 * disk on return. Otherwise like file_build_append.
 */
int64_t file_build_new(const struct file_build *b, const char *path,
		       int64_t start, struct medium_state *p, struct err *e);

/* Start of a file for the readings from `first` to `last`. */
int64_t file_build_start(int64_t first, int64_t last);

/*
 * Returns a fingerprint of the counters: equal for equal counters, and almost
 * certainly different for others.
 */
uint64_t file_build_print(const struct counter_point *p);

#endif
