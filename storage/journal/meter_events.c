#include "storage/journal/meter_events.h"

#include <stdlib.h>

#include "base/array.h"

/* If notes cannot be written, the oldest beyond these limits are dropped. */
enum { NOTES_MAX = 20000, BYTES_MAX = 4 * 1024 * 1024 };

/* The texts that are compared with those of the reading before. */
enum seen_text { SEEN_MESSAGE, SEEN_CODE, SEEN_HEADER, SEEN_VERSION, SEEN };

struct meter_events_seen {
	int failures, peaks;
	struct failure failure[FAILURES_MAX];
	struct peak peak[PEAKS_MAX];
	int64_t ts; /* time of the last reading seen */
	int meter;  /* whose header and version these are; -1 if none yet */
	bool clock; /* its skew is known: the next two */
	int64_t skew;
	bool synchronised;
	char *text[SEEN];
	int64_t noted[SEEN]; /* the minute in which the text was noted */
};

void meter_events_forget_meter(struct meter_events *n)
{
	n->seen->meter = -1;
}

int meter_events_open(struct meter_events *n, struct flood_limit *a,
		      struct err *e)
{
	*n = (struct meter_events){ .allowance = a,
				    .seen = calloc(1, sizeof(*n->seen)) };
	if (n->seen == NULL)
		return err_memory(e);
	n->seen->ts = INT64_MIN;
	n->seen->meter = -1;
	for (int i = 0; i < SEEN; i++)
		n->seen->noted[i] = INT64_MIN;
	return 0;
}

static void free_texts(struct event *event)
{
	for (int i = 0; i < EVENT_TEXTS; i++)
		free(event->text[i]);
}

void meter_events_clear(struct meter_events *n)
{
	for (size_t i = 0; i < n->count; i++)
		free_texts(&n->list[i]);
	n->count = n->bytes = 0;
}

bool meter_events_full(const struct meter_events *n)
{
	return n->count >= NOTES_MAX / 2 || n->bytes >= BYTES_MAX / 2;
}

static void drop_oldest(struct meter_events *n)
{
	for (int i = 0; i < EVENT_TEXTS; i++)
		if (n->list[0].text[i] != NULL)
			n->bytes -= strlen(n->list[0].text[i]);
	free_texts(&n->list[0]);
	array_drop(n->list, &n->count, 1, sizeof(*n->list));
}

void meter_events_close(struct meter_events *n)
{
	meter_events_clear(n);
	free(n->list);
	for (int i = 0; n->seen != NULL && i < SEEN; i++)
		free(n->seen->text[i]);
	free(n->seen);
	*n = (struct meter_events){ 0 };
}

static struct event *add(struct meter_events *n, enum event_kind kind,
			 int64_t ts)
{
	struct event *list;

	while (n->count >= NOTES_MAX || (n->count > 0 && n->bytes >= BYTES_MAX))
		drop_oldest(n);
	list = array_grow(n->list, n->count, &n->room, sizeof(*list));
	if (list == NULL)
		return NULL;
	n->list = list;
	list[n->count] = (struct event){ .kind = kind, .ts = ts };
	return &list[n->count++];
}

/* May this many bytes of text be recorded? If not, counts them as refused. */
static bool may(struct meter_events *n, size_t size)
{
	return flood_limit_take(n->allowance, ALLOW_NOTES,
				sizeof(struct event) + size);
}

static void set(struct event *event, int i, int64_t v)
{
	event->v[i] = v;
	event->have |= 1u << i;
}

/*
 * Find the newest demand of the quarter hour, which stands for it. Returns NULL
 * if there is none.
 */
static struct event *demand_of(struct meter_events *n, int64_t ts)
{
	for (size_t i = n->count; i > 0; i--) {
		struct event *event = &n->list[i - 1];

		if (event->kind != EVENT_DEMAND)
			continue;
		if (event->ts / DEMAND_QUARTER == ts / DEMAND_QUARTER &&
		    event->ts <= ts)
			return event;
		break;
	}
	return NULL;
}

static bool put_demand(struct meter_events *n, const struct reading *r)
{
	struct event *event;

	if (!reading_has(r, Q_DEMAND_AVERAGE) && !reading_has(r, Q_DEMAND_PEAK))
		return true;
	event = demand_of(n, r->time.utc);
	if (event == NULL && !may(n, 0))
		return true;
	if (event == NULL)
		event = add(n, EVENT_DEMAND, r->time.utc);
	if (event == NULL)
		return false;
	event->ts = r->time.utc;
	if (reading_has(r, Q_DEMAND_AVERAGE))
		set(event, 0, r->value[Q_DEMAND_AVERAGE]);
	if (reading_has(r, Q_DEMAND_PEAK))
		set(event, 1, r->value[Q_DEMAND_PEAK]);
	if (r->demand_peak_time.kind == TIMESTAMP_UTC)
		set(event, 2, r->demand_peak_time.utc);
	return true;
}

static bool put_failure(struct meter_events *n, const struct failure *f)
{
	struct event *event;

	if (f->end.kind != TIMESTAMP_UTC)
		return true;
	event = add(n, EVENT_FAILURE, f->end.utc);
	if (event != NULL)
		set(event, 0, f->seconds);
	return event != NULL;
}

static bool put_failures(struct meter_events *n, const struct reading *r)
{
	struct meter_events_seen *seen = n->seen;
	bool ok = true;

	for (int i = 0; ok && i < r->failures; i++) {
		const struct failure *f = &r->failure[i];

		if (i >= seen->failures ||
		    f->end.utc != seen->failure[i].end.utc ||
		    f->seconds != seen->failure[i].seconds) {
			if (!may(n, 0))
				return true;
			ok = put_failure(n, f);
		}
		seen->failure[i] = *f;
	}
	seen->failures = r->failures;
	return ok;
}

static bool put_peak(struct meter_events *n, const struct peak *p)
{
	struct event *event;

	if (p->month_end.kind != TIMESTAMP_UTC)
		return true;
	event = add(n, EVENT_PEAK, p->month_end.utc);
	if (event == NULL)
		return false;
	set(event, 0, p->w);
	if (p->time.kind == TIMESTAMP_UTC)
		set(event, 1, p->time.utc);
	return true;
}

static bool put_peaks(struct meter_events *n, const struct reading *r)
{
	struct meter_events_seen *seen = n->seen;
	bool ok = true;

	for (int i = 0; ok && i < r->peaks; i++) {
		const struct peak *p = &r->peak[i];

		if (i >= seen->peaks ||
		    p->month_end.utc != seen->peak[i].month_end.utc ||
		    p->w != seen->peak[i].w) {
			if (!may(n, 0))
				return true;
			ok = put_peak(n, p);
		}
		seen->peak[i] = *p;
	}
	seen->peaks = r->peaks;
	return ok;
}

/* If time went back, the last reading seen does not show the earlier state. */
static bool is_seen(const struct meter_events *n, const struct reading *r,
		    enum seen_text which, struct span text)
{
	const char *seen = n->seen->text[which];

	return seen != NULL && r->time.utc >= n->seen->ts &&
	       span_eq(span_of(seen), text);
}

/* Copy two texts to a new event and to the texts last seen. */
static bool put_texts(struct meter_events *n, struct event *event, int at,
		      struct span first, struct span second)
{
	const struct span texts[EVENT_TEXTS] = { first, second };

	for (int i = 0; i < EVENT_TEXTS; i++) {
		const char *p = texts[i].n ? texts[i].p : "";

		n->bytes += texts[i].n;
		free(n->seen->text[at + i]);
		n->seen->text[at + i] = strndup(p, texts[i].n);
		event->text[i] = strndup(p, texts[i].n);
		if (event->text[i] == NULL || n->seen->text[at + i] == NULL)
			return false;
	}
	return true;
}

static struct span at_most(struct span s, size_t n)
{
	return (struct span){ s.p, s.n < n ? s.n : n };
}

/*
 * Allow one a minute: any other is either sent again in the next minute or gone
 * by then. This does not apply if time goes back, as between files, since the
 * result must not depend on the order.
 */
static bool may_text(struct meter_events *n, enum seen_text which, int64_t ts,
		     size_t bytes)
{
	int64_t minute = ts / EVENT_MINUTE, *noted = &n->seen->noted[which];

	if (*noted == minute && ts >= n->seen->ts) {
		n->allowance->beyond++;
		return false;
	}
	if (!may(n, bytes))
		return false;
	*noted = minute;
	return true;
}

static bool put_message(struct meter_events *n, const struct reading *r)
{
	struct span message = at_most(r->message, EVENT_TEXT);
	struct span code = at_most(r->message_code, EVENT_NAME);
	struct event *event;

	if ((is_seen(n, r, SEEN_MESSAGE, message) &&
	     is_seen(n, r, SEEN_CODE, code)) ||
	    !may_text(n, SEEN_MESSAGE, r->time.utc, message.n + code.n))
		return true;
	event = add(n, EVENT_MESSAGE, r->time.utc);
	return event != NULL &&
	       put_texts(n, event, SEEN_MESSAGE, message, code);
}

static bool put_identity(struct meter_events *n, const struct reading *r,
			 int meter)
{
	struct span header = at_most(r->header, EVENT_NAME);
	struct span version = at_most(r->version, EVENT_NAME);
	struct event *event;

	if (r->source == TIME_IMPORTED)
		return true;
	if (n->seen->meter == meter && is_seen(n, r, SEEN_HEADER, header) &&
	    is_seen(n, r, SEEN_VERSION, version))
		return true;
	if (n->seen->meter != meter)
		n->seen->noted[SEEN_HEADER] = INT64_MIN;
	if (!may_text(n, SEEN_HEADER, r->time.utc, header.n + version.n))
		return true;
	n->seen->meter = meter;
	event = add(n, EVENT_IDENTITY, r->time.utc);
	if (event != NULL)
		set(event, 0, meter);
	return event != NULL &&
	       put_texts(n, event, SEEN_HEADER, header, version);
}

int meter_events_put(struct meter_events *n, const struct reading *r, int meter,
		     struct err *e)
{
	if (!put_demand(n, r) || !put_failures(n, r) || !put_peaks(n, r) ||
	    !put_message(n, r) || !put_identity(n, r, meter))
		return err_memory(e);
	n->seen->ts = r->time.utc;
	return 0;
}

int meter_events_clock(struct meter_events *n, int64_t ts, int64_t skew,
		       bool synchronised, struct err *e)
{
	struct meter_events_seen *s = n->seen;
	struct event *event;

	if (s->clock && s->synchronised == synchronised &&
	    skew - s->skew <= CLOCK_STEP && s->skew - skew <= CLOCK_STEP)
		return 0;
	if (!may(n, 0))
		return 0;
	event = add(n, EVENT_CLOCK, ts);
	if (event == NULL)
		return err_memory(e);
	set(event, 0, skew);
	set(event, 1, synchronised);
	s->clock = true;
	s->skew = skew;
	s->synchronised = synchronised;
	return 0;
}
