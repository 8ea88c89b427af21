/*
 * Diagnose a P1 line from the evidence. Pure: evidence in, findings out, each
 * with a sentence that says what to do. Add a finding by adding a row to the
 * table in findings_and_texts.c.
 */
#ifndef LOGGER_DIAGNOSE_SELECT_FINDINGS_H
#define LOGGER_DIAGNOSE_SELECT_FINDINGS_H

#include <stddef.h>

#include "logger/diagnose/evidence.h"

/*
 * List the findings, most important first. Returns their number: 0 if telegrams
 * arrive properly.
 */
size_t select_findings(const struct evidence *ev,
		       enum finding out[FINDING_COUNT]);

/* Returns the keyword, such as "inverted", for tests and scripts. */
const char *finding_word(enum finding f);

/* The err_code of a run with this as its first finding. */
int finding_code(enum finding f);

enum { FINDING_TEXT = 640 }; /* buffer size for finding_text, NUL included */

/*
 * Write one sentence about the problem and one about the solution. Returns buf.
 */
char *finding_text(char buf[static FINDING_TEXT], enum finding f,
		   const struct evidence *ev);

#endif
