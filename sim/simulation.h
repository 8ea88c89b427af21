/* A simulation as p1sim's command line describes it. */
#ifndef SIM_SIMULATION_H
#define SIM_SIMULATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "sim/fault.h"
#include "sim/lie.h"
#include "sim/script.h"

/* All options. */
struct simulation {
	struct script script;
	struct faults *faults;
	struct lies *lies;
	const char *pty, *tcp, *file, *truth;
	const char *key, *auth_key;   /* NULL: plain telegrams */
	int64_t seed, interval, baud; /* -1: not given */
	int64_t speed;		      /* thousandths; 0: fast; -1: not given */
	int64_t heard;		      /* baud of a serial server; 0 if none */
	bool uart, invert;
	bool silent, babble, push;
};

/* Set the defaults. ERR_FAILED if out of memory. */
int simulation_preset(struct simulation *sim, struct err *e);
void simulation_free(struct simulation *sim);

/*
 * Fill in options that were not given, and run. Returns 0 or a negative code.
 */
int simulation_run(struct simulation *sim, struct err *e);

#endif
