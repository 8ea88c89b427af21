/*
 * What is wrong with a P1 line, from what was seen of it. Pure: evidence in,
 * findings out, each with a sentence that says what to do. A new finding is a
 * new row of the table in findings.c.
 */
#ifndef LOGGER_DOCTOR_H
#define LOGGER_DOCTOR_H

#include <stddef.h>

#include "logger/evidence.h"

/* The findings, the weightiest first; how many. With telegrams that come as
 * they should: 0. */
size_t doctor_findings(const struct evidence *ev,
		       enum finding out[FINDING_COUNT]);

/* "inverted": one word each, for tests and scripts. */
const char *finding_word(enum finding f);

/* The err_code that a run ends with whose first finding it is. */
int finding_code(enum finding f);

enum { FINDING_TEXT = 640 }; /* bytes of finding_text, NUL included */

/* One sentence of what it is and one of what to do. Returns buf. */
char *finding_text(char buf[static FINDING_TEXT], enum finding f,
		   const struct evidence *ev);

#endif
