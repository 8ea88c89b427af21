#include "web/etag.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* FNV-1a by words of 8 bytes, whose high half would change no low bit. */
static uint64_t add(uint64_t h, uint64_t word)
{
	h = (h ^ word) * UINT64_C(1099511628211);
	return h ^ h >> 32;
}

uint64_t etag_of(const char *bytes, size_t n)
{
	uint64_t h = add(UINT64_C(14695981039346656037), n), word;
	size_t i = 0;

	for (; n - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, bytes + i, sizeof(word));
		h = add(h, word);
	}
	word = 0;
	if (n > i)
		memcpy(&word, bytes + i, n - i);
	h = add(h, word);
	return h != 0 ? h : 1;
}

void etag_format(char text[static ETAG_TEXT], uint64_t etag, bool gzip)
{
	snprintf(text, ETAG_TEXT, "\"%016" PRIx64 "%s\"", etag,
		 gzip ? "-gzip" : "");
}

bool etag_is_known(struct span if_none_match, const char *etag)
{
	struct span weak = SPAN("W/");

	while (if_none_match.n > 0) {
		struct span one = span_trim(span_take(&if_none_match, ','));

		if (span_eq(one, SPAN("*")))
			return true;
		if (span_starts(one, weak))
			one = span_skip(one, weak.n);
		if (span_eq(one, span_of(etag)))
			return true;
	}
	return false;
}
