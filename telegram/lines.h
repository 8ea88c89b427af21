/*
 * Cut a telegram's text into lines and groups:
 *
 *   0-1:24.2.1(200310123504W)(01621.615*m3)
 *   reference  group          group
 */
#ifndef TELEGRAM_LINES_H
#define TELEGRAM_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "base/swar.h"

/* The two parts of a data line. */
struct line {
	uint32_t reference; /* see telegram/obis_code.h; OBIS_NONE: invalid */
	struct span obis;   /* "1-0:1.8.1", without group F */
	struct span groups; /* "(...)(...)", with the parentheses */
};

/*
 * Step through the data lines of a telegram, starting with *rest = the whole
 * telegram; returns false at its end. A value that the meter broke over several
 * lines is returned in one piece, including the line ends. Other lines, such as
 * the header and the end line, are skipped.
 */
bool telegram_line(struct span *rest, struct line *out);

/*
 * Cut the first "( ... )" off *groups, without its brackets. Returns false if
 * none is left. telegram_any_group does the same for groups that are broken
 * over several lines or contain brackets; it is called where needed.
 */
static inline bool telegram_group(struct span *groups, struct span *value);
bool telegram_any_group(struct span *groups, struct span *value);

static inline bool telegram_group(struct span *groups, struct span *value)
{
	const char *p = groups->p, *close;
	size_t n;

	if (groups->n == 0 || *p != '(' ||
	    (close = memchr(p, ')', groups->n)) == NULL)
		return telegram_any_group(groups, value);
	n = (size_t)(close + 1 - p);
	if (n < groups->n && close[1] != '(')
		return telegram_any_group(groups, value);
	*value = (struct span){ p + 1, n - 2 };
	*groups = (struct span){ p + n, groups->n - n };
	return true;
}

/*
 * Read a reference followed by '(', "1-0:1.8.1(" or "1-0:1.8.1*255(", into
 * out->reference and out->obis. Returns a pointer to the '(', or NULL if the
 * text has another form. Reads at most REFERENCE_MOST characters.
 */
enum { REFERENCE_MOST = sizeof("1-0:255.255.255*255(") };
const char *line_reference(const char *text, struct line *out);

/*
 * Read groups of the usual form, from their first '(' to a line end after which
 * no value continues: characters from '*' upward, in one piece. The first group
 * is `value`, the others are `more`. Returns where the next line starts, or
 * NULL if the groups have another form or `end` follows them too closely.
 */
static inline const char *line_groups(const char *text, const char *end,
				      struct span *value, struct span *more);

/* "(01621.615*m3)"; NULL as for line_groups. */
static inline const char *line_group(const char *p, const char *end,
				     struct span *value)
{
	enum { BEHIND = sizeof("\r\n") };
	const char *const from = ++p;
	uint64_t marks;

	for (;; p += 8) {
		if (p > end - 8)
			return NULL;
		marks = swar_below(swar_at(p), ')' + 1);
		if (marks != 0)
			break;
	}
	p += swar_first(marks);
	*value = (struct span){ from, (size_t)(p - from) };
	return *p == ')' && end - p > BEHIND ? p + 1 : NULL;
}

/* May a value continue on the line that starts at `next`? */
static inline bool line_continues(const char *next)
{
	return *next <= '(' && *next != '!';
}

/*
 * Skip the line end at p. Returns NULL if there is none, or if a value
 * continues on the next line.
 */
static inline const char *line_end(const char *p)
{
	p += *p == '\r';
	return *p == '\n' && !line_continues(p + 1) ? p + 1 : NULL;
}

static inline const char *line_groups(const char *text, const char *end,
				      struct span *value, struct span *more)
{
	const char *p = line_group(text, end, value);
	struct span other;

	more->p = p;
	while (p != NULL && *p == '(')
		p = line_group(p, end, &other);
	if (p == NULL)
		return NULL;
	more->n = (size_t)(p - more->p);
	return line_end(p);
}

/* Is it "ER23" or similar, a meter's code for a value it cannot read? */
bool value_is_error(struct span value);

/*
 * Does a data line start here, with "1-0:" or similar? Returns 1 for yes, 0 for
 * no, -1 if there are too few bytes to tell.
 */
int line_begins(struct span s);

/*
 * Does a telegram's header start here: a '/', the three letters of the
 * manufacturer, the rest of a line without brackets, and below it, after any
 * blank lines, a data line? Looks at no more than HEADER_SPAN bytes. Returns 1,
 * 0 or -1 like line_begins.
 */
enum { HEADER_SPAN = 256 };
int header_begins(struct span s);

/* Does it start like a header, with '/' and three letters? */
bool header_starts(struct span s);

/* Does any position in these bytes start like a header? */
bool header_within(struct span s);

/*
 * Do these bytes look like an attempt at a telegram: a header or a data line?
 */
bool telegram_tried(struct span s);

#endif
