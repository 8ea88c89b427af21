/*
 * The texts that p1web itself writes for people: the page without JavaScript, a
 * refusal, the name of the installed page. The page's own texts are in
 * web/page. Pure.
 */
#ifndef WEB_WORDS_H
#define WEB_WORDS_H

#include <stdbool.h>

#include "base/span.h"

/* In one language. HTML, unless stated otherwise. */
struct words {
	const char *language; /* "nl" */
	const char *title;
	const char *app; /* plain text, short: below an icon */
	const char *now, *from_grid, *to_grid;
	const char *last;	/* contains %s: a time */
	const char *none_since; /* contains %s: a time */
	const char *none;	/* no reading yet */
	const char *no_script;	/* why the page shows less */
	const char *again;	/* a link */
	const char *day, *week, *month, *year;
	const char *electricity, *gas, *water, *warm_water, *heat, *cold;
	const char *host_title; /* this name is not known */
	const char *host_why;
	const char *host_how;  /* what to add to the settings */
	const char *host_then; /* and what to do after that */
};

/*
 * Returns the available language that this Accept-Language header prefers. If
 * it names none of them: English, and *named is false.
 */
const struct words *words_for(struct span accept_language, bool *named);

/* Returns the texts in the language of this name; English for any other. */
const struct words *words_named(const char *language);

#endif
