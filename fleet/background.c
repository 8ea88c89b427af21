#include "fleet/background.h"

#include <sys/random.h>
#include <time.h>

#include "base/clock.h"
#include "base/utc.h"
#include "fleet/pauses.h"

/* From 0 to 1000. */
static int any_chance(void)
{
	uint16_t random = 0;

	if (getrandom(&random, sizeof(random), GRND_NONBLOCK) < 0)
		random = (uint16_t)clock_monotonic_ms(&clock_machine);
	return random % 1001;
}

void background_wait(int64_t interval)
{
	const int64_t s = pauses_before(interval, any_chance());
	const struct timespec pause = { .tv_sec = (time_t)s };

	nanosleep(&pause, NULL);
}

/* A clock that was set back must not make the pause longer. */
bool background_is_due(const struct state_file *s)
{
	int64_t left = s->next_ts - clock_utc(&clock_machine);

	return s->failures == 0 || left <= 0 || left > PAUSE_MOST;
}

static void note_success(struct state_file *s, const struct log *log)
{
	int64_t away = clock_utc(&clock_machine) - s->lost_ts;

	if (s->lost_ts != 0 && s->code != 0)
		log_line(log, LOG_LEVEL_NOTICE,
			 "sending to the server of [fleet] works again after "
			 "%lld s",
			 (long long)(away > 0 ? away : 0));
	s->failures = 0;
	s->lost_ts = s->next_ts = 0;
	s->code = 0;
}

static void note_failure(struct state_file *s, int64_t interval, bool log_it,
			 const struct log *log, const struct err *e)
{
	const int64_t now = clock_utc(&clock_machine);

	if (log_it && s->code != e->code) {
		log_line(log, LOG_LEVEL_WARNING,
			 "sending to the server of [fleet] failed, trying "
			 "again: %s",
			 e->text);
		s->code = e->code;
	}
	s->failures++;
	if (s->lost_ts == 0)
		s->lost_ts = now;
	s->next_ts = now + pauses_after(s->failures, interval, any_chance());
}

int background_result(struct state_file *s, int64_t interval, int rc,
		      bool background, const struct log *log,
		      const struct err *e)
{
	if (rc == 0) {
		note_success(s, log);
		return 0;
	}
	note_failure(s, interval, background, log, e);
	return background ? 0 : rc;
}
