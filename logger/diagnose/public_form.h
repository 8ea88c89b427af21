/*
 * Check printed values against the public form of their reference
 * (obis_description_form, telegram/obis_description.h).
 */
#ifndef LOGGER_DIAGNOSE_PUBLIC_FORM_H
#define LOGGER_DIAGNOSE_PUBLIC_FORM_H

#include <stdbool.h>

#include "base/span.h"

/*
 * Select from `forms`, separated by '|', the one that fits most of these
 * groups. Returns its start; NULL if `forms` is NULL.
 */
const char *public_form(const char *forms, struct span groups);

/* Does `value` fit group `at` (from 0) of `form`? */
bool public_form_fits(const char *form, int at, struct span value);

#endif
