/*
 * Internal: the table of findings with condition, keyword, exit code and text.
 * Add a finding by adding a row.
 */
#ifndef LOGGER_DIAGNOSE_FINDINGS_AND_TEXTS_H
#define LOGGER_DIAGNOSE_FINDINGS_AND_TEXTS_H

#include "logger/diagnose/evidence.h"

/*
 * The first of GROUP_MAIN that applies is the finding; those of GROUP_ALSO are
 * added.
 */
enum group { GROUP_MAIN, GROUP_ALSO };

struct finding_row {
	const char *word; /* "inverted" */
	bool (*applies)(const struct evidence *ev);
	enum group group;
	int code; /* an err_code */
	/*
	 * One sentence about the problem, one about the solution. %p is the
	 * port, %r why it was refused, %h its holder, %m the ModemManager
	 * process, %n bytes, %w seconds waited, %s the speed, %d the number of
	 * telegrams damaged this way.
	 */
	const char *text;
};

extern const struct finding_row finding_rows[FINDING_COUNT];

#endif
