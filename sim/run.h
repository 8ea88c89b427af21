/* The performance: the script, played to its end or to a signal. */
#ifndef SIM_RUN_H
#define SIM_RUN_H

#include "sim/encrypt.h"
#include "sim/fault.h"
#include "sim/lie.h"
#include "sim/meter.h"
#include "sim/play.h"
#include "sim/script.h"
#include "sim/truth.h"

enum program {
	RUN_TELEGRAMS,
	RUN_SILENCE, /* nothing is sent for the script's duration */
	RUN_NOISE,   /* random bytes are, instead of telegrams */
	RUN_PUSH,    /* DLMS frames are, likewise */
};

/* Who takes part; the caller's. */
struct parts {
	struct meter *meter;
	struct faults *faults;
	struct lies *lies;
	struct truth *truth; /* NULL: nobody writes it down */
	struct player *player;
	struct encrypt *seal; /* NULL: telegrams are sent as they are */
};

/* 1 it is over, 0 a signal ended it, or a negative code. */
int perform(struct script *s, const struct parts *p, enum program what,
	    struct err *e);

#endif
