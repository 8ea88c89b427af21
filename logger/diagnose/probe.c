#include "logger/diagnose/probe.h"

#include <stdlib.h>
#include <string.h>

#include "logger/diagnose/port_environment.h"
#include "logger/port/autobaud.h"

enum {
	ALL_SPEEDS = SPEED_COUNT + ODD_SPEED_COUNT,
	CHUNK = 4096,
	CHUNKS = 16,	     /* per turn */
	GAP_MS = 2000,	     /* longer than a pause within a telegram */
	ENOUGH = 2,	     /* telegrams */
	PLAIN = 8,	     /* refused ones without a good one: the
				diagnosis is clear */
	PLAIN_BYTES = 300,   /* enough for an inverted line */
	PLAIN_FRAMED = 2000, /* enough for another protocol */
};

struct probe {
	char name[FIND_PATH];
	const struct clock *clock;
	struct source *source; /* NULL: refused */
	struct err refusal;
	char holder[HOLDER_TEXT];
	enum lines lines;
	struct reader *reader;
	struct autobaud autobaud;
	int speed;  /* index into all speeds */
	int rounds; /* passes through them, with garbage at each */
	bool ended, plain, in_telegram;
	int64_t byte_ms;
	struct byte_kinds at[ALL_SPEEDS];
	struct recording recording;
};

static const struct speed *speed_at(int i)
{
	return i < SPEED_COUNT ? &speeds[i] : &odd_speeds[i - SPEED_COUNT];
}

static int64_t refused(const struct probe *p)
{
	const struct reader_tally *t = reader_tally(p->reader);
	int64_t sum = 0;

	for (int i = 0; i < REFUSAL_COUNT; i++)
		sum += t->refused[i];
	return sum;
}

static void pull(struct probe *p, int64_t now)
{
	enum next a;
	enum refusal why;
	struct reading r;

	while ((a = reader_next(p->reader, &r, &why)) != NEXT_WAITS) {
		if (a != NEXT_READING)
			continue;
		recording_telegram(&p->recording, &r, now);
	}
	p->plain = p->plain ||
		   (p->recording.telegrams == 0 && refused(p) >= PLAIN);
}

/* Say that the last telegram will not continue. */
static void end_telegram(struct probe *p, int64_t now)
{
	if (p->in_telegram)
		reader_end(p->reader);
	p->in_telegram = false;
	pull(p, now);
}

static void begin_speed(struct probe *p, int64_t now)
{
	struct err e;

	if (source_has_speed(p->source) &&
	    source_set_speed(p->source, speed_at(p->speed), &e) < 0)
		p->refusal = e;
	end_telegram(p, now);
	recording_turn(&p->recording);
	autobaud_begin(&p->autobaud, now);
}

static void open_port(struct probe *p)
{
	p->source = source_open(p->name, &p->refusal);
	if (p->source == NULL) {
		port_environment_holder(p->refusal.text, p->holder);
		return;
	}
	begin_speed(p, clock_monotonic_ms(p->clock));
	if (source_has_speed(p->source))
		p->lines = port_environment_lines(source_fd(p->source));
}

struct probe *probe_new(const char *name, const struct reader_options *how,
			const struct clock *clock)
{
	struct probe *p = calloc(1, sizeof(*p));

	if (p == NULL)
		return NULL;
	p->clock = clock;
	strncat(p->name, name, sizeof(p->name) - 1);
	p->reader = reader_new();
	if (p->reader == NULL || !recording_begin(&p->recording)) {
		probe_free(p);
		return NULL;
	}
	reader_set(p->reader, how);
	open_port(p);
	return p;
}

void probe_free(struct probe *p)
{
	if (p == NULL)
		return;
	source_close(p->source);
	reader_free(p->reader);
	recording_end(&p->recording);
	free(p);
}

bool probe_has_all(const struct probe *p)
{
	return p->recording.telegrams >= ENOUGH;
}

bool probe_is_over(const struct probe *p)
{
	return p->source == NULL || p->refusal.code != 0 || p->ended ||
	       p->plain;
}

static struct pollfd to_poll(const void *context)
{
	const struct probe *p = context;
	struct pollfd fd = { .fd = -1 };

	if (probe_is_over(p))
		return fd;
	fd.fd = source_fd(p->source);
	fd.events = source_events(p->source);
	return fd;
}

static int64_t due(const void *context)
{
	const struct probe *p = context;
	int64_t due = autobaud_due(&p->autobaud), gap = p->byte_ms + GAP_MS;

	if (probe_is_over(p))
		return INT64_MAX;
	return p->in_telegram && gap < due ? gap : due;
}

static void push(struct probe *p, const char *bytes, size_t n, int64_t now)
{
	while (n > 0) {
		size_t taken = reader_push(p->reader, bytes, n);

		pull(p, now);
		bytes += taken;
		n -= taken;
	}
	pull(p, now);
}

static void hear(struct probe *p, const char *bytes, size_t n, int64_t now)
{
	recording_bytes(&p->recording, bytes, n);
	byte_kinds_count(&p->at[p->speed], (struct span){ bytes, n });
	autobaud_hear(&p->autobaud, bytes, n, now);
	p->byte_ms = now;
	p->in_telegram = true;
	push(p, bytes, n, now);
}

static void drain(struct probe *p, int64_t now)
{
	char chunk[CHUNK];
	size_t got = 0;
	int rc = SOURCE_BYTES;

	/* an endless source must not block the others */
	for (int i = 0; i < CHUNKS && rc == SOURCE_BYTES && !probe_has_all(p);
	     i++) {
		rc = source_read(p->source, chunk, sizeof(chunk), &got,
				 &p->refusal);
		if (rc == SOURCE_BYTES)
			hear(p, chunk, got, now);
	}
	if (rc != SOURCE_ENDED)
		return;
	end_telegram(p, now);
	p->ended = true;
}

/* Frames of another protocol: another speed would not help. */
static bool is_framed(const struct probe *p)
{
	enum protocol kind = protocol_of(recording_now(&p->recording));

	return kind == PROTOCOL_HDLC || kind == PROTOCOL_MBUS ||
	       kind == PROTOCOL_ENCRYPTED || kind == PROTOCOL_UNTITLED;
}

/* Is this enough input to diagnose the problem? */
static bool is_plain(const struct probe *p)
{
	const struct byte_kinds *b = &p->at[p->speed];

	return (b->all >= PLAIN_BYTES && byte_kinds_are_turned(b)) ||
	       (b->all >= PLAIN_FRAMED && is_framed(p));
}

/*
 * Try P1's speeds first, and twice before any other: the first time may have
 * started in the middle of a frame. If silent so far, try only these.
 */
static void next_speed(struct probe *p, int64_t now)
{
	int last = p->rounds > 0 ? ALL_SPEEDS : SPEED_COUNT;

	if (!source_has_speed(p->source) || p->recording.telegrams > 0 ||
	    is_framed(p)) {
		autobaud_begin(&p->autobaud, now);
		return;
	}
	p->speed++;
	if (p->speed >= last) {
		p->speed = 0;
		p->rounds += p->recording.n > 0;
	}
	p->plain = p->plain || p->rounds > 1;
	begin_speed(p, now);
}

static void on_time(struct probe *p, int64_t now)
{
	if (p->in_telegram && now >= p->byte_ms + GAP_MS)
		end_telegram(p, now);
	if (!autobaud_turn(&p->autobaud, now))
		return;
	p->plain = p->plain || (p->recording.telegrams == 0 && is_plain(p));
	if (!p->plain)
		next_speed(p, now);
}

static void turn(void *context, short revents)
{
	struct probe *p = context;
	int64_t now = clock_monotonic_ms(p->clock);

	if (probe_is_over(p))
		return;
	if (revents != 0)
		drain(p, now);
	if (!probe_is_over(p))
		on_time(p, now);
}

struct pollable probe_pollable(struct probe *p)
{
	return (struct pollable){ p, to_poll, due, turn };
}

const char *probe_name(const struct probe *p)
{
	return p->name;
}

bool probe_has_speed(const struct probe *p)
{
	return p->source != NULL && source_has_speed(p->source);
}

const struct recording *probe_recording(const struct probe *p)
{
	return &p->recording;
}

/* The speed with the highest share of a kind of bytes. */
static int best_by(const struct probe *p,
		   int64_t (*count)(const struct byte_kinds *b))
{
	int best = 0;
	double most = -1;

	for (int i = 0; i < ALL_SPEEDS; i++) {
		const struct byte_kinds *b = &p->at[i];
		double share =
			b->all > 0 ? (double)count(b) / (double)b->all : -1;

		if (share > most) {
			most = share;
			best = i;
		}
	}
	return best;
}

static int64_t text(const struct byte_kinds *b)
{
	return b->text;
}

static int64_t turned(const struct byte_kinds *b)
{
	return b->turned;
}

void probe_evidence(const struct probe *p, struct evidence *ev)
{
	const struct reader_tally *t = reader_tally(p->reader);
	struct span all = { p->recording.bytes, p->recording.n };

	ev->port = p->name;
	ev->network = strncmp(p->name, "tcp://", 6) == 0;
	ev->refused = p->refusal.code;
	ev->refusal = p->refusal.text;
	ev->holder = p->holder;
	ev->lines = p->lines;
	for (int i = 0; i < ALL_SPEEDS; i++)
		byte_kinds_add(&ev->bytes, &p->at[i]);
	ev->best = p->at[best_by(p, text)];
	ev->turned = p->at[best_by(p, turned)];
	ev->runs = p->at[0];
	ev->kind = protocol_of(all);
	ev->telegrams = p->recording.telegrams;
	memcpy(ev->refusals, t->refused, sizeof(ev->refusals));
	ev->odd_speed = p->recording.telegrams > 0 && p->speed >= SPEED_COUNT;
	ev->speed = speed_at(p->speed)->name;
	ev->damage = damage_look(p->recording.telegrams > 0
					 ? recording_now(&p->recording)
					 : all);
}
