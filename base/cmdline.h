/*
 * The command line of a program, by a table: a row says how an option is
 * written, what it does and what --help says of it. Each word is read by
 * getopt_long() of the C library, so options and words may be mixed, long names
 * shortened, and "--" ends the options.
 */
#ifndef BASE_CMDLINE_H
#define BASE_CMDLINE_H

#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "base/span.h"

/* What an option does to the struct that the options are read into. */
enum cmdline_effect {
	CMDLINE_CALLS,	 /* `set` is called */
	CMDLINE_COUNTS,	 /* an int64_t field is the number, from low to high */
	CMDLINE_NAMES,	 /* a const char * field is the word, of argv */
	CMDLINE_TURNS,	 /* a bool field is `low`: 1 or 0 */
	CMDLINE_ZEROES,	 /* an int64_t field is 0 */
	CMDLINE_HELPS,	 /* nothing more is read: --help */
	CMDLINE_VERSIONS /* the same: --version */
};

struct cmdline_option {
	char letter;	      /* 0: it has none */
	const char *name;     /* without "--"; NULL: the row is a heading */
	const char *argument; /* as --help names it, "[=DATE]" when it may be
				 left out; NULL: takes none */
	const char *help;     /* lines, a '\n' between two */
	enum cmdline_effect effect;
	size_t field; /* its offset */
	int64_t low, high;
	/*
	 * `which` is the row's `low`; `value` is NULL where none was given. 0,
	 * or a negative code: then "--name: " is put before the sentence.
	 */
	int (*set)(void *into, int which, const char *value, struct err *e);
};

/* The ends of a row: what it does. `type` is the struct that is read into. */
#define CMDLINE_CALL(set, which) CMDLINE_CALLS, 0, which, 0, set
#define CMDLINE_COUNT(type, field, low, high)                                  \
	CMDLINE_COUNTS, offsetof(type, field), low, high, NULL
#define CMDLINE_NAME(type, field)                                              \
	CMDLINE_NAMES, offsetof(type, field), 0, 0, NULL
#define CMDLINE_TURN(type, field, on)                                          \
	CMDLINE_TURNS, offsetof(type, field), on, 0, NULL
#define CMDLINE_ZERO(type, field)                                              \
	CMDLINE_ZEROES, offsetof(type, field), 0, 0, NULL

/* Whole rows: the two that every program has, and a heading. */
/* clang-format off */
#define CMDLINE_HELP_ROW \
	{ 'h', "help", NULL, "print this", CMDLINE_HELPS, 0, 0, 0, NULL }
#define CMDLINE_VERSION_ROW                                                \
	{ 'V', "version", NULL, "print the version", CMDLINE_VERSIONS, 0, 0, \
	  0, NULL }
#define CMDLINE_HEADING(text) \
	{ 0, NULL, NULL, text, CMDLINE_HELPS, 0, 0, 0, NULL }
/* clang-format on */

enum { CMDLINE_ROWS = 64 }; /* that a program may have */

struct cmdline {
	const char *program; /* as messages name it */
	const char *above;   /* of --help: the usage, and what it is for */
	const struct cmdline_option *rows;
	size_t count;	   /* to CMDLINE_ROWS */
	const char *below; /* of --help, or NULL */
};

/* What cmdline_read says when the program has only to print and to end. */
enum { CMDLINE_ASKED_HELP = 1, CMDLINE_ASKED_VERSION };

/*
 * Read argv into the struct at `into`, which holds the defaults, by the rows;
 * `*words` is then the words that are no options, up to NULL. With words NULL
 * such a word is an error. All strings are argv's, whose words are put in
 * another order. 0, one of the two above, or a negative code: ERR_USAGE, or
 * what a row's `set` said.
 */
int cmdline_read(const struct cmdline *c, int argc, char **argv, void *into,
		 char ***words, struct err *e);

/*
 * Print the text that was asked for: `asked` is one of the two above. 0, or
 * ERR_IO when it cannot be written.
 */
int cmdline_say(const struct cmdline *c, int asked, FILE *out, struct err *e);

#endif
