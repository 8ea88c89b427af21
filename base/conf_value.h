/* One value of a setting: from its text into a field, and back, by its type. */
#ifndef BASE_CONF_VALUE_H
#define BASE_CONF_VALUE_H

#include <stdio.h>

#include "base/conf_key.h"
#include "base/err.h"

/*
 * Read `value` into k's field of the struct at `into`. 0, or ERR_CONFIG with
 * what is allowed. Of CONF_PAIRS `value` is all of them, "a=1 b=2".
 */
int conf_value_set(const struct conf_key *k, const char *value, void *into,
		   struct err *e);

/*
 * Add one pair to k's CONF_PAIRS in `into`; the first of a file drives out
 * those of the preset. 0 or ERR_CONFIG.
 */
int conf_value_add(const struct conf_key *k, const char *name,
		   const char *value, void *into, struct err *e);

/* Write the field as a user would; nothing of CONF_PAIRS. */
void conf_value_print(FILE *out, const struct conf_key *k, const void *from);

/*
 * Write CONF_PAIRS as lines of name = value, `lead` in front of each that is of
 * the preset.
 */
void conf_value_print_pairs(FILE *out, const struct conf_key *k,
			    const void *from, const char *lead);

/* Does the field hold what the preset says? Not of CONF_PAIRS. */
bool conf_value_is_preset(const struct conf_key *k, const void *from);

#endif
