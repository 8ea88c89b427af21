#include "telegram/framer.h"

#include <stdlib.h>

#include "telegram/check_crc.h"
#include "telegram/decipher.h"
#include "telegram/endline.h"
#include "telegram/find_start.h"
#include "telegram/lines.h"

enum { CAPACITY = 2 * TELEGRAM_MAX };

/* Landmarks: bytes at which something may start or end. */
static const char landmarks[] = { '!', '/', (char)CIPHER_START };

enum { LANDMARKS = COUNT(landmarks) };

const char *const refusal_words[REFUSAL_COUNT] = {
	[REFUSED_CRC] = "crc",	       [REFUSED_NO_CRC] = "no-crc",
	[REFUSED_CUT] = "cut",	       [REFUSED_TOO_LONG] = "too-long",
	[REFUSED_NO_TIME] = "no-time", [REFUSED_SYNTAX] = "syntax",
	[REFUSED_CIPHER] = "cipher",
};

struct framer {
	size_t from;   /* first undecided byte */
	size_t at;     /* no telegram ends between `from` and here */
	size_t used;   /* bytes in buf */
	bool ended;    /* no more bytes will come */
	bool overlong; /* the rest of a telegram refused as too long is at
			  `from` */
	size_t cipher; /* end of a frame handed out from `at`, or 0 */
	size_t masked; /* bytes before here have been reported already */
	bool lost;     /* part of a telegram was lost: refuse it as cut */
	size_t next[LANDMARKS]; /* none of this kind lies between `at` and
				   here */
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

/* Move the undecided bytes to the front of the buffer. */
static void make_room(struct framer *f)
{
	memmove(f->buf, f->buf + f->from, f->used - f->from);
	f->used -= f->from;
	f->at -= f->from;
	f->masked -= f->masked < f->from ? f->masked : f->from;
	for (size_t i = 0; i < LANDMARKS; i++)
		f->next[i] -= f->next[i] < f->from ? f->next[i] : f->from;
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
	return (struct span){ f->buf + from, to - from };
}

static bool at_line_start(const struct framer *f, size_t i)
{
	return line_starts(between(f, f->from, f->used), i - f->from);
}

/* Drop everything before `to`: it is decided. */
static void decide(struct framer *f, size_t to)
{
	f->from = to;
	if (f->at < to)
		f->at = to;
	f->overlong = false;
}

static struct frame refused(enum refusal why)
{
	return (struct frame){ .kind = FRAME_REFUSED, .why = why };
}

static const struct frame nothing = { .kind = FRAME_NONE };

/*
 * Returns the start of the telegram that ends with the '!' at `bang`; `bang` if
 * there is none.
 */
static size_t start_of_proven(const struct framer *f, size_t bang, uint16_t crc)
{
	return f->from + check_crc(between(f, f->from, bang + 1), crc);
}

/*
 * The last header before `to`, for telegrams without a CRC; `to` if there is
 * none.
 */
static size_t last_header(const struct framer *f, size_t to)
{
	return f->from + find_start(between(f, f->from, to));
}

static bool is_legible(char c)
{
	return c >= ' ' && c <= '~';
}

/*
 * Drop everything before the telegram at `start`. Returns true if that was part
 * of a telegram.
 */
static bool drop_before(struct framer *f, size_t start)
{
	size_t from = f->masked > f->from ? f->masked : f->from;
	bool lost = !f->overlong && from < start &&
		    telegram_tried(between(f, from, start));

	if (f->from < start)
		decide(f, start);
	return lost;
}

/*
 * Handle the bytes from `from` to `to`, which have no end line: `to` is the
 * next header or the end of the input.
 */
static struct frame without_end(struct framer *f, size_t to)
{
	size_t start = last_header(f, to), last = to;
	struct frame frame = { FRAME_BARE, .open = true };

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

/* Handle the bytes from `from` to the end line at `at`, which has no CRC. */
static struct frame with_bare_end(struct framer *f, const struct end_line *e)
{
	size_t start = last_header(f, f->at);
	struct frame frame = { FRAME_BARE,
			       .bytes = between(f, start, e->next) };

	if (drop_before(f, start))
		return refused(REFUSED_CUT);
	if (start == f->at)
		frame = nothing;
	decide(f, e->next);
	return frame;
}

/* Handle an end line whose CRC matches no start. */
static struct frame with_wrong_crc(struct framer *f, const struct end_line *e)
{
	size_t start = last_header(f, f->at);
	bool headed = header_within(between(f, f->from, f->at));
	bool said;

	if (start < f->at && drop_before(f, start))
		return refused(REFUSED_CUT);
	said = f->overlong || f->at < f->masked;
	decide(f, e->next);
	if (said)
		return nothing;
	return refused(headed ? REFUSED_CRC : REFUSED_CUT);
}

/* Decide on everything up to the end line at `at`. */
static struct frame settle(struct framer *f, const struct end_line *e)
{
	size_t start;
	struct frame frame = { .kind = FRAME_GOOD };

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

static bool bang(struct framer *f, struct frame *frame)
{
	struct end_line e = end_line_at(between(f, f->from, f->used),
					f->at - f->from, f->ended);

	if (e.more)
		return false;
	e.next += f->from;
	if (e.is)
		*frame = settle(f, &e);
	else
		f->at++;
	return true;
}

/* A header at the start of a line ends the bytes before it. */
static bool slash(struct framer *f, struct frame *frame)
{
	int header = 0;

	if (at_line_start(f, f->at))
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
 * The candidate at `from` is too long to be a telegram; one that starts later
 * may still end in time.
 */
static struct frame slide(struct framer *f)
{
	struct span rest = between(f, f->from + 1, f->at);
	const char *next = memchr(rest.p, '/', rest.n);
	bool said = f->overlong || f->from < f->masked ||
		    !header_starts(between(f, f->from, f->at));

	f->from = next != NULL ? (size_t)(next - f->buf) : f->at;
	if (said)
		return nothing;
	f->overlong = true;
	return refused(REFUSED_TOO_LONG);
}

/* All bytes were scanned, and there may be no more. */
static bool run_out(struct framer *f, struct frame *frame)
{
	if (!f->ended)
		return false;
	if (f->from < f->used) {
		*frame = without_end(f, f->used);
		return true;
	}
	f->from = f->at = f->used = f->masked = 0;
	memset(f->next, 0, sizeof(f->next));
	f->ended = f->overlong = false;
	return false;
}

/* Wait for the rest of the frame at `at`. */
static bool await(struct framer *f, struct frame *frame)
{
	if (!f->ended)
		return false;
	if (f->at >= f->masked)
		*frame = refused(REFUSED_CUT);
	f->masked = f->used;
	f->at++;
	return true;
}

/*
 * An encrypted frame may start at `at`. Only the owner of the key can tell;
 * until then leave it undecided.
 */
static bool enciphered(struct framer *f, struct frame *frame)
{
	size_t n = decipher_frame(between(f, f->at, f->used));

	if (n > 0 && n <= CIPHER_FRAME_MAX && n > f->used - f->at)
		return await(f, frame);
	if (n == 1 && !f->ended)
		return false;
	if (n <= 1 || n > CIPHER_FRAME_MAX) {
		f->at++;
		return true;
	}
	f->cipher = f->at + n;
	frame->kind = FRAME_CIPHER;
	frame->bytes = between(f, f->at, f->cipher);
	return true;
}

void framer_took(struct framer *f)
{
	size_t end = f->cipher;

	f->cipher = 0;
	f->lost = drop_before(f, f->at);
	decide(f, end);
}

/* The frame handed out was not an encrypted telegram: scan its bytes. */
static void look_within(struct framer *f)
{
	if (f->masked < f->cipher)
		f->masked = f->cipher;
	f->cipher = 0;
	f->at++;
}

/*
 * Returns the next landmark of kind i at or after `at`; `used` if there is
 * none.
 */
static size_t next_of_kind(struct framer *f, size_t i)
{
	size_t from = f->next[i] > f->at ? f->next[i] : f->at;
	const char *found = f->buf + from;

	if (from < f->used && *found != landmarks[i])
		found = memchr(found, landmarks[i], f->used - from);
	f->next[i] = found != NULL ? (size_t)(found - f->buf) : f->used;
	return f->next[i];
}

/* Advance to the next decision. Returns false if more bytes are needed. */
static bool scan(struct framer *f, struct frame *frame)
{
	size_t longest = f->from + TELEGRAM_MAX;
	size_t limit = f->used < longest ? f->used : longest;

	/* Skip the '/' of the telegram itself. */
	if (f->at == f->from && f->at < f->used && f->buf[f->at] == '/')
		f->at++;
	for (size_t i = 0; i < LANDMARKS; i++) {
		size_t next = next_of_kind(f, i);

		limit = next < limit ? next : limit;
	}
	f->at = limit;
	if (f->at == f->used)
		return run_out(f, frame);
	if (f->at == longest)
		*frame = slide(f);
	else if (f->buf[f->at] == '!')
		return bang(f, frame);
	else if (f->buf[f->at] == '/')
		return slash(f, frame);
	else
		return enciphered(f, frame);
	return true;
}

struct frame framer_next(struct framer *f)
{
	struct frame frame = nothing;

	if (f->cipher != 0)
		look_within(f);
	if (f->lost)
		frame = refused(REFUSED_CUT);
	f->lost = false;
	while (frame.kind == FRAME_NONE && scan(f, &frame))
		;
	return frame;
}
