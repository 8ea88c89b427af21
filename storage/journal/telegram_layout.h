/*
 * Where the data lines of a telegram start. A meter prints the same references
 * in the same places in nearly every telegram, so comparing these places
 * replaces splitting the telegram into lines.
 */
#ifndef STORAGE_JOURNAL_TELEGRAM_LAYOUT_H
#define STORAGE_JOURNAL_TELEGRAM_LAYOUT_H

#include "telegram/lines.h"
#include "telegram/reading.h"

enum { LAYOUT_BYTES = 4096, LAYOUT_LINES = 64 };

struct telegram_layout {
	bool usable; /* its text and lines fit */
	int n;	     /* used entries of `lines` */
	/* From the line end before the reference to the '(' after it. */
	struct layout_line {
		uint16_t at, length;
	} lines[LAYOUT_LINES];
	size_t size;
	char text[LAYOUT_BYTES];
};

/* Start the layout of a telegram, whose lines are then added in their order. */
void telegram_layout_begin(struct telegram_layout *l, struct span text);
void telegram_layout_add(struct telegram_layout *l, struct span text,
			 const struct line *line);

/*
 * Does a reading's telegram have exactly the same references, in the same
 * places? Its values may differ. If so, its text replaces the one here.
 */
bool telegram_layout_take(struct telegram_layout *l, const struct reading *r);

#endif
