#include "telegram/framer.h"

#include <stdlib.h>

#include "telegram/crc16.h"
#include "telegram/lines.h"

enum {
	CAPACITY = 2 * TELEGRAM_MAX,
	CRC_DIGITS = 4,
};

const char *const refusal_words[REFUSAL_COUNT] = {
	[REFUSED_CRC] = "crc",	       [REFUSED_NO_CRC] = "no-crc",
	[REFUSED_CUT] = "cut",	       [REFUSED_TOO_LONG] = "too-long",
	[REFUSED_NO_TIME] = "no-time", [REFUSED_SYNTAX] = "syntax",
	[REFUSED_CIPHER] = "cipher",
};

struct framer {
	size_t from;   /* the first byte that is not decided on yet */
	size_t at;     /* no telegram ends between `from` and here */
	size_t used;   /* bytes in buf */
	bool ended;    /* no more bytes come */
	bool overlong; /* at `from` stands the rest of one refused as too long
			*/
	char buf[CAPACITY];
};

struct framer *framer_new(void)
{
	return calloc(1, sizeof(struct framer));
}

void framer_free(struct framer *f)
{
	free(f);
}

/* Move what is not decided yet to the front of the buffer. */
static void make_room(struct framer *f)
{
	memmove(f->buf, f->buf + f->from, f->used - f->from);
	f->used -= f->from;
	f->at -= f->from;
	f->from = 0;
}

size_t framer_push(struct framer *f, const void *bytes, size_t n)
{
	if (f->from == f->used || n > CAPACITY - f->used)
		make_room(f);
	if (n > CAPACITY - f->used)
		n = CAPACITY - f->used;
	if (n > 0)
		memcpy(f->buf + f->used, bytes, n);
	f->used += n;
	return n;
}

void framer_end(struct framer *f)
{
	f->ended = true;
}

static struct span between(const struct framer *f, size_t from, size_t to)
{
	return (struct span){f->buf + from, to - from};
}

static bool at_line_start(const struct framer *f, size_t i)
{
	while (i > f->from && (f->buf[i - 1] == ' ' || f->buf[i - 1] == '\t'))
		i--;
	return i == f->from || f->buf[i - 1] == '\n';
}

/* Drop everything before `to`, decided. */
static void decide(struct framer *f, size_t to)
{
	f->from = to;
	if (f->at < to)
		f->at = to;
	f->overlong = false;
}

static struct frame refused(enum refusal why)
{
	return (struct frame){.kind = FRAME_REFUSED, .why = why};
}

static const struct frame nothing = {.kind = FRAME_NONE};

/* What stands at a '!'. */
struct end {
	bool is;    /* else it is part of a text */
	bool more;  /* more bytes are needed to tell */
	int digits; /* of the CRC */
	uint16_t crc;
	size_t next; /* the first byte behind its line */
};

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_legible(char c)
{
	return c >= ' ' && c <= '~';
}

/* Skip one `c` at i, if it is there. */
static size_t skip(const struct framer *f, size_t i, char c)
{
	return i < f->used && f->buf[i] == c ? i + 1 : i;
}

/*
 * A '!' ends a telegram at the start of a line or behind a ')', with up to four
 * hexadecimal digits and nothing legible behind it.
 */
static struct end end_at(const struct framer *f, size_t bang)
{
	struct end e = {0};
	size_t i = bang + 1;
	int digit;

	if (!at_line_start(f, bang) && f->buf[bang - 1] != ')')
		return e;
	for (; e.digits < CRC_DIGITS && i < f->used &&
	       (digit = hex_digit(f->buf[i])) >= 0;
	     i++, e.digits++)
		e.crc = (uint16_t)(e.crc << 4 | digit);
	e.is = i == f->used || f->buf[i] == '/' || !is_legible(f->buf[i]);
	i = skip(f, i, '\0');
	i = skip(f, i, '\r');
	e.next = skip(f, i, '\n');
	e.more = e.is && !f->ended && i == f->used;
	return e;
}

/*
 * Where a telegram begins whose '!' stands at `bang` and whose CRC is `crc`;
 * `bang` when nowhere. The CRC is run backwards over all bytes once: where it
 * comes to 0 at a '/', it is right. `lf`: each LF was once a CR LF; not where
 * one still is, for there a CR was lost on the line.
 */
static size_t start_by_crc(const struct framer *f, size_t bang, uint16_t crc,
			   bool lf)
{
	size_t found = bang;

	for (size_t i = bang + 1; i-- > f->from;) {
		char c = f->buf[i];

		if (lf && c == '\r')
			break;
		crc = crc16_undo(crc, (unsigned char)c);
		if (lf && c == '\n')
			crc = crc16_undo(crc, '\r');
		if (c != '/' || crc != 0)
			continue;
		if (at_line_start(f, i))
			return i;
		if (found == bang)
			found = i;
	}
	return found;
}

static size_t start_of_proven(const struct framer *f, size_t bang, uint16_t crc)
{
	const char *begin = f->buf + f->from;
	const char *first = memchr(begin, '/', bang - f->from);
	size_t start;

	if (first != NULL &&
	    crc16(0, first, (size_t)(f->buf + bang + 1 - first)) == crc)
		return (size_t)(first - f->buf);
	start = start_by_crc(f, bang, crc, false);
	return start < bang ? start : start_by_crc(f, bang, crc, true);
}

/* The header before `to` that a CRC does not tell: the last; `to` when none. */
static size_t last_header(const struct framer *f, size_t to)
{
	size_t i = to, line;

	while (i-- > f->from)
		if (f->buf[i] == '/' && header_begins(between(f, i, to)) > 0)
			break;
	if (i + 1 == f->from)
		return to;
	for (line = i; !at_line_start(f, line); line--)
		;
	return header_starts(between(f, line, to)) ? line : i;
}

/* Did somebody try to send a telegram in these bytes? */
static bool looks_like_one(struct span s)
{
	bool line_start = true;

	for (; s.n > 0; s = span_skip(s, 1)) {
		if (header_starts(s) || (line_start && line_begins(s) > 0))
			return true;
		line_start = *s.p == '\n';
	}
	return false;
}

/* Drop what stands before the telegram at `start`; true: it was part of one. */
static bool drop_before(struct framer *f, size_t start)
{
	struct span before = between(f, f->from, start);
	bool lost = !f->overlong && looks_like_one(before);

	if (before.n > 0)
		decide(f, start);
	return lost;
}

/* `from` to `to`, with no end line: `to` is the next header, or the end. */
static struct frame without_end(struct framer *f, size_t to)
{
	size_t start = last_header(f, to), last = to;
	struct frame frame = {FRAME_BARE, .open = true};

	if (drop_before(f, start))
		return refused(REFUSED_CUT);
	decide(f, to);
	while (last > start &&
	       (!is_legible(f->buf[last - 1]) || f->buf[last - 1] == ' '))
		last--;
	if (last == start)
		return nothing;
	if (f->buf[last - 1] != ')')
		return refused(REFUSED_CUT);
	frame.bytes = between(f, start, to);
	return frame;
}

/* `from` to the end line at `at`, which has no CRC. */
static struct frame with_bare_end(struct framer *f, const struct end *e)
{
	size_t start = last_header(f, f->at);
	struct frame frame = {FRAME_BARE, .bytes = between(f, start, e->next)};

	if (drop_before(f, start))
		return refused(REFUSED_CUT);
	if (start == f->at)
		frame = nothing;
	decide(f, e->next);
	return frame;
}

static bool has_header_start(struct span s)
{
	for (; s.n > 0; s = span_skip(s, 1))
		if (header_starts(s))
			return true;
	return false;
}

/* The same with a CRC that is right from nowhere. */
static struct frame with_wrong_crc(struct framer *f, const struct end *e)
{
	size_t start = last_header(f, f->at);
	bool headed = has_header_start(between(f, f->from, f->at));
	bool overlong;

	if (start < f->at && drop_before(f, start))
		return refused(REFUSED_CUT);
	overlong = f->overlong;
	decide(f, e->next);
	if (overlong)
		return nothing;
	return refused(headed ? REFUSED_CRC : REFUSED_CUT);
}

/* An end line stands at `at`: decide on all before it. */
static struct frame settle(struct framer *f, const struct end *e)
{
	size_t start;
	struct frame frame = {.kind = FRAME_GOOD};

	if (e->digits == 0)
		return with_bare_end(f, e);
	start = start_of_proven(f, f->at, e->crc);
	if (start == f->at)
		return with_wrong_crc(f, e);
	if (drop_before(f, start))
		return refused(REFUSED_CUT);
	frame.bytes = between(f, start, e->next);
	decide(f, e->next);
	return frame;
}

static bool end_line(struct framer *f, struct frame *frame)
{
	struct end e = end_at(f, f->at);

	if (e.more)
		return false;
	if (e.is)
		*frame = settle(f, &e);
	else
		f->at++;
	return true;
}

/* A header at the start of a line ends what stands before it. */
static bool slash(struct framer *f, struct frame *frame)
{
	int header = 0;

	if (f->at > f->from && at_line_start(f, f->at))
		header = header_begins(between(f, f->at, f->used));
	if (header < 0 && !f->ended)
		return false;
	if (header > 0)
		*frame = without_end(f, f->at);
	else
		f->at++;
	return true;
}

/*
 * What begins at `from` has become too long to be a telegram; one that begins
 * further on may still end in time.
 */
static struct frame slide(struct framer *f)
{
	struct span rest = between(f, f->from + 1, f->at);
	const char *next = memchr(rest.p, '/', rest.n);
	bool said = f->overlong || !header_starts(between(f, f->from, f->at));

	f->from = next != NULL ? (size_t)(next - f->buf) : f->at;
	if (said)
		return nothing;
	f->overlong = true;
	return refused(REFUSED_TOO_LONG);
}

/* All bytes are seen, and perhaps no more come. */
static bool run_out(struct framer *f, struct frame *frame)
{
	if (!f->ended)
		return false;
	if (f->from < f->used) {
		*frame = without_end(f, f->used);
		return true;
	}
	f->from = f->at = f->used = 0;
	f->ended = f->overlong = false;
	return false;
}

/* Go on to what decides something next. False: bytes are missing for that. */
static bool scan(struct framer *f, struct frame *frame)
{
	size_t longest = f->from + TELEGRAM_MAX;
	size_t limit = f->used < longest ? f->used : longest;

	while (f->at < limit && f->buf[f->at] != '!' && f->buf[f->at] != '/')
		f->at++;
	if (f->at == f->used)
		return run_out(f, frame);
	if (f->at == longest)
		*frame = slide(f);
	else if (f->buf[f->at] == '!')
		return end_line(f, frame);
	else
		return slash(f, frame);
	return true;
}

struct frame framer_next(struct framer *f)
{
	struct frame frame = nothing;

	while (frame.kind == FRAME_NONE && scan(f, &frame))
		;
	return frame;
}
