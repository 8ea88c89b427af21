#include "logger/port/byte_kinds.h"

#include <string.h>

enum {
	FEW = 40,
	TEXT_PERCENT = 75,   /* a 7E1 line received at 8N1 has 65 */
	TURNED_PERCENT = 30, /* noise has 13, an inverted 7E1 line 45, 8N1 94 */
	RUNS_PERCENT = 80,
};

/* Includes FF: Hungarian meters send 1024 in a row. */
static bool is_text(unsigned char c)
{
	return (c >= ' ' && c <= '~') || c == '\r' || c == '\n' || c == 0xFF;
}

int64_t byte_kinds_text(struct span s)
{
	int64_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += is_text((unsigned char)s.p[i]);
	return n;
}

static bool is_p1(unsigned char c)
{
	return c != '\0' && strchr("0123456789.-:()*\r\n", c) != NULL;
}

/*
 * Zeros, then ones, in the order sent (lowest bit first): FF, FE, FC ... 80,
 * 00.
 */
static bool is_run(unsigned char c)
{
	unsigned turned = (unsigned char)~c;

	return (turned & (turned + 1)) == 0;
}

/*
 * On an inverted line the receiver synchronises on the stop bit of an ASCII
 * byte, which looks like a start bit, followed by the real start bit as the
 * lowest data bit: it receives 1 and the lower seven bits, all inverted.
 */
static unsigned char turn(unsigned char c)
{
	return (unsigned char)(~(c >> 1) & 0x7F);
}

void byte_kinds_count(struct byte_kinds *b, struct span s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		b->p1 += is_p1(c);
		b->turned += is_p1(turn(c));
		b->runs += is_run(c);
		b->nul += c == 0;
	}
	b->text += byte_kinds_text(s);
	b->all += (int64_t)s.n;
}

void byte_kinds_add(struct byte_kinds *to, const struct byte_kinds *more)
{
	to->all += more->all;
	to->text += more->text;
	to->p1 += more->p1;
	to->turned += more->turned;
	to->runs += more->runs;
	to->nul += more->nul;
}

static bool share(const struct byte_kinds *b, int64_t part, int percent)
{
	return b->all >= FEW && part * 100 >= b->all * percent;
}

bool byte_kinds_are_text(const struct byte_kinds *b)
{
	return share(b, b->text, TEXT_PERCENT);
}

bool byte_kinds_are_turned(const struct byte_kinds *b)
{
	return share(b, b->turned, TURNED_PERCENT) &&
	       !share(b, b->p1, TURNED_PERCENT);
}

bool byte_kinds_are_runs(const struct byte_kinds *b)
{
	return share(b, b->runs, RUNS_PERCENT);
}
