#include "logger/diagnose/recording.h"

#include <stdlib.h>
#include <string.h>

bool recording_begin(struct recording *t)
{
	*t = (struct recording){ .bytes = malloc(RECORDING_BYTES) };
	return t->bytes != NULL;
}

void recording_end(struct recording *t)
{
	for (size_t i = 0; i < t->kept; i++)
		free(t->text[i].text);
	free(t->bytes);
}

void recording_turn(struct recording *t)
{
	t->from = t->n;
}

void recording_bytes(struct recording *t, const char *bytes, size_t n)
{
	size_t room = RECORDING_BYTES - t->n;

	memcpy(t->bytes + t->n, bytes, n < room ? n : room);
	t->n += n < room ? n : room;
}

static void keep_text(struct recording *t, struct span raw)
{
	char *copy = malloc(raw.n);
	size_t i = t->kept < RECORDING_TELEGRAMS ? t->kept : t->kept - 1;

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

/* Keep the shortest interval: telegrams in between may have been refused. */
static void note_interval(struct recording *t, const struct reading *r,
			  int64_t now)
{
	bool timed = r->time.kind == TIMESTAMP_UTC;
	int64_t step = timed && t->last_utc != 0
			       ? r->time.utc - t->last_utc
			       : (now - t->last_ms + 500) / 1000;

	if (t->telegrams > 0 && step > 0 &&
	    (t->interval == 0 || step < t->interval))
		t->interval = step;
	t->last_utc = timed ? r->time.utc : 0;
	t->last_ms = now;
}

void recording_telegram(struct recording *t, const struct reading *r,
			int64_t now)
{
	note_interval(t, r, now);
	t->telegrams++;
	keep_text(t, r->raw);
}

struct span recording_text(const struct recording *t, size_t i)
{
	return (struct span){ t->text[i].text, t->text[i].n };
}

struct span recording_now(const struct recording *t)
{
	size_t from = t->telegrams > 0 || t->n > t->from ? t->from : 0;

	return (struct span){ t->bytes + from, t->n - from };
}
