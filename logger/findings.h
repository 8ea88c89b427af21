/*
 * Within the room: each finding, once: when it applies, what it is called, how
 * a run ends that has it, and what is said. A new one is a new row here.
 */
#ifndef LOGGER_FINDINGS_H
#define LOGGER_FINDINGS_H

#include "logger/evidence.h"

/* The first of GROUP_MAIN that applies is the finding, GROUP_ALSO beside it. */
enum group { GROUP_MAIN, GROUP_ALSO };

struct finding_row {
	const char *word; /* "inverted" */
	bool (*applies)(const struct evidence *ev);
	enum group group;
	int code; /* an err_code */
	/*
	 * One sentence of what it is, one of what to do. In it: %p the port, %r
	 * why it was refused, %h who holds it, %m the ModemManager process, %n
	 * bytes, %w seconds waited, %s the speed, %d how many of the telegrams
	 * were damaged.
	 */
	const char *text;
};

extern const struct finding_row finding_rows[FINDING_COUNT];

#endif
