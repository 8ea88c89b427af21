/*
 * Say what is wrong with an argument of the command line, and what was probably
 * meant.
 */
#ifndef BASE_CMDLINE_WRONG_H
#define BASE_CMDLINE_WRONG_H

#include "base/cmdline_table.h"

/*
 * Find the option that an argument without dashes, or a mistyped name, was
 * meant to be: "once" for "once" or "oncee". Returns a row's name, or NULL.
 */
const char *cmdline_meant(const struct cmdline *c, const char *word);

/*
 * Refuse `word`, which matches no row: an unknown option, a shortened name that
 * matches several, or a long name after a single dash. `letter` is the unknown
 * letter of an argument such as "-lz", or 0 if the whole argument is unknown.
 * Returns ERR_USAGE.
 */
int cmdline_unknown(const struct cmdline *c, const char *word, char letter,
		    struct err *e);

/*
 * Refuse the option `word` of this row, whose value is missing. Returns
 * ERR_USAGE.
 */
int cmdline_needs_value(const struct cmdline *c, const char *word,
			const struct cmdline_option *row, struct err *e);

/*
 * Refuse an argument that is not an option, in a program that takes only
 * options. Returns ERR_USAGE.
 */
int cmdline_surplus(const struct cmdline *c, const char *word, struct err *e);

/* Refuse "-once", which getopt reads as -o -n -c -e. Returns 0 or ERR_USAGE. */
int cmdline_check_dashes(const struct cmdline *c, char **argv, struct err *e);

/*
 * Refuse a value that is an option: "-c" in "--backup -c FILE". Returns 0 or
 * ERR_USAGE.
 */
int cmdline_check_value(const struct cmdline *c,
			const struct cmdline_option *row, const char *value,
			struct err *e);

#endif
