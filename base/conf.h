/*
 * Settings from an ini file, by a table of keys. The table is the only place
 * that knows a key: reading, range check, default, --print-config and the
 * manual page are all made from it.
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/err.h"

enum conf_type {
	CONF_INT,    /* long */
	CONF_BOOL,   /* bool; yes, no, true, false, on, off, 1, 0 */
	CONF_TEXT,   /* char[size] */
	CONF_CHOICE, /* int: index into `choices` */
	CONF_PAIRS,  /* struct conf_pairs: keys of the user's own choosing */
};

enum { CONF_PAIR_KEY = 32, CONF_PAIRS_MAX = 48 };

/* What CONF_PAIRS reads: name = whole number, in the file's order. */
struct conf_pairs {
	bool given; /* the file has some: those of the preset are gone */
	size_t n;
	struct conf_pair {
		char key[CONF_PAIR_KEY];
		long value;
	} pair[CONF_PAIRS_MAX];
};

struct conf_key {
	const char *key;     /* "section:name", lower case; of CONF_PAIRS
	                        "section:*": all that no other row has */
	enum conf_type type;
	size_t offset;       /* where in the caller's struct */
	size_t size;         /* bytes there; of CONF_TEXT with the NUL */
	long min, max;       /* CONF_INT, CONF_PAIRS: the range */
	const char *choices; /* CONF_CHOICE: "stderr syslog" */
	const char *preset;  /* the default, as a user would write it; of
	                        CONF_PAIRS "a=1 b=2" */
	const char *help;    /* one or two lines ('\n' between), with the unit */
};

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
