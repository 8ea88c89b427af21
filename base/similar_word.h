/* "Did you mean ...?": the known word that is nearest to a mistyped one. Pure. */
#ifndef BASE_SIMILAR_WORD_H
#define BASE_SIMILAR_WORD_H

#include <stddef.h>

/* Begin with { .word = ... }; all strings are borrowed. */
struct similar_word {
	const char *word;    /* as typed */
	const char *nearest; /* nearest name tried; NULL if none is near */
	size_t distance;     /* distance of `nearest` */
};

/*
 * Compare with one more known word. It is near if up to a third of the longer
 * word's letters, and at least one, are wrong, missing, surplus or exchanged
 * with their neighbour. Upper and lower case count as equal, and so do '-' and
 * '_'. A word longer than 63 bytes is near to none. If several are equally
 * near, the first one wins.
 */
void similar_word_try(struct similar_word *s, const char *known);

#endif
