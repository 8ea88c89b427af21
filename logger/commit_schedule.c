#include "logger/commit_schedule.h"

#include <inttypes.h>

#include "base/print.h"
#include "base/utc.h"

enum {
	PATIENCE_MS = 500,	  /* for another's lock, while telegrams come */
	LAST_PATIENCE_MS = 15000, /* systemd kills the service after 30 s */
	PAUSE_FIRST_MS = 1000,	  /* before retrying; doubles */
	PAUSE_LAST_MS = 15000,
	BUSY_SAID_MS = 3000, /* a shorter lock is not reported */
};

void commit_schedule_begin(struct commit_schedule *w, struct store *store,
			   const struct clock *clock, const struct log *log)
{
	*w = (struct commit_schedule){ .store = store,
				       .clock = clock,
				       .log = log,
				       .pause_ms = PAUSE_FIRST_MS };
	journal_patience(store->journal, PATIENCE_MS);
}

bool commit_schedule_eager(const struct commit_schedule *w)
{
	return w->due_ms == 0 && journal_waiting(w->store->journal) > 0;
}

static void say_stuck(struct commit_schedule *w, int64_t now,
		      const struct err *e)
{
	if (e->code == ERR_BUSY && now - w->stuck_ms < BUSY_SAID_MS)
		return;
	if (log_burst_count(&w->burst, now, HOUR_MS) == 0)
		return;
	w->said = true;
	log_line(w->log, LOG_LEVEL_ERROR, "%s; the readings wait in memory",
		 e->text);
}

static int failed(struct commit_schedule *w, int64_t now, struct err *e)
{
	if (e->code == ERR_DAMAGED || w->store->journal == NULL)
		return e->code;
	if (w->stuck_ms == 0)
		w->stuck_ms = now;
	w->due_ms = now + w->pause_ms;
	w->pause_ms = w->pause_ms * 2 < PAUSE_LAST_MS ? w->pause_ms * 2
						      : PAUSE_LAST_MS;
	say_stuck(w, now, e);
	return e->code;
}

static void note_written(struct commit_schedule *w, int64_t now, int rows)
{
	const char *noun = print_noun(rows, "row", "rows");

	if (w->said)
		log_line(w->log, LOG_LEVEL_NOTICE,
			 "%s is writable again after %" PRId64 " s: %d new %s",
			 w->store->o->database, (now - w->stuck_ms) / 1000,
			 rows, noun);
	else
		log_line(w->log, LOG_LEVEL_DEBUG, "%d new %s", rows, noun);
	w->said = false;
	w->stuck_ms = 0;
	w->pause_ms = PAUSE_FIRST_MS;
}

int commit_schedule_write(struct commit_schedule *w, struct err *e)
{
	int64_t now;
	int rows = 0;

	if (journal_waiting(w->store->journal) > 0)
		rows = store_commit(w->store, e);
	now = clock_monotonic_ms(w->clock);
	if (rows < 0)
		return failed(w, now, e);
	if (rows > 0 || w->stuck_ms != 0)
		note_written(w, now, rows);
	w->due_ms = now + w->store->o->commit_s * 1000;
	return rows;
}

int commit_schedule_finish(struct commit_schedule *w, struct err *e)
{
	size_t waiting = journal_waiting(w->store->journal);
	int rows = 0;

	journal_patience(w->store->journal, LAST_PATIENCE_MS);
	if (waiting > 0)
		rows = store_commit(w->store, e);
	if (rows < 0 && w->store->journal == NULL)
		return rows;
	if (rows < 0)
		return err_after(
			e, "%zu %s not written", waiting,
			print_noun((int64_t)waiting, "row was", "rows were"));
	note_written(w, clock_monotonic_ms(w->clock), rows);
	return rows;
}
