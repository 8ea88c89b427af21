/*
 * A household: what it draws, returns and uses at any moment. Everything is
 * derived from seed and time, so equal seeds give equal households.
 */
#ifndef SIM_HOUSEHOLD_H
#define SIM_HOUSEHOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/zone.h"

enum { HOUSEHOLD_PHASES = 3, HOUSEHOLD_EVENTS = 48 };

struct household_options {
	uint64_t seed;
	struct zone zone; /* the household's clock */
	int phases;	  /* 1 or 3 */
	int64_t solar_w;  /* peak power of the panels; 0 if none */
};

/* Flows at one moment. */
struct flow {
	int64_t watts[HOUSEHOLD_PHASES]; /* negative: returned to the grid */
	int64_t heating_w;		 /* heat for rooms and hot water */
	int64_t stove_w;		 /* heat of gas flames in the kitchen */
	int64_t water_ml;		 /* per second */
};

/* One use of an appliance. */
struct household_event {
	int64_t start, end; /* UTC */
	int habit;
};

/* Plain data, owned by the caller. Only household.c uses its fields. */
struct household {
	struct household_options options;
	int64_t day; /* day of the plan; -1 if none yet */
	int events;
	struct household_event event[HOUSEHOLD_EVENTS];
	int64_t minute; /* minute of the weather; -1 if none yet */
	int64_t sun, temperature;
	bool daylight;
	int clock_hour; /* local hour */
};

/* Initialise; the options are copied. */
void household_init(struct household *h, const struct household_options *o);

/* The flows at this instant. Cheapest in chronological order. */
void household_flow(struct household *h, int64_t utc, struct flow *out);

#endif
