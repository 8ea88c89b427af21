/*
 * The state of the RRD files, in a small text file beside them. It decides
 * whether a file may be appended to: one that does not match exactly is
 * rebuilt.
 */
#ifndef RRD_STATE_FILE_H
#define RRD_STATE_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "telegram/reading.h"

/* State of one medium's file. */
struct medium_state {
	bool known;
	int64_t change;	 /* last id of the journal's change list that it
			    includes */
	int64_t fed;	 /* end of its last step, UTC */
	uint64_t print;	 /* fingerprint of the counters at `fed` */
	int64_t touched; /* modification time, whole seconds */
};

enum { STATE_FILE_BOOT = 40 }; /* buffer size for a boot id, NUL included */

struct state_file {
	char boot[STATE_FILE_BOOT]; /* boot id under which it was written */
	struct medium_state of[MEDIUM_COUNT];
};

/*
 * Read the file at path. If it is missing, unreadable or of another
 * LAYOUT_VERSION, *c is empty.
 */
void state_file_load(struct state_file *c, const char *path);

/* Replace it as a whole. ERR_CREATE names the path. */
int state_file_save(const struct state_file *c, const char *path,
		    struct err *e);

/* The current boot id; "" if there is none. Returns buf. */
char *state_file_this_boot(char buf[static STATE_FILE_BOOT]);

#endif
