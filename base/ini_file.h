/*
 * Read settings from an ini file, driven by a table of keys. Only the table
 * knows a key: reading, range checks, defaults, --print-config and the manual
 * page are all generated from it.
 */
#ifndef BASE_INI_FILE_H
#define BASE_INI_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/err.h"
#include "base/ini_key_types.h"

/* Set every field of *into to its default. */
void ini_file_preset(const struct ini_key *keys, size_t n, void *into);

/*
 * Read the ini file at path over the values in *into. Returns 0; ERR_CONFIG,
 * which names the file, key, value and allowed range, the key or section that
 * was probably meant, or both lines of a key that is set twice; ERR_ABSENT if
 * the file does not exist; ERR_PERMISSION if this user may not read it.
 */
int ini_file_load(const struct ini_key *keys, size_t n, const char *path,
		  void *into, struct err *e);

/*
 * Write all keys as an ini file that ini_file_load reads back to the same values:
 * sections in the table's order, the help above each key as a comment. With
 * `shipped`, keys that have their default value are commented out.
 */
void ini_file_print(FILE *out, const struct ini_key *keys, size_t n,
		    const void *from, int shipped);

/*
 * Write a line for each key that differs from its default, "[section] key =
 * value", followed by the default. Write nothing if all keys have their
 * defaults.
 */
void ini_file_print_changes(FILE *out, const struct ini_key *keys, size_t n,
			    const void *from);

/* Does the key "section:name" differ from its default? */
bool ini_file_is_changed(const struct ini_key *keys, size_t n, const void *from,
			 const char *key);

/*
 * Find a key that has no effect: the first of the section that differs from its
 * default while all of `switches`, names separated by blanks, have theirs.
 * Returns its name, or NULL if there is none.
 */
const char *ini_file_idle(const struct ini_key *keys, size_t n,
			  const void *from, const char *section,
			  const char *switches);

#endif
