/*
 * Bring the server's copy of a home up to date with its journal: find what
 * changed since the server's cursor, and send it in slices, each in one
 * transaction that moves the cursor. Whatever happens in between, each slice
 * was stored once or not at all.
 */
#ifndef FLEET_CATCH_UP_H
#define FLEET_CATCH_UP_H

#include "fleet/server.h"
#include "fleet/state_file.h"

struct catch_up {
	int64_t interval; /* seconds between boundaries; divides an hour */
	bool detail;	  /* send all accepted readings as well */
	bool again;	  /* send everything again */
	void (*note)(void *ctx, const char *sentence); /* of each slice */
	void *ctx;
};

struct caught_up {
	int64_t slices, boundaries;
};

/*
 * Note in *s what this journal is now, so that a later run knows whether it is
 * still the same one. Call it in each run, also if the server cannot be reached.
 * Returns 0 or a negative code.
 */
int catch_up_watch(struct state_file *s, struct history *h, struct err *e);

/*
 * Catch up. Reads the journal in short transactions, never while the server is
 * waited for. Returns 0 or a negative code (server_open).
 */
int catch_up_run(const struct catch_up *o, struct history *h, struct server *s,
		 struct state_file *state, struct caught_up *out,
		 struct err *e);

#endif
