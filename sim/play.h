/*
 * The player: bytes to a sink at the pace of a meter and its wire, until they
 * end or a signal (SIGINT, SIGTERM, SIGHUP) says so.
 */
#ifndef SIM_PLAY_H
#define SIM_PLAY_H

#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/err.h"
#include "sim/sink.h"

struct player;

struct player_options {
	int64_t speed; /* thousandths: 1000 is real time; 0: as fast as it goes
			*/
	int baud;      /* pace of the wire; 0: each telegram at once */
};

/* Blocks the signals for this process. The sink stays the caller's. */
struct player *player_new(struct sink *s, const struct player_options *o,
			  const struct clock *c, struct err *e);
void player_free(struct player *p); /* NULL is fine */

/*
 * Send n bytes when the simulated time is `utc`; the first call sets the clock.
 * 1 sent, 0 a signal ended it, or a negative code.
 */
int player_send(struct player *p, int64_t utc, const char *bytes, size_t n,
		struct err *e);

/*
 * Let `ms` of real time pass, -1 for ever, while clients come and go. 1 it
 * passed, 0 a signal ended it.
 */
int player_rest(struct player *p, int64_t ms);

#endif
