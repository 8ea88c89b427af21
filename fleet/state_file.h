/*
 * What p1pg must know at its next run, in a small text file beside the database.
 * Losing it costs at most a line in the log or sending more than necessary.
 */
#ifndef FLEET_STATE_FILE_H
#define FLEET_STATE_FILE_H

#include <stdbool.h>

#include "storage/history/journal_changes.h"

struct state_file {
	/* The server's cursor when it was last seen; journal "" if unknown. */
	struct journal_state cursor;
	/*
	 * A later state of the same journal: all that happened between the two
	 * did happen to this file.
	 */
	struct journal_state seen;
	int failures;	 /* runs that failed since the last success */
	int64_t lost_ts; /* UTC of the first of them; 0: none */
	int64_t next_ts; /* UTC before which a follower does not try again */
	int code;	 /* error code that was logged last; 0: none */
};

/*
 * Open the file at `path`, created if missing, and lock it: one p1pg at a time
 * works on a database. Returns its descriptor, and *s, which is empty if the
 * file is unreadable; or ERR_BUSY if another p1pg runs, or ERR_CREATE with the
 * path.
 */
int state_file_open(struct state_file *s, const char *path, struct err *e);

/* Write it. Returns 0 or ERR_CREATE. */
int state_file_save(const struct state_file *s, int fd, struct err *e);

#endif
