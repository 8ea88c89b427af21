#include "sim/player.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum {
	PIECE = 62,	  /* bytes that a USB adapter delivers at once */
	BITS_A_BYTE = 10, /* for both 8N1 and 7E1 */
};

struct player {
	struct sink *sink;
	struct player_options options;
	const struct clock *clock;
	int stop; /* descriptor of pending signals */
	bool begun;
	int64_t begun_ms;  /* monotonic */
	int64_t begun_utc; /* simulated */
};

static int signals_as_bytes(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return -1;
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

struct player *player_new(struct sink *s, const struct player_options *o,
			  const struct clock *c, struct err *e)
{
	struct player *p = calloc(1, sizeof(*p));

	if (p == NULL) {
		err_memory(e);
		return NULL;
	}
	*p = (struct player){ .sink = s, .options = *o, .clock = c };
	p->stop = signals_as_bytes();
	if (p->stop >= 0)
		return p;
	err_errno(e, ERR_FAILED, "signalfd");
	free(p);
	return NULL;
}

void player_free(struct player *p)
{
	if (p == NULL)
		return;
	close(p->stop);
	free(p);
}

/*
 * Wait until the monotonic clock reaches `due`; check for signals at least
 * once.
 */
static int wait_until(struct player *p, int64_t due)
{
	for (;;) {
		int64_t left = due - clock_monotonic_ms(p->clock);
		struct pollfd fds[] = {
			{ .fd = p->stop, .events = POLLIN },
			{ .fd = sink_fd(p->sink), .events = POLLIN },
		};
		int ms = left < 0 ? 0 : left > 60000 ? 60000 : (int)left;

		if (poll(fds, 2, ms) > 0) {
			if (fds[0].revents != 0)
				return 0;
			sink_turn(p->sink);
		}
		if (left <= 0)
			return 1;
	}
}

int player_rest(struct player *p, int64_t ms)
{
	return wait_until(p, ms < 0 ? INT64_MAX
				    : clock_monotonic_ms(p->clock) + ms);
}

/* Convert simulated time to the monotonic clock. */
static int64_t due_ms(const struct player *p, int64_t utc)
{
	return p->begun_ms +
	       (utc - p->begun_utc) * 1000 * 1000 / p->options.speed;
}

/* Send bytes at the speed of a wire: each piece when its last bit is done. */
static int send_paced(struct player *p, int64_t from_ms, const char *bytes,
		      size_t n, struct err *e)
{
	int rc = 1;

	for (size_t at = 0; rc > 0 && at < n; at += PIECE) {
		size_t some = n - at < PIECE ? n - at : PIECE;
		int64_t bits = (int64_t)(at + some) * BITS_A_BYTE;
		int64_t took = bits * 1000 * 1000 /
			       (p->options.baud * p->options.speed);

		rc = wait_until(p, from_ms + took);
		if (rc > 0)
			rc = sink_send(p->sink, bytes + at, some, false,
				       p->stop, e);
	}
	return rc;
}

int player_send(struct player *p, int64_t utc, const char *bytes, size_t n,
		struct err *e)
{
	int64_t due;

	if (p->options.speed == 0) {
		if (wait_until(p, 0) == 0)
			return 0;
		return sink_send(p->sink, bytes, n, true, p->stop, e);
	}
	if (!p->begun) {
		p->begun = true;
		p->begun_ms = clock_monotonic_ms(p->clock);
		p->begun_utc = utc;
	}
	due = due_ms(p, utc);
	if (wait_until(p, due) == 0)
		return 0;
	if (p->options.baud > 0)
		return send_paced(p, due, bytes, n, e);
	return sink_send(p->sink, bytes, n, false, p->stop, e);
}
