/*
 * Table-driven command line (base/cmdline_table.h). getopt_long() does the
 * reading, so options and other arguments may be mixed, long names shortened,
 * and "--" ends the options.
 */
#ifndef BASE_CMDLINE_H
#define BASE_CMDLINE_H

#include <stdio.h>

#include "base/cmdline_table.h"
#include "base/span.h"

/*
 * Returned by cmdline_read when the program should only print a text and exit.
 */
enum { CMDLINE_ASKED_HELP = 1, CMDLINE_ASKED_VERSION };

/*
 * Read argv into the struct at `into`, which holds the defaults. Sets *words to
 * the arguments that are not options, NULL-terminated; if `words` is NULL, such
 * an argument is an error. An option of the program in place of a value counts
 * as a missing value: "--backup -c FILE". All strings point into argv, which is
 * reordered. Returns 0, one of the two values above, or a negative code:
 * ERR_USAGE, which names the option that was probably meant, or the result of a
 * row's `set`.
 */
int cmdline_read(const struct cmdline *c, int argc, char **argv, void *into,
		 char ***words, struct err *e);

/*
 * Print the text requested: `asked` is one of the two values above. Returns 0,
 * or ERR_IO if it cannot be written.
 */
int cmdline_say(const struct cmdline *c, int asked, FILE *out, struct err *e);

#endif
