#include "logger/port/listen.h"

#include <stdlib.h>
#include <string.h>

#include "logger/port/autobaud.h"
#include "logger/port/source.h"

enum {
	GATHER_MS = 100,	/* after the first byte, before reading */
	TELEGRAM_GAP_MS = 2000, /* longer than a pause within a telegram */
	SILENT_MS = 30000,	/* until a port counts as lost */
	UNPROVEN_MS = 60000,	/* bytes without a telegram: search for the
				speed again */
	PAUSE_FIRST_MS = 1000,	/* before reopening; doubles */
	PAUSE_LAST_MS = 60000,
	CHUNK = 16384,
};

struct listener {
	char *name;
	const struct clock *clock;
	struct reader *reader;
	struct source *source; /* NULL: closed until open_ms */
	struct autobaud autobaud;
	struct err trouble;
	bool lost;     /* reported, and silent since */
	bool say_lost; /* to be reported */
	bool ended;
	bool opened;	  /* at least once */
	bool proven;	  /* a telegram came since it was opened */
	bool has_crc;	  /* its telegrams have a CRC */
	bool in_telegram; /* bytes came since reader_end */
	bool draining;	  /* read until nothing is left */
	int64_t open_ms, pause_ms;
	int64_t gather_ms; /* 0: no byte waits */
	int64_t byte_ms, good_ms;
	int64_t bytes;
	size_t from, to; /* unread part of chunk */
	char chunk[CHUNK];
};

struct listener *listener_new(const char *name, int speed,
			      const struct clock *clock)
{
	struct listener *l = calloc(1, sizeof(*l));

	if (l == NULL)
		return NULL;
	l->clock = clock;
	l->name = strdup(name);
	l->reader = reader_new();
	l->open_ms = clock_monotonic_ms(clock);
	l->pause_ms = PAUSE_FIRST_MS;
	l->autobaud.speed = speed;
	if (l->name != NULL && l->reader != NULL)
		return l;
	listener_free(l);
	return NULL;
}

void listener_set(struct listener *l, const struct reader_options *how)
{
	reader_set(l->reader, how);
}

void listener_free(struct listener *l)
{
	if (l == NULL)
		return;
	source_close(l->source);
	reader_free(l->reader);
	free(l->name);
	free(l);
}

/* Say that no more bytes of this telegram will come. */
static void end_telegram(struct listener *l)
{
	if (l->in_telegram)
		reader_end(l->reader);
	l->in_telegram = false;
}

/* Close, and reopen after a pause; l->trouble has the reason. */
static void lose(struct listener *l, int64_t now)
{
	source_close(l->source);
	l->source = NULL;
	end_telegram(l);
	l->gather_ms = 0;
	l->draining = l->proven = false;
	l->open_ms = now + l->pause_ms;
	l->pause_ms = l->pause_ms * 2 < PAUSE_LAST_MS ? l->pause_ms * 2
						      : PAUSE_LAST_MS;
	l->say_lost = !l->lost;
	l->lost = true;
}

static void retune(struct listener *l, int64_t now)
{
	end_telegram(l);
	if (source_set_speed(l->source, &speeds[l->autobaud.speed],
			     &l->trouble) < 0)
		lose(l, now);
	autobaud_begin(&l->autobaud, now);
}

static void try_open(struct listener *l, int64_t now)
{
	l->source = source_open(l->name, &l->trouble);
	if (l->source == NULL) {
		lose(l, now);
		return;
	}
	l->proven = false;
	l->byte_ms = l->good_ms = now;
	l->opened = l->opened || source_events(l->source) == POLLIN;
	if (source_has_speed(l->source))
		retune(l, now);
}

static struct pollfd to_poll(const void *context)
{
	const struct listener *l = context;
	struct pollfd p = { .fd = -1 };

	if (l->source == NULL || l->gather_ms != 0 || l->ended)
		return p;
	p.fd = source_fd(l->source);
	p.events = source_events(l->source);
	return p;
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t due(const void *context)
{
	const struct listener *l = context;
	int64_t due = INT64_MAX;

	if (l->ended)
		return due;
	if (l->source == NULL)
		return l->open_ms;
	if (l->gather_ms != 0)
		return l->gather_ms;
	if (source_reopens(l->source))
		due = l->byte_ms + SILENT_MS;
	if (l->in_telegram && !l->has_crc)
		due = earlier(due, l->byte_ms + TELEGRAM_GAP_MS);
	if (source_has_speed(l->source))
		due = earlier(due, l->proven ? l->good_ms + UNPROVEN_MS
					     : autobaud_due(&l->autobaud));
	return due;
}

static void check_speed(struct listener *l, int64_t now)
{
	if (!source_has_speed(l->source))
		return;
	if (l->proven && now >= l->good_ms + UNPROVEN_MS) {
		l->proven = false;
		autobaud_begin(&l->autobaud, now);
	}
	if (!l->proven && autobaud_turn(&l->autobaud, now))
		retune(l, now);
}

/* Decide what the silence means. */
static void check_silence(struct listener *l, int64_t now)
{
	if (source_reopens(l->source) && now >= l->byte_ms + SILENT_MS) {
		err_set(&l->trouble, ERR_BUSY, "%s has been silent for %d s",
			l->name, SILENT_MS / 1000);
		lose(l, now);
		return;
	}
	if (!l->has_crc && now >= l->byte_ms + TELEGRAM_GAP_MS)
		end_telegram(l);
	check_speed(l, now);
}

/* Bytes are waiting: with a live source, wait for more of the telegram. */
static void note_bytes(struct listener *l, int64_t now)
{
	check_speed(l, now);
	l->draining = l->source != NULL && (!source_live(l->source) ||
					    source_events(l->source) != POLLIN);
	l->gather_ms = l->draining || l->source == NULL ? 0 : now + GATHER_MS;
}

static void turn(void *context, short revents)
{
	struct listener *l = context;
	int64_t now = clock_monotonic_ms(l->clock);

	if (l->ended)
		return;
	if (l->source == NULL) {
		if (now >= l->open_ms)
			try_open(l, now);
	} else if (l->gather_ms != 0) {
		l->draining = now >= l->gather_ms;
		if (l->draining)
			l->gather_ms = 0;
	} else if (revents != 0) {
		note_bytes(l, now);
	} else {
		check_silence(l, now);
	}
}

struct pollable listener_pollable(struct listener *l)
{
	return (struct pollable){ l, to_poll, due, turn };
}

/* The source has ended or failed. */
static void run_dry(struct listener *l, int rc, int64_t now)
{
	if (rc == SOURCE_ENDED && source_reopens(l->source))
		err_set(&l->trouble, ERR_ABSENT, "%s has disappeared", l->name);
	if (source_reopens(l->source)) {
		lose(l, now);
	} else {
		if (rc == SOURCE_ENDED)
			l->trouble = (struct err){ 0 };
		l->ended = true;
		end_telegram(l);
	}
}

/* Read one chunk from a file, or everything available from a live source. */
static void fill(struct listener *l)
{
	int64_t now = clock_monotonic_ms(l->clock);
	size_t got = 0;
	int rc = source_read(l->source, l->chunk, CHUNK, &got, &l->trouble);

	l->draining = rc == SOURCE_BYTES && source_live(l->source);
	l->opened = l->opened || source_events(l->source) == POLLIN;
	if (rc != SOURCE_BYTES) {
		if (rc != SOURCE_WAITS)
			run_dry(l, rc, now);
		return;
	}
	l->from = 0;
	l->to = got;
	l->bytes += (int64_t)got;
	l->byte_ms = now;
	l->in_telegram = true;
	if (source_live(l->source)) /* a file has no speed */
		autobaud_hear(&l->autobaud, l->chunk, got, now);
}

static void heard(struct listener *l, const struct reading *r)
{
	l->good_ms = clock_monotonic_ms(l->clock);
	l->proven = true;
	l->has_crc = r->crc == CRC_OK;
	l->lost = l->say_lost = false;
	l->pause_ms = PAUSE_FIRST_MS;
}

/* No telegram is complete: is there anything else to report? */
static enum next nothing(struct listener *l)
{
	if (l->say_lost) {
		l->say_lost = false;
		return NEXT_LOST;
	}
	return l->ended ? NEXT_ENDED : NEXT_WAITS;
}

enum next listener_next(struct listener *l, struct reading *r,
			enum refusal *why)
{
	for (;;) {
		enum next a = reader_next(l->reader, r, why);

		if (a == NEXT_READING)
			heard(l, r);
		if (a != NEXT_WAITS)
			return a;
		if (l->from < l->to)
			l->from += reader_push(l->reader, l->chunk + l->from,
					       l->to - l->from);
		else if (l->draining)
			fill(l);
		else
			return nothing(l);
	}
}

const char *listener_name(const struct listener *l)
{
	return l->name;
}

int listener_speed(const struct listener *l)
{
	return l->autobaud.speed;
}

bool listener_live(const struct listener *l)
{
	return l->source == NULL || source_live(l->source);
}

bool listener_proven(const struct listener *l)
{
	return l->proven;
}

bool listener_opened(const struct listener *l)
{
	return l->opened;
}

const struct err *listener_trouble(const struct listener *l)
{
	return &l->trouble;
}

int64_t listener_bytes(const struct listener *l)
{
	return l->bytes;
}

bool listener_progress(const struct listener *l, int64_t *at, int64_t *size)
{
	return l->source != NULL && source_progress(l->source, at, size);
}
