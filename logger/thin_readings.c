#include "logger/thin_readings.h"

#include <inttypes.h>

#include "base/print.h"
#include "base/utc.h"

/* A piece takes a few ms on a PC, and on a slow machine less than 100 ms. */
enum {
	HOURS_MOST = 4, /* as many pages as a commit writes */
	QUICK_MS = 20,
	SLOW_MS = 40,
};

void thin_readings_begin(struct thin_readings *t, struct store *store,
			 const struct log *log, bool live)
{
	*t = (struct thin_readings){ .store = store,
				     .log = log,
				     .hours = live ? 1 : HOURS_MOST };
}

static void adapt(struct thin_readings *t, int64_t ms)
{
	if (ms > SLOW_MS && t->hours > 1)
		t->hours /= 2;
	else if (ms < QUICK_MS && t->hours < HOURS_MOST)
		t->hours *= 2;
}

/*
 * Thinning a piece now and then is routine; the first time there is a backlog.
 */
static void say(struct thin_readings *t, bool more, int64_t removed)
{
	const struct store_options *o = t->store->o;

	t->removed += removed;
	if (!t->said && more && removed > 0) {
		t->said = true;
		log_line(t->log, store_news(o),
			 "%s: thinning the readings that are older than [keep] "
			 "says; no total changes, and rows = forever keeps "
			 "them all",
			 o->database);
	}
	if (!more && t->said) {
		log_line(t->log, store_news(o),
			 "%s: old readings are thinned: %" PRId64 " %s removed",
			 o->database, t->removed,
			 print_noun(t->removed, "row", "rows"));
		t->said = false;
	}
	if (!more)
		t->removed = 0;
}

static void failed(struct thin_readings *t, int64_t now, const struct err *e)
{
	const bool busy = e->code == ERR_BUSY;

	if (busy || log_burst_count(&t->failed, now, HOUR_MS) > 0)
		log_line(t->log, busy ? LOG_LEVEL_DEBUG : LOG_LEVEL_WARNING,
			 "%s: %s", t->store->o->database, e->text);
}

void thin_readings_piece(struct thin_readings *t)
{
	const struct clock *clock = t->store->o->clock;
	struct journal *j = t->store->journal;
	const int64_t utc = clock_utc(clock);
	const int64_t begin = clock_monotonic_ms(clock);
	struct err e = { 0 };
	int64_t removed = 0;
	int rc = j != NULL ? journal_thins(j, utc, &e) : 0;

	if (rc > 0) {
		rc = journal_thin(j, utc, t->hours, &removed, &e);
		adapt(t, clock_monotonic_ms(clock) - begin);
	}
	if (rc < 0)
		failed(t, begin, &e);
	else
		say(t, rc > 0, removed);
}
