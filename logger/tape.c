#include "logger/tape.h"

#include <stdlib.h>
#include <string.h>

bool tape_begin(struct tape *t)
{
	*t = (struct tape){ .bytes = malloc(TAPE_BYTES) };
	return t->bytes != NULL;
}

void tape_end(struct tape *t)
{
	for (size_t i = 0; i < t->kept; i++)
		free(t->text[i].text);
	free(t->bytes);
}

void tape_turn(struct tape *t)
{
	t->from = t->n;
}

void tape_bytes(struct tape *t, const char *bytes, size_t n)
{
	size_t room = TAPE_BYTES - t->n;

	memcpy(t->bytes + t->n, bytes, n < room ? n : room);
	t->n += n < room ? n : room;
}

static void keep_text(struct tape *t, struct span raw)
{
	char *copy = malloc(raw.n);
	size_t i = t->kept < TAPE_TELEGRAMS ? t->kept : t->kept - 1;

	if (copy == NULL)
		return;
	memcpy(copy, raw.p, raw.n);
	if (i < t->kept)
		free(t->text[i].text);
	else
		t->kept++;
	t->text[i].text = copy;
	t->text[i].n = raw.n;
}

/* The shortest time between two: one between may have been refused. */
static void note_interval(struct tape *t, const struct reading *r, int64_t now)
{
	bool timed = r->time.kind == STAMP_UTC;
	int64_t step = timed && t->last_utc != 0
			       ? r->time.utc - t->last_utc
			       : (now - t->last_ms + 500) / 1000;

	if (t->telegrams > 0 && step > 0 &&
	    (t->interval == 0 || step < t->interval))
		t->interval = step;
	t->last_utc = timed ? r->time.utc : 0;
	t->last_ms = now;
}

void tape_telegram(struct tape *t, const struct reading *r, int64_t now)
{
	note_interval(t, r, now);
	t->telegrams++;
	keep_text(t, r->raw);
}

struct span tape_text(const struct tape *t, size_t i)
{
	return (struct span){ t->text[i].text, t->text[i].n };
}

struct span tape_now(const struct tape *t)
{
	size_t from = t->telegrams > 0 || t->n > t->from ? t->from : 0;

	return (struct span){ t->bytes + from, t->n - from };
}
