/*
 * The player sends bytes to a sink at the pace of a meter and its wire, until
 * they end or SIGINT, SIGTERM or SIGHUP arrives.
 */
#ifndef SIM_PLAYER_H
#define SIM_PLAYER_H

#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "sim/sink.h"

struct player;

struct player_options {
	int64_t speed; /* thousandths: 1000 is real time; 0: as fast as
			  possible */
	int baud;      /* speed of the wire; 0: each telegram at once */
};

/*
 * Create a player and block the signals in this process. The sink still belongs
 * to the caller.
 */
struct player *player_new(struct sink *s, const struct player_options *o,
			  const struct clock *c, struct err *e);
void player_free(struct player *p); /* NULL is fine */

/*
 * Send n bytes when simulated time reaches `utc`; the first call sets the
 * clock. Returns 1: sent, 0: stopped by a signal, or a negative code.
 */
int player_send(struct player *p, int64_t utc, const char *bytes, size_t n,
		struct err *e);

/*
 * Wait for `ms` of real time (-1: forever) while clients come and go. Returns
 * 1: done, 0: stopped by a signal.
 */
int player_rest(struct player *p, int64_t ms);

#endif
