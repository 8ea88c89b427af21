/*
 * Whether a printed value has the form that its reference may have in public
 * (meaning_form, telegram/meaning.h).
 */
#ifndef LOGGER_REDACT_FORM_H
#define LOGGER_REDACT_FORM_H

#include <stdbool.h>

#include "base/span.h"

/*
 * Choose of `forms`, which a '|' keeps apart, the one that the most of these
 * groups fit. Returns where it begins; `forms` may be NULL, and so is the answer.
 */
const char *redact_form(const char *forms, struct span groups);

/* Returns whether `value` is what the group `at` (from 0) of `form` may hold. */
bool redact_form_fits(const char *form, int at, struct span value);

#endif
