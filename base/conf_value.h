/* Convert one setting between its text and its field, by type. */
#ifndef BASE_CONF_VALUE_H
#define BASE_CONF_VALUE_H

#include <stdio.h>

#include "base/conf_key.h"
#include "base/err.h"

/*
 * Read `value` into k's field of the struct at `into`. For CONF_PAIRS `value`
 * is all pairs, "a=1 b=2". Returns 0, or ERR_CONFIG with the allowed values.
 */
int conf_value_set(const struct conf_key *k, const char *value, void *into,
		   struct err *e);

/*
 * Add one pair to k's CONF_PAIRS in `into`; the first pair of a file discards
 * the preset's. Returns 0 or ERR_CONFIG.
 */
int conf_value_add(const struct conf_key *k, const char *name,
		   const char *value, void *into, struct err *e);

/* Write the field as a user would; CONF_PAIRS writes nothing. */
void conf_value_print(FILE *out, const struct conf_key *k, const void *from);

/*
 * Write CONF_PAIRS as lines of name = value, with `lead` before those of the
 * preset.
 */
void conf_value_print_pairs(FILE *out, const struct conf_key *k,
			    const void *from, const char *lead);

/* Is the field equal to its preset? Not for CONF_PAIRS. */
bool conf_value_is_preset(const struct conf_key *k, const void *from);

#endif
