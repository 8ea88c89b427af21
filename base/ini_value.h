/* Convert one setting between its text and its field, by type. */
#ifndef BASE_INI_VALUE_H
#define BASE_INI_VALUE_H

#include <stdio.h>

#include "base/err.h"
#include "base/ini_key_types.h"

/*
 * Read `value` into k's field of the struct at `into`. For INI_PAIRS `value`
 * contains all pairs, "a=1 b=2". Returns 0, or ERR_CONFIG with the allowed
 * values.
 */
int ini_value_set(const struct ini_key *k, const char *value, void *into,
		  struct err *e);

/*
 * Add one pair to k's INI_PAIRS in `into`; the first pair of a file discards
 * the preset's. Returns 0 or ERR_CONFIG.
 */
int ini_value_add(const struct ini_key *k, const char *name, const char *value,
		  void *into, struct err *e);

/* Write the field as a user would; INI_PAIRS writes nothing. */
void ini_value_print(FILE *out, const struct ini_key *k, const void *from);

/*
 * Write INI_PAIRS as lines of name = value, with `lead` before those of the
 * preset.
 */
void ini_value_print_pairs(FILE *out, const struct ini_key *k, const void *from,
			   const char *lead);

/* Is the field equal to its preset? Not for INI_PAIRS. */
bool ini_value_is_preset(const struct ini_key *k, const void *from);

#endif
