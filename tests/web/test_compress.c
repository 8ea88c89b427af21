/* Who accepts compressed responses, and what is in them. */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "tests/check.h"
#include "web/compress.h"

static void accepted(void **state)
{
	static const struct {
		const char *header;
		bool yes;
	} cases[] = {
		{ "gzip", true },
		{ "gzip, deflate, br, zstd", true },
		{ "deflate,gzip", true },
		{ "GZIP;q=0.5", true },
		{ "x-gzip", true },
		{ "*", true },
		{ "br;q=1, *;q=0.1", true },
		{ "gzip;q=1.0", true },
		{ "gzip;q=0.001", true },
		{ "", false },
		{ "identity", false },
		{ "deflate, br", false },
		{ "gzip;q=0", false },
		{ "gzip; q=0.000", false },
		{ "gzip;q=0, *", false },
		{ "*, gzip;q=0", false },
		{ "*;q=0", false },
		{ "gzipped", false },
		{ "notgzip", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		if (compress_is_accepted(span_of(cases[i].header)) !=
		    cases[i].yes)
			fail_msg("'%s'", cases[i].header);
}

/* As a browser does it: the same bytes come out. */
static void there_and_back(void **state)
{
	enum { SIZE = 100000 };
	char *in = malloc(SIZE), *out = malloc(SIZE), *packed;
	z_stream z = { 0 };
	size_t n;

	(void)state;
	for (size_t i = 0; i < SIZE; i++)
		in[i] = (char)('a' + i * i % 23);
	packed = compress_gzip(in, SIZE, COMPRESS_ONCE, &n);
	assert_non_null(packed);
	assert_true(n < SIZE / 10);
	assert_int_equal(inflateInit2(&z, 16 + 15), Z_OK);
	z.next_in = (Bytef *)packed;
	z.avail_in = (uInt)n;
	z.next_out = (Bytef *)out;
	z.avail_out = SIZE;
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(z.total_out, SIZE);
	assert_memory_equal(in, out, SIZE);
	inflateEnd(&z);
	free(packed);
	packed = compress_gzip("", 0, COMPRESS_LEVEL, &n);
	assert_non_null(packed);
	free(packed);
	free(in);
	free(out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepted),
		cmocka_unit_test(there_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
