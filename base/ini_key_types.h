/* A row of the settings table: what a key is and where its value is stored. */
#ifndef BASE_INI_KEY_TYPES_H
#define BASE_INI_KEY_TYPES_H

#include <stdbool.h>
#include <stddef.h>

enum ini_type {
	INI_INT,     /* long */
	INI_BOOL,    /* bool; yes, no, true, false, on, off, 1, 0 */
	INI_TEXT,    /* char[size] */
	INI_DECIMAL, /* char[size]: "-0.28123", up to six decimals, or "" */
	INI_CHOICE,  /* int: index into `choices` */
	INI_PAIRS,   /* struct ini_pairs: keys chosen by the user */
};

enum { INI_PAIR_KEY = 32, INI_PAIRS_MAX = 48 };

/* Value of INI_PAIRS: name = whole number, in the file's order. */
struct ini_pairs {
	bool given; /* pairs came from the file, not from the preset */
	size_t n;
	struct ini_pair {
		char key[INI_PAIR_KEY];
		long value;
	} pair[INI_PAIRS_MAX];
};

struct ini_key {
	const char *key; /* "section:name", lower case; INI_PAIRS:
			    "section:*", every key without a row of its own */
	enum ini_type type;
	size_t offset;	     /* in the caller's struct */
	size_t size;	     /* bytes; INI_TEXT: including the NUL */
	long min, max;	     /* INI_INT, INI_PAIRS: the range;
				INI_DECIMAL: max is the limit of the whole
				part, of either sign */
	const char *choices; /* INI_CHOICE: "stderr syslog" */
	const char *preset;  /* default as the user would write it;
				INI_PAIRS: "a=1 b=2" */
	const char *help;    /* one or two lines separated by '\n', with the
			     unit */
};

#endif
