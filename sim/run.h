/* Run the script to its end or until a signal. */
#ifndef SIM_RUN_H
#define SIM_RUN_H

#include "sim/encrypt.h"
#include "sim/fault.h"
#include "sim/lie.h"
#include "sim/meter.h"
#include "sim/player.h"
#include "sim/script.h"
#include "sim/truth.h"

enum run_kind {
	RUN_TELEGRAMS,
	RUN_SILENCE, /* send nothing for the script's duration */
	RUN_NOISE,   /* send random bytes instead */
	RUN_PUSH,    /* send DLMS frames instead */
};

/* The parts of a run, owned by the caller. */
struct run_parts {
	struct sim_meter *meter;
	struct faults *faults;
	struct lies *lies;
	struct truth *truth; /* NULL: not written */
	struct player *player;
	struct encrypt *encrypt; /* NULL: not encrypted */
};

/* Returns 1: finished, 0: stopped by a signal, or a negative code. */
int run_script(struct script *s, const struct run_parts *p, enum run_kind what,
	       struct err *e);

#endif
