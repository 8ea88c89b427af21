/*
 * A telegram's text cut into lines and groups:
 *
 *	0-1:24.2.1(200310123504W)(01621.615*m3)
 *	reference  group          group
 */
#ifndef TELEGRAM_LINES_H
#define TELEGRAM_LINES_H

#include <stdbool.h>

#include "base/span.h"

/* One data line, cut in two. */
struct line {
	struct span obis;   /* "1-0:1.8.1", group F left out */
	struct span groups; /* "(...)(...)", brackets included */
};

/*
 * Step through the data lines of a telegram. A value that the meter broke over
 * several lines comes as one, with the line ends that stand in it. Begin with
 * *rest = the whole telegram; false at its end. Lines that are none are skipped,
 * the header and the end line among them.
 */
bool telegram_line(struct span *rest, struct line *out);

/* Cut the first "( ... )" off *groups, brackets left out. False: none left. */
bool telegram_group(struct span *groups, struct span *value);

/* Is it "ER23" or the like: a meter's word that it cannot read its own value? */
bool value_is_error(struct span value);

/*
 * Does a data line begin here, with "1-0:" or the like? 1 yes, 0 no, -1 too few
 * bytes to tell.
 */
int line_begins(struct span s);

/*
 * Does a telegram's header begin here: a '/', the three letters of the
 * manufacturer, the rest of a line without brackets, and below it, blank lines
 * aside, a data line? At most HEADER_SPAN bytes are looked at. 1, 0 or -1 as
 * above.
 */
enum { HEADER_SPAN = 256 };
int header_begins(struct span s);

/* Does it begin as a header must: a '/' and three letters? */
bool header_starts(struct span s);

/* Does one begin so anywhere in these bytes? */
bool header_within(struct span s);

/* Did somebody try to send a telegram in these bytes: a header, a data line? */
bool telegram_tried(struct span s);

#endif
