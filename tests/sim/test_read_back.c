/*
 * The reader understands what p1sim sends in every dialect, wherever the stream
 * is split or cut and whichever bit is flipped.
 */
#include "tests/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/span.h"
#include "sim/encrypt.h"
#include "sim/meter.h"
#include "sim/render.h"
#include "telegram/aesgcm.h"
#include "telegram/json.h"
#include "telegram/reader.h"

enum { HEARD = 1 << 17, PIECES = 200 };

static const struct cipher_keys keys = { .key = "sixteen of them." };

/* Everything read from some bytes: readings as JSON, reasons of refusals. */
struct heard {
	int readings;
	size_t n;
	char text[HEARD];
};

static void hear(struct reader *rd, struct heard *h)
{
	enum next a;
	struct reading r;
	enum refusal why;

	while ((a = reader_next(rd, &r, &why)) != NEXT_WAITS) {
		if (a == NEXT_READING)
			h->n += json_reading(&r, h->text + h->n,
					     sizeof(h->text) - h->n);
		else
			h->n += (size_t)snprintf(h->text + h->n,
						 sizeof(h->text) - h->n, "%s",
						 refusal_words[why]);
		h->readings += a == NEXT_READING;
		h->text[h->n++] = '\n';
	}
	h->text[h->n] = '\0';
}

static struct reader *begin(struct heard *h)
{
	struct reader *rd = reader_new();

	assert_non_null(rd);
	reader_set(rd, &(struct reader_options){ .keys = &keys });
	h->n = 0;
	h->readings = 0;
	return rd;
}

static void push(struct reader *rd, const char *p, size_t n, struct heard *h)
{
	while (n > 0) {
		size_t took = reader_push(rd, p, n);

		hear(rd, h);
		p += took;
		n -= took;
	}
}

static void end(struct reader *rd, struct heard *h)
{
	reader_end(rd);
	hear(rd, h);
	reader_free(rd);
}

/* Read `p` of n bytes in two pieces, `cut` bytes in the first. */
static void hear_split(const char *p, size_t n, size_t cut, struct heard *h)
{
	struct reader *rd = begin(h);

	push(rd, p, cut, h);
	push(rd, p + cut, n - cut, h);
	end(rd, h);
}

/* Read it in random pieces. */
static void hear_pieces(const char *p, size_t n, uint64_t seed, struct heard *h)
{
	struct reader *rd = begin(h);

	while (n > 0) {
		size_t some;

		seed = seed * 6364136223846793005u + 1442695040888963407u;
		some = (size_t)(seed >> 33) % ((size_t)1 << (seed >> 60)) + 1;
		some = some < n ? some : n;
		push(rd, p, some, h);
		p += some;
		n -= some;
	}
	end(rd, h);
}

static struct heard *room(void)
{
	struct heard *h = calloc(1, sizeof(*h));

	assert_non_null(h);
	return h;
}

/*
 * Write telegrams a minute apart, one after the other; *begins is the start of
 * the second.
 */
static size_t stream(const struct dialect *d, struct encrypt *encrypt,
		     int count, char *out, size_t *begins)
{
	const struct sim_meter_options o = {
		.dialect = d,
		.seed = 3,
		.start = 1736899200,
		.phases = 3,
		.solar_w = 3200,
		.has = { true, true, true },
		.initial = { -1, -1, -1, -1, -1, -1, -1 },
	};
	struct sim_meter *m = meter_new(&o);
	static struct display shown;
	char text[TELEGRAM_SIZE];
	size_t n = 0;

	assert_non_null(m);
	for (int i = 0; i < count; i++) {
		size_t one;

		if (i == 1 && begins != NULL)
			*begins = n;
		meter_advance(m, o.start + 60 * (i + 1));
		meter_show(m, &shown);
		one = render(d, &shown, encrypt != NULL ? text : out + n);
		n += encrypt != NULL
			     ? encrypt_telegram(encrypt, text, one, out + n)
			     : one;
	}
	meter_free(m);
	return n;
}

static struct encrypt sealing(void)
{
	return (struct encrypt){ .keys = keys };
}

static bool is_sealed(const char *dialect)
{
	return strcmp(dialect, "lu") == 0 || strcmp(dialect, "at") == 0;
}

/* Split two telegrams at every byte, then into random pieces. */
static void check_splits(const char *name, const char *bytes, size_t n)
{
	struct heard *whole = room(), *h = room();

	hear_split(bytes, n, n, whole);
	check_int(name, whole->readings, 2);
	for (size_t cut = 0; cut < n; cut++) {
		hear_split(bytes, n, cut, h);
		check_text(name, h->text, whole->text);
	}
	for (unsigned i = 0; i < PIECES; i++) {
		hear_pieces(bytes, n, i, h);
		check_text(name, h->text, whole->text);
	}
	free(whole);
	free(h);
}

static void any_split_gives_the_same(void **state)
{
	char bytes[3 * TELEGRAM_SIZE];

	(void)state;
	for (size_t i = 0; i < dialect_count; i++) {
		const struct dialect *d = &dialects[i];
		struct encrypt encrypt = sealing();
		size_t n = stream(d, NULL, 2, bytes, NULL);

		check_splits(d->name, bytes, n);
		n = is_sealed(d->name) ? stream(d, &encrypt, 2, bytes, NULL)
				       : 0;
		if (n > 0)
			check_splits("encrypted", bytes, n);
	}
}

/*
 * Listening starts, or the meter stops, at any byte: complete telegrams are
 * read.
 */
static void check_cuts(const char *name, const char *bytes, size_t n,
		       size_t second, bool crc)
{
	struct heard *whole = room(), *h = room();
	char *cut = malloc(2 * n);

	assert_non_null(cut);
	hear_split(bytes + second, n - second, 0, whole);
	check_int(name, whole->readings, 1);
	for (size_t i = 1; i < second; i++) {
		/* losing no more than a line end is harmless */
		const int most = crc && i < second - 2 ? 1 : 2;

		hear_split(bytes + i, n - i, 0, h);
		assert_in_range(h->readings, 1, most);
		check_text(name, h->text + h->n - whole->n, whole->text);
		memcpy(cut, bytes, i);
		memcpy(cut + i, bytes + second, n - second);
		hear_split(cut, i + n - second, 0, h);
		assert_in_range(h->readings, 1, most);
		check_text(name, h->text + h->n - whole->n, whole->text);
	}
	free(cut);
	free(whole);
	free(h);
}

static void any_cut_leaves_the_whole_ones(void **state)
{
	char bytes[3 * TELEGRAM_SIZE];

	(void)state;
	for (size_t i = 0; i < dialect_count; i++) {
		const struct dialect *d = &dialects[i];
		size_t second, n = stream(d, NULL, 2, bytes, &second);

		check_cuts(d->name, bytes, n, second, d->crc);
	}
}

/*
 * Flip each bit: in the bytes from `firm` to `soft` the telegram is refused; in
 * the others it is refused, or no value changes.
 */
static void check_bits(const char *name, char *bytes, size_t n, size_t firm,
		       size_t soft)
{
	struct heard *whole = room(), *h = room();

	hear_split(bytes, n, 0, whole);
	check_int(name, whole->readings, 1);
	for (size_t bit = 0; bit < n * 8; bit++) {
		char *byte = &bytes[bit / 8];

		*byte = (char)(*byte ^ 1 << bit % 8);
		hear_split(bytes, n, 0, h);
		*byte = (char)(*byte ^ 1 << bit % 8);
		if (h->readings == 0)
			continue;
		if (bit / 8 >= firm && bit / 8 < soft)
			fail_msg("%s: bit %zu turned gives %s", name, bit,
				 h->text);
		check_text(name, h->text, whole->text);
	}
	free(whole);
	free(h);
}

static void every_turned_bit_is_refused(void **state)
{
	char bytes[3 * TELEGRAM_SIZE];

	(void)state;
	for (size_t i = 0; i < dialect_count; i++) {
		const struct dialect *d = &dialects[i];
		size_t n, bang;

		if (!d->crc)
			continue;
		n = bang = stream(d, NULL, 1, bytes, NULL);
		while (bytes[bang - 1] != '!')
			bang--;
		check_bits(d->name, bytes, n, 0, bang);
	}
}

static void every_turned_bit_of_a_frame_is_refused(void **state)
{
	char bytes[3 * TELEGRAM_SIZE];
	struct encrypt encrypt = sealing();
	const size_t head = 18,
		     behind = 6 + AESGCM_TAG; /* CRC, line end, tag */
	size_t n = stream(dialect_find("lu"), &encrypt, 1, bytes, NULL);

	(void)state;
	if (n == 0)
		skip();
	check_bits("encrypted", bytes, n, head, n - behind);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_split_gives_the_same),
		cmocka_unit_test(any_cut_leaves_the_whole_ones),
		cmocka_unit_test(every_turned_bit_is_refused),
		cmocka_unit_test(every_turned_bit_of_a_frame_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
