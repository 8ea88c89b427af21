#include "web/compress.h"

#include <stdlib.h>
#include <strings.h>

#define ZLIB_CONST /* input may be const */
#include <zlib.h>

enum {
	GZIP = 16 + 15, /* deflateInit2: a gzip header, the largest window */
	MEMORY = 9,	/* the maximum */
};

/* Is it "q=0", "q=0.0" or similar? */
static bool is_never(struct span weight)
{
	if (!span_starts(weight, SPAN("q=0")) &&
	    !span_starts(weight, SPAN("Q=0")))
		return false;
	for (size_t i = 3; i < weight.n; i++)
		if (weight.p[i] != '.' && weight.p[i] != '0')
			return false;
	return true;
}

static bool is_gzip(struct span name)
{
	return (name.n == 4 && strncasecmp(name.p, "gzip", 4) == 0) ||
	       (name.n == 6 && strncasecmp(name.p, "x-gzip", 6) == 0);
}

bool compress_is_accepted(struct span accept_encoding)
{
	bool any = false;

	while (accept_encoding.n > 0) {
		struct span weight = span_take(&accept_encoding, ',');
		struct span name = span_trim(span_take(&weight, ';'));

		if (is_gzip(name))
			return !is_never(span_trim(weight));
		any |= span_eq(name, SPAN("*")) && !is_never(span_trim(weight));
	}
	return any;
}

char *compress_gzip(const char *bytes, size_t n, int level, size_t *size)
{
	z_stream z = { .next_in = (const Bytef *)bytes, .avail_in = (uInt)n };
	char *out;
	uLong bound;

	if (deflateInit2(&z, level, Z_DEFLATED, GZIP, MEMORY,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		return NULL;
	bound = deflateBound(&z, n);
	out = malloc(bound);
	if (out != NULL) {
		z.next_out = (Bytef *)out;
		z.avail_out = (uInt)bound;
		deflate(&z, Z_FINISH);
		*size = z.total_out;
	}
	deflateEnd(&z);
	return out;
}
