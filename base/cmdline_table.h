/*
 * The table of a program's command line, for base/cmdline.h: each row says how
 * an option is written, what it does and what --help says about it.
 */
#ifndef BASE_CMDLINE_TABLE_H
#define BASE_CMDLINE_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* What an option does to the struct that receives the options. */
enum cmdline_effect {
	CMDLINE_CALLS,	 /* calls `set` */
	CMDLINE_COUNTS,	 /* stores a number from low to high in an int64_t
			    field */
	CMDLINE_NAMES,	 /* stores the argument (of argv) in a const char *
			    field */
	CMDLINE_TURNS,	 /* sets a bool field to `low`: 1 or 0 */
	CMDLINE_ZEROES,	 /* sets an int64_t field to 0 */
	CMDLINE_HELPS,	 /* --help: stop reading */
	CMDLINE_VERSIONS /* --version: stop reading */
};

struct cmdline_option {
	char letter;	      /* 0 if none */
	const char *name;     /* without "--"; NULL: the row is a heading */
	const char *argument; /* name in --help, "[=DATE]" if optional; NULL:
				 takes none */
	const char *help;     /* lines separated by '\n' */
	enum cmdline_effect effect;
	size_t field; /* offset in the struct */
	int64_t low, high;
	/*
	 * Receives the row's `low` as `which`; `value` is NULL if the option
	 * had no argument. Returns 0 or a negative code; "--name: " is then
	 * prepended to the message.
	 */
	int (*set)(void *into, int which, const char *value, struct err *e);
};

/* The tail of a row: what the option does. `type` is the receiving struct. */
#define CMDLINE_CALL(set, which) CMDLINE_CALLS, 0, which, 0, set
#define CMDLINE_COUNT(type, field, low, high)                                  \
	CMDLINE_COUNTS, offsetof(type, field), low, high, NULL
#define CMDLINE_NAME(type, field)                                              \
	CMDLINE_NAMES, offsetof(type, field), 0, 0, NULL
#define CMDLINE_TURN(type, field, on)                                          \
	CMDLINE_TURNS, offsetof(type, field), on, 0, NULL
#define CMDLINE_ZERO(type, field)                                              \
	CMDLINE_ZEROES, offsetof(type, field), 0, 0, NULL

/* Complete rows: --help, --version and a heading. */
/* clang-format off */
#define CMDLINE_HELP_ROW \
	{ 'h', "help", NULL, "print this help", CMDLINE_HELPS, 0, 0, 0, NULL }
#define CMDLINE_VERSION_ROW                                                \
	{ 'V', "version", NULL, "print the version", CMDLINE_VERSIONS, 0, 0, \
	  0, NULL }
#define CMDLINE_HEADING(text) \
	{ 0, NULL, NULL, text, CMDLINE_HELPS, 0, 0, 0, NULL }
/* clang-format on */

enum { CMDLINE_ROWS = 64 }; /* maximum per program */

struct cmdline {
	const char *program; /* name in messages */
	const char *above;   /* start of --help: usage and purpose */
	const struct cmdline_option *rows;
	size_t count;	   /* up to CMDLINE_ROWS */
	const char *below; /* end of --help, or NULL */
};

#endif
