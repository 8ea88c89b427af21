/*
 * The state of the RRD files, in a small text file beside them. It decides
 * whether a file may be appended to: one that does not match exactly is
 * rebuilt.
 */
#ifndef RRD_CURSOR_H
#define RRD_CURSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "telegram/reading.h"

/* State of one medium's file. */
struct file_state {
	bool known;
	int64_t change;	 /* last id of the journal's change list that it
			    includes */
	int64_t fed;	 /* end of its last step, UTC */
	uint64_t print;	 /* fingerprint of the counters at `fed` */
	int64_t touched; /* modification time, whole seconds */
};

enum { CURSOR_BOOT = 40 }; /* buffer size for a boot id, NUL included */

struct cursor {
	char boot[CURSOR_BOOT]; /* boot id under which it was written */
	struct file_state of[MEDIUM_COUNT];
};

/*
 * Read the file at path. If it is missing, unreadable or of another
 * LAYOUT_VERSION, the cursor is empty.
 */
void cursor_load(struct cursor *c, const char *path);

/* Write it atomically. ERR_CREATE names the path. */
int cursor_save(const struct cursor *c, const char *path, struct err *e);

/* The present boot id; "" if there is none. Returns buf. */
char *cursor_this_boot(char buf[static CURSOR_BOOT]);

#endif
