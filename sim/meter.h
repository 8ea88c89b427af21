/*
 * The meters of a household: counters that rise with the flows, and everything
 * else that they show. Time only moves forward, in steps of at most a minute,
 * so that tariffs, quarter hours and M-Bus readings are exact.
 */
#ifndef SIM_METER_H
#define SIM_METER_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/dialect.h"
#include "sim/display.h"
#include "sim/household.h"

/* Counters for --initial. */
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

struct sim_meter_options {
	const struct dialect *dialect;
	uint64_t seed;
	int64_t start; /* UTC */
	int phases;    /* 1 or 3 */
	int64_t solar_w;
	bool has[DISPLAY_MEDIA];
	int64_t initial[INITIAL_COUNT]; /* Wh, dm3, MJ; -1: from the seed */
};

struct sim_meter;

/* Returns NULL if out of memory. */
struct sim_meter *meter_new(const struct sim_meter_options *o);
void meter_free(struct sim_meter *m); /* NULL is fine */

/* Simulate until `utc`, not earlier than the last call. */
void meter_advance(struct sim_meter *m, int64_t utc);

/* What the meter shows now. */
void meter_show(const struct sim_meter *m, struct display *out);

/*
 * Replace the electricity meter: counters at 0, empty logs. `id` in plain text;
 * NULL makes one up.
 */
void meter_swap(struct sim_meter *m, const char *id);

/* Replace the M-Bus device of a medium, if there is one. */
void meter_swap_device(struct sim_meter *m, enum display_medium medium,
		       const char *id);

#endif
