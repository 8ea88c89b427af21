/* Parse and run the request on p1sim's command line. */
#ifndef SIM_REQUEST_H
#define SIM_REQUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "sim/fault.h"
#include "sim/lie.h"
#include "sim/script.h"

/* All options. */
struct request {
	struct script script;
	struct faults *faults;
	struct lies *lies;
	const char *pty, *tcp, *file, *truth;
	const char *key, *auth_key;   /* NULL: plain telegrams */
	int64_t seed, interval, baud; /* -1: not given */
	int64_t speed;		      /* thousandths; 0: fast; -1: not given */
	int64_t heard;		      /* baud of a serial server; 0: none */
	bool uart, invert;
	bool silent, babble, push;
};

/* Set the defaults. ERR_FAILED: out of memory. */
int request_preset(struct request *r, struct err *e);
void request_free(struct request *r);

/*
 * Fill in options that were not given, and run. Returns 0 or a negative code.
 */
int request_run(struct request *r, struct err *e);

#endif
