#include "sim/fault.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/fixed.h"
#include "base/print.h"
#include "base/span.h"
#include "sim/random.h"
#include "telegram/crc16.h"

enum {
	MILLION = 1000000,
	CRC_DIGITS = 4,
	TAIL = 1 + CRC_DIGITS + 2, /* '!', the CRC, the line end */
	TOO_LONG = 70000,	   /* bytes; 65536 is the longest accepted */
	ROOM = 2 * TOO_LONG,
};

enum stream { STREAM_STRIKE = 400, STREAM_BYTES };

/* Damage the telegram t; returns false if not applicable. */
typedef bool damage(struct faults *f, const char *t, size_t n, bool crc);

struct faults {
	uint64_t seed;
	int64_t telegrams;    /* seen so far */
	uint64_t bytes;	      /* random numbers used */
	int64_t *per_million; /* per kind */
	size_t used;
	char buf[ROOM];
};

static int64_t draw(struct faults *f, int64_t low, int64_t high)
{
	return random_from(random_at(f->seed, STREAM_BYTES, f->bytes++), low,
			   high);
}

static size_t draw_size(struct faults *f, size_t low, size_t high)
{
	return (size_t)draw(f, (int64_t)low, (int64_t)high);
}

static void add(struct faults *f, const char *p, size_t n)
{
	memcpy(f->buf + f->used, p, n);
	f->used += n;
}

void faults_noise(struct faults *f, char *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out[i] = (char)draw(f, 0, 255);
}

static bool flip(struct faults *f, const char *t, size_t n, bool crc)
{
	size_t at = draw_size(f, 1, n - TAIL - 1);

	(void)crc;
	add(f, t, n);
	f->buf[at] = (char)(f->buf[at] ^ 1 << draw(f, 0, 7));
	return true;
}

static bool cut(struct faults *f, const char *t, size_t n, bool crc)
{
	(void)crc;
	add(f, t, draw_size(f, 1, n - TAIL));
	return true;
}

static bool headless(struct faults *f, const char *t, size_t n, bool crc)
{
	size_t from = draw_size(f, 1, n - TAIL);

	(void)crc;
	add(f, t + from, n - from);
	return true;
}

/* Is the CRC of the result right by accident, as in one of 65536 cases? */
static bool still_right(const struct faults *f)
{
	size_t n = f->used - TAIL + 1;
	char want[CRC_DIGITS + 1];

	snprintf(want, sizeof(want), "%04" PRIX16, crc16(0, f->buf, n));
	return memcmp(want, f->buf + n, CRC_DIGITS) == 0;
}

static bool drop(struct faults *f, const char *t, size_t n, bool crc)
{
	size_t at = draw_size(f, 1, n / 2), many = draw_size(f, 1, 20);

	/* losing a CR alone is harmless */
	while (!isalnum((unsigned char)t[at]))
		at++;
	if (at + many > n - TAIL)
		many = 1;
	add(f, t, at);
	add(f, t + at + many, n - at - many);
	return !crc || !still_right(f);
}

static bool bad_crc(struct faults *f, const char *t, size_t n, bool crc)
{
	size_t at = n - TAIL + 1 + draw_size(f, 0, CRC_DIGITS - 1);

	if (!crc)
		return false;
	add(f, t, n);
	f->buf[at] = f->buf[at] == '7' ? '8' : '7';
	return true;
}

static bool zero_crc(struct faults *f, const char *t, size_t n, bool crc)
{
	char *digits = f->buf + n - TAIL + 1;

	add(f, t, n);
	if (!crc || memcmp(digits, "0000", CRC_DIGITS) == 0)
		return false;
	memset(digits, '0', CRC_DIGITS);
	return true;
}

static bool no_crc(struct faults *f, const char *t, size_t n, bool crc)
{
	add(f, t, n - TAIL + 1);
	add(f, "\r\n", 2);
	return crc;
}

static bool low_crc(struct faults *f, const char *t, size_t n, bool crc)
{
	bool changed = false;

	add(f, t, n);
	for (size_t i = n - TAIL + 1; i < n; i++) {
		char low = (char)tolower((unsigned char)f->buf[i]);

		changed = changed || low != f->buf[i];
		f->buf[i] = low;
	}
	return crc && changed;
}

static bool short_crc(struct faults *f, const char *t, size_t n, bool crc)
{
	size_t digits = n - TAIL + 1, zeros = 0;

	while (zeros < CRC_DIGITS - 1 && t[digits + zeros] == '0')
		zeros++;
	add(f, t, digits);
	add(f, t + digits + zeros, n - digits - zeros);
	return crc && zeros > 0;
}

static bool garbage(struct faults *f, const char *t, size_t n, bool crc)
{
	size_t many = draw_size(f, 1, 200);

	(void)crc;
	faults_noise(f, f->buf, many);
	f->used = many;
	add(f, t, n);
	return true;
}

static bool slash(struct faults *f, const char *t, size_t n, bool crc)
{
	static const char start[] = "/XMX5LGBBLB0000000000";

	(void)crc;
	add(f, start, draw_size(f, 1, sizeof(start) - 1));
	add(f, t, n);
	return true;
}

static bool twice(struct faults *f, const char *t, size_t n, bool crc)
{
	(void)crc;
	add(f, t, n);
	add(f, t, n);
	return true;
}

static bool only_lf(struct faults *f, const char *t, size_t n, bool crc)
{
	(void)crc;
	for (size_t i = 0; i < n; i++)
		if (t[i] != '\r')
			add(f, t + i, 1);
	return true;
}

/* An oversized text message with a correct CRC. */
static bool too_long(struct faults *f, const char *t, size_t n, bool crc)
{
	static const char line[] = "0-0:96.13.0(";
	size_t body = n - (crc ? TAIL : 3);
	char end[8];

	add(f, t, body);
	add(f, line, sizeof(line) - 1);
	memset(f->buf + f->used, '3', TOO_LONG);
	f->used += TOO_LONG;
	add(f, ")\r\n!", 4);
	if (crc) {
		snprintf(end, sizeof(end), "%04" PRIX16,
			 crc16(0, f->buf, f->used));
		add(f, end, CRC_DIGITS);
	}
	add(f, "\r\n", 2);
	return true;
}

static bool nul(struct faults *f, const char *t, size_t n, bool crc)
{
	(void)crc;
	add(f, t, n - 2);
	add(f, "\0\r\n", 3);
	return true;
}

static bool all_ones(struct faults *f, const char *t, size_t n, bool crc)
{
	size_t many = draw_size(f, 1, 60);

	(void)crc;
	memset(f->buf, 0xFF, many);
	f->used = many;
	add(f, t, n);
	return true;
}

/* `accept` and `bare`: expected readings with and without a CRC. */
static const struct {
	const char *name;
	damage *damage;
	int accept, bare;
	bool frames; /* applicable to encrypted telegrams */
	const char *about;
} kinds[] = {
	{ "flip", flip, 0, -1, true, "one bit is flipped" },
	{ "cut", cut, 0, -1, true, "the end is missing" },
	{ "headless", headless, 0, -1, true, "the beginning is missing" },
	{ "drop", drop, 0, -1, true, "1 to 20 bytes are lost in the middle" },
	{ "badcrc", bad_crc, 0, 1, false, "the CRC is wrong" },
	{ "zerocrc", zero_crc, 0, 1, false, "the CRC is 0000" },
	{ "nocrc", no_crc, 0, 1, false, "the CRC is missing" },
	{ "lowcrc", low_crc, 1, 1, false, "the CRC is in lower case" },
	{ "shortcrc", short_crc, 1, 1, false,
	  "the CRC lacks its leading zeros" },
	{ "garbage", garbage, 1, 1, true, "random bytes before it" },
	{ "slash", slash, 1, 1, false,
	  "the start of another telegram before it" },
	{ "dup", twice, 2, 2, true, "sent twice" },
	{ "lf", only_lf, 1, 1, false, "lines end with LF only" },
	{ "long", too_long, 0, 0, false, "a telegram of more than 64 KiB" },
	{ "nul", nul, 1, 1, false, "a NUL before the last line end" },
	{ "ff", all_ones, 1, 1, true, "FF bytes before it" },
};

struct faults *faults_new(void)
{
	struct faults *f = calloc(1, sizeof(*f));

	if (f == NULL)
		return NULL;
	f->per_million = calloc(COUNT(kinds), sizeof(*f->per_million));
	if (f->per_million == NULL) {
		free(f);
		return NULL;
	}
	return f;
}

void faults_free(struct faults *f)
{
	if (f == NULL)
		return;
	free(f->per_million);
	free(f);
}

void faults_seed(struct faults *f, uint64_t seed)
{
	f->seed = seed;
}

int faults_add(struct faults *f, const char *text, struct err *e)
{
	struct span rest = span_of(text), name;
	int64_t per_million;

	if (!span_cut(&rest, '=', &name) || !fixed_parse(rest, 6, &per_million))
		return err_set(
			e, ERR_USAGE,
			"'%s' is not of the form KIND=P, such as flip=0.01",
			text);
	if (per_million > MILLION)
		return err_set(e, ERR_USAGE, "'%s': P must be at most 1", text);
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (span_eq(name, span_of(kinds[i].name))) {
			f->per_million[i] = per_million;
			return 0;
		}
	return err_set(e, ERR_USAGE, "unknown fault '%.*s'; see --help",
		       SPAN_ARG(name));
}

bool faults_fit_frames(const struct faults *f)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (f->per_million[i] > 0 && !kinds[i].frames)
			return false;
	return true;
}

/* Choose the fault of this telegram; -1 if none. */
static int strikes(struct faults *f)
{
	uint64_t n = (uint64_t)f->telegrams++;

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (f->per_million[i] > 0 &&
		    random_from(random_at(f->seed, STREAM_STRIKE + 100 * i, n),
				1, MILLION) <= f->per_million[i])
			return (int)i;
	return -1;
}

void faults_apply(struct faults *f, const char *telegram, size_t n, bool crc,
		  struct wire *out)
{
	int kind = strikes(f);

	*out = (struct wire){ telegram, n, "ok", 1 };
	f->used = 0;
	if (kind < 0 || !kinds[kind].damage(f, telegram, n, crc))
		return;
	*out = (struct wire){ f->buf, f->used, kinds[kind].name,
			      crc ? kinds[kind].accept : kinds[kind].bare };
}

void faults_print(FILE *out)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		print_line(out, "  %-9s %s", kinds[i].name, kinds[i].about);
}
