/* Text as a test can write it: no-break spaces become '_', narrow ones ' '. */
#ifndef TESTS_GRAPHS_PLAIN_TEXT_H
#define TESTS_GRAPHS_PLAIN_TEXT_H

#include <stddef.h>
#include <string.h>

/* Returns out, of at least 256 bytes; longer text is cut. */
static inline const char *plain_text(char *out, const char *in)
{
	char *start = out;

	while (*in != '\0' && out < start + 255)
		if (strncmp(in, "\u202f", 3) == 0) {
			*out++ = ' ';
			in += 3;
		} else if (strncmp(in, "\u00a0", 2) == 0) {
			*out++ = '_';
			in += 2;
		} else {
			*out++ = *in++;
		}
	*out = '\0';
	return start;
}

#endif
