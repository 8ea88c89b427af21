/* The performance: the script, played to its end or to a signal. */
#ifndef SIM_PERFORM_H
#define SIM_PERFORM_H

#include "sim/fault.h"
#include "sim/lie.h"
#include "sim/meter.h"
#include "sim/play.h"
#include "sim/script.h"
#include "sim/seal.h"
#include "sim/truth.h"

enum program {
	PERFORM_TELEGRAMS,
	PERFORM_SILENCE, /* nothing is sent for the script's duration */
	PERFORM_NOISE,	 /* random bytes are, instead of telegrams */
	PERFORM_PUSH,	 /* DLMS frames are, likewise */
};

/* Who takes part; the caller's. */
struct parts {
	struct meter *meter;
	struct faults *faults;
	struct lies *lies;
	struct truth *truth; /* NULL: nobody writes it down */
	struct player *player;
	struct seal *seal; /* NULL: telegrams are sent as they are */
};

/* 1 it is over, 0 a signal ended it, or a negative code. */
int perform(struct script *s, const struct parts *p, enum program what,
	    struct err *e);

#endif
