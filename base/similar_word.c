#include "base/similar_word.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST = 63, PART = 3 };

static int plain(char c)
{
	return c == '_' ? '-' : tolower((unsigned char)c);
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * Optimal string alignment: the number of letters to replace, insert, delete or
 * exchange with their neighbour. Row i of the table is for the first i letters
 * of a; three rows are kept.
 */
static size_t distance(const char *a, const char *b)
{
	size_t rows[3][LONGEST + 1], n = strlen(b);
	size_t *before = rows[0], *above = rows[1], *row = rows[2];

	for (size_t k = 0; k <= n; k++)
		row[k] = before[k] = above[k] = k;
	for (size_t i = 1; a[i - 1] != '\0'; i++) {
		size_t *spare = before;

		before = above;
		above = row;
		row = spare;
		row[0] = i;
		for (size_t k = 1; k <= n; k++) {
			int x = plain(a[i - 1]), y = plain(b[k - 1]);

			row[k] = least(least(above[k], row[k - 1]) + 1,
				       above[k - 1] + (x != y));
			if (i > 1 && k > 1 && x == plain(b[k - 2]) &&
			    plain(a[i - 2]) == y)
				row[k] = least(row[k], before[k - 2] + 1);
		}
	}
	return row[n];
}

void similar_word_try(struct similar_word *s, const char *known)
{
	size_t n = strlen(s->word), m = strlen(known);
	size_t longer = n > m ? n : m, allowed, d;

	if (n == 0 || longer > LONGEST)
		return;
	allowed = longer / PART > 1 ? longer / PART : 1;
	d = distance(s->word, known);
	if (d > allowed || d >= least(n, m) ||
	    (s->nearest != NULL && d >= s->distance))
		return;
	s->nearest = known;
	s->distance = d;
}
