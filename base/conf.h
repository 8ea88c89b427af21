/*
 * Settings from an ini file, by a table of keys. The table is the only place
 * that knows a key: reading, range check, default, --print-config and the
 * manual page are all made from it.
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include <stddef.h>
#include <stdio.h>

#include "base/conf_key.h"
#include "base/err.h"

/* Give every field of *into its default. */
void conf_preset(const struct conf_key *keys, size_t n, void *into);

/*
 * Read the ini file at path over what *into holds. ERR_CONFIG names file, key,
 * value and what is allowed, also for an unknown key or section; ERR_ABSENT
 * when there is no such file; ERR_PERMISSION when it may not be read.
 */
int conf_load(const struct conf_key *keys, size_t n, const char *path,
	      void *into, struct err *e);

/*
 * Write all keys as an ini file that conf_load reads back to the same values:
 * sections in the table's order, each key under its help as a comment. A key
 * that has its default is itself commented out when `shipped` is set.
 */
void conf_print(FILE *out, const struct conf_key *keys, size_t n,
		const void *from, int shipped);

#endif
