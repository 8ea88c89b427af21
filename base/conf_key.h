/* A row of the settings table: what a key is and where its value is stored. */
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
	CONF_PAIRS,   /* struct conf_pairs: keys chosen by the user */
};

enum { CONF_PAIR_KEY = 32, CONF_PAIRS_MAX = 48 };

/* Value of CONF_PAIRS: name = whole number, in the file's order. */
struct conf_pairs {
	bool given; /* pairs came from the file, not from the preset */
	size_t n;
	struct conf_pair {
		char key[CONF_PAIR_KEY];
		long value;
	} pair[CONF_PAIRS_MAX];
};

struct conf_key {
	const char *key; /* "section:name", lower case; CONF_PAIRS:
			    "section:*", every key without a row of its own */
	enum conf_type type;
	size_t offset;	     /* in the caller's struct */
	size_t size;	     /* bytes; CONF_TEXT: including the NUL */
	long min, max;	     /* CONF_INT, CONF_PAIRS: the range;
				CONF_DECIMAL: max is the limit of the whole
				part, of either sign */
	const char *choices; /* CONF_CHOICE: "stderr syslog" */
	const char *preset;  /* default as the user would write it;
				CONF_PAIRS: "a=1 b=2" */
	const char *help;    /* one or two lines separated by '\n', with the
			     unit */
};

#endif
