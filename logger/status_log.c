#include "logger/status_log.h"

#include <inttypes.h>

#include "base/utc.h"
#include "storage/history/added_meters.h"
#include "storage/history/held_list.h"

enum { LOOK_MS = 600000, DAY_MS = 24 * HOUR_MS };

void status_log_clock(struct status_log *t, const struct timestamper *s,
		      bool suspected, int64_t ms)
{
	if (s->jumped && log_burst_count(&t->clock, ms, DAY_MS) > 0)
		log_line(t->log, LOG_LEVEL_WARNING,
			 "this machine's clock jumped: it is %" PRId64 " s "
			 "off the meter's, which kept running evenly",
			 -s->skew);
	if (s->absurd && !suspected &&
	    log_burst_count(&t->clock, ms, DAY_MS) > 0)
		log_line(t->log, LOG_LEVEL_WARNING,
			 "the meter's clock is %" PRId64 " s off; using this "
			 "machine's",
			 s->skew);
}

/*
 * Checks often, since an hour of held readings may be complete at any time, but
 * logs rarely.
 */
static void status_log_stuck(struct status_log *t, const char *database,
			     int64_t ms)
{
	char sentence[HELD_LIST_SENTENCE];
	struct held_list_entry q;
	struct err ignored;
	struct held_list *r;
	int64_t since;

	if (t->told_ms != 0 && ms - t->told_ms < HOUR_MS)
		return;
	r = held_list_open(database, &ignored);
	while (r != NULL && held_list_next_stuck(r, &q, &since, &ignored) > 0) {
		t->told_ms = ms;
		log_line(t->log, LOG_LEVEL_WARNING, "%s",
			 held_list_sentence(sentence, &q, since));
	}
	held_list_close(r);
}

static void tell_held(struct status_log *t, const struct journal *j,
		      const char *database, int64_t ms)
{
	int64_t electricity, held = journal_held(j, &electricity);
	int64_t more = held - t->held;

	if (more < 0)
		t->held = held;
	if (more <= 0)
		return;
	if (log_burst_count(&t->more_held, ms, HOUR_MS) > 0) {
		t->held = held;
		log_line(t->log, LOG_LEVEL_WARNING,
			 "%" PRId64 " more %s held (electricity: %" PRId64
			 " since the start); p1logger --quarantine says why",
			 more, more == 1 ? "reading is" : "readings are",
			 electricity);
	}
	if (log_burst_count(&t->look, ms, LOOK_MS) > 0)
		status_log_stuck(t, database, ms);
}

static void tell_one(void *ctx, bool unseen, const char *sentence)
{
	const struct status_log *t = ctx;

	log_line(t->log, unseen ? LOG_LEVEL_WARNING : LOG_LEVEL_NOTICE, "%s",
		 sentence);
}

static void tell_others(struct status_log *t, const struct journal *j,
			const char *database, int64_t ms)
{
	const int64_t others = journal_others(j) + 1;
	char sentence[HELD_LIST_SENTENCE];
	struct held_list_other o;
	struct err ignored;
	struct held_list *r;

	if (others == t->others ||
	    (t->others_ms != 0 && ms - t->others_ms < HOUR_MS))
		return;
	t->others = others;
	r = held_list_open(database, &ignored);
	while (r != NULL && held_list_next_other(r, &o, &ignored) > 0) {
		t->others_ms = ms;
		log_line(t->log, LOG_LEVEL_WARNING, "%s",
			 held_list_other_sentence(sentence, &o));
	}
	held_list_close(r);
	if (t->also == NULL || t->also[0] == '\0')
		return;
	t->others_ms = ms;
	added_meters_report(database, t->also, tell_one, t, &ignored);
}

static void tell_beyond(struct status_log *t, const struct journal *j,
			int64_t ms)
{
	int64_t beyond = journal_beyond(j), more = beyond - t->beyond;

	if (more == 0 || log_burst_count(&t->excess, ms, HOUR_MS) == 0)
		return;
	t->beyond = beyond;
	log_line(t->log, LOG_LEVEL_WARNING,
		 "the meter sends more messages, headers, identifiers or "
		 "readings than are stored per hour; dropped: %" PRId64,
		 more);
}

void status_log_journal(struct status_log *t, const struct journal *j,
			const char *database, int64_t ms)
{
	tell_held(t, j, database, ms);
	tell_others(t, j, database, ms);
	tell_beyond(t, j, ms);
}
