/* A row of the table of settings: what a key is, and where its value goes. */
#ifndef BASE_CONF_KEY_H
#define BASE_CONF_KEY_H

#include <stdbool.h>
#include <stddef.h>

enum conf_type {
	CONF_INT,     /* long */
	CONF_BOOL,    /* bool; yes, no, true, false, on, off, 1, 0 */
	CONF_TEXT,    /* char[size] */
	CONF_DECIMAL, /* char[size]: "-0.28123", up to six decimals, or "" */
	CONF_CHOICE,  /* int: index into `choices` */
	CONF_PAIRS,   /* struct conf_pairs: keys of the user's own choosing */
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
	const char *key; /* "section:name", lower case; of CONF_PAIRS
	                        "section:*": all that no other row has */
	enum conf_type type;
	size_t offset;	     /* where in the caller's struct */
	size_t size;	     /* bytes there; of CONF_TEXT with the NUL */
	long min, max;	     /* CONF_INT, CONF_PAIRS: the range; CONF_DECIMAL:
	                        max is the whole part, of either sign */
	const char *choices; /* CONF_CHOICE: "stderr syslog" */
	const char *preset;  /* the default, as a user would write it; of
	                        CONF_PAIRS "a=1 b=2" */
	const char *help; /* one or two lines ('\n' between), with the unit */
};

#endif
