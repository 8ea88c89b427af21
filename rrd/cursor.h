/*
 * How far the RRD files came: a small text file beside them. It is the judge of
 * what may be appended to: a file that is not exactly as it says is made again.
 */
#ifndef RRD_CURSOR_H
#define RRD_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "telegram/reading.h"

/* What is known of one medium's file. */
struct progress {
	bool known;
	int64_t change;	 /* id in the journal's change list that it holds */
	int64_t fed;	 /* UTC, end of its last step */
	uint64_t print;	 /* fingerprint of the counters there */
	int64_t touched; /* the file's modification time, whole seconds */
};

enum { CURSOR_BOOT = 40 }; /* bytes of a boot's name, NUL included */

struct cursor {
	char boot
		[CURSOR_BOOT]; /* the machine's start under which it was written */
	struct progress of[MEDIUM_COUNT];
};

/*
 * Read the file at path. One that is absent, cannot be read or is of another
 * LAYOUT_VERSION gives an empty cursor.
 */
void cursor_load(struct cursor *c, const char *path);

/* Write it, the whole or not at all. ERR_CREATE names the path. */
int cursor_save(const struct cursor *c, const char *path, struct err *e);

/* The name of the machine's present start; "" where it has none. Returns buf. */
char *cursor_this_boot(char buf[static CURSOR_BOOT]);

#endif
