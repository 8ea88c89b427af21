/*
 * The meters of a house: counters that climb by what flows, and all else that
 * they show. They go forward in time only, in steps of a minute at most, so
 * that tariffs, quarters and M-Bus readings fall where they belong.
 */
#ifndef SIM_METER_H
#define SIM_METER_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/dialect.h"
#include "sim/display.h"
#include "sim/household.h"

/* Counters that --initial can set. */
enum initial {
	INITIAL_IMPORT_T1,
	INITIAL_IMPORT_T2,
	INITIAL_EXPORT_T1,
	INITIAL_EXPORT_T2,
	INITIAL_GAS,
	INITIAL_WATER,
	INITIAL_HEAT,
	INITIAL_COUNT
};

/* "import_t1" ... "heat" */
extern const char *const initial_names[INITIAL_COUNT];

struct meter_options {
	const struct dialect *dialect;
	uint64_t seed;
	int64_t start; /* UTC */
	int phases;    /* 1 or 3 */
	int64_t solar_w;
	bool has[DISPLAY_MEDIA];
	int64_t initial[INITIAL_COUNT]; /* Wh, dm3, MJ; -1: of the seed */
};

struct meter;

struct meter *meter_new(const struct meter_options *o); /* NULL: memory */
void meter_free(struct meter *m);			/* NULL is fine */

/* Let the house live until `utc`, not before the last such moment. */
void meter_advance(struct meter *m, int64_t utc);

/* What the meter shows now. */
void meter_face(const struct meter *m, struct display *out);

/*
 * A new electricity meter hangs there from now on: its counters at 0, its logs
 * empty. `id` in plain text; NULL makes one up.
 */
void meter_swap(struct meter *m, const char *id);

/* The same for the M-Bus device of a medium; nothing when there is none. */
void meter_swap_device(struct meter *m, enum display_medium medium,
		       const char *id);

#endif
