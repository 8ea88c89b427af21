/* The command line of p1graph. */
#ifndef GRAPHS_GRAPH_OPTIONS_H
#define GRAPHS_GRAPH_OPTIONS_H

#include "base/err.h"
#include "base/range.h"
#include "graphs/charts.h"
#include "graphs/picture.h"

struct graph_options {
	int range;		       /* enum range_kind; -1: not given */
	const struct subject *subject; /* NULL: not given */
	const char *date;	       /* NULL: today */
	const char *output;
	const char *all; /* --all's folder */
	const char *config;
	const struct picture_words *words; /* NULL: as in the settings */
	struct look look;
};

/*
 * Read the command line over the defaults in *o; the strings point into argv,
 * which is reordered. A word that is not an option is the date. Returns 0; 1 if
 * only --help or --version was printed; or a negative code, such as ERR_USAGE
 * for an invalid option.
 */
int graph_options_read(struct graph_options *o, int argc, char **argv,
		       struct err *e);

#endif
