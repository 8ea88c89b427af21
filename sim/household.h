/*
 * A household: what it draws from the net, gives back, burns and drinks at any
 * moment. Everything follows from the seed and the time, so two houses of one
 * seed are the same house.
 */
#ifndef SIM_HOUSEHOLD_H
#define SIM_HOUSEHOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "sim/zone.h"

enum { HOUSEHOLD_PHASES = 3, HOUSEHOLD_EVENTS = 48 };

struct household_options {
	uint64_t seed;
	struct zone zone; /* whose clock the family lives by */
	int phases;	  /* 1 or 3 */
	int64_t solar_w;  /* peak power of the roof; 0: no panels */
};

/* What flows at one moment. */
struct flow {
	int64_t watts[HOUSEHOLD_PHASES]; /* below 0: given back to the net */
	int64_t heating_w;		 /* warmth for rooms and hot water */
	int64_t stove_w;  /* warmth of gas flames in the kitchen */
	int64_t water_ml; /* a second */
};

/* One use of one appliance. */
struct event {
	int64_t start, end; /* UTC */
	int habit;
};

/* Plain data; the caller's. Only house.c looks inside. */
struct household {
	struct household_options options;
	int64_t day; /* whose plan this is; -1: none yet */
	int events;
	struct event event[HOUSEHOLD_EVENTS];
	int64_t minute; /* whose sky this is; -1: none yet */
	int64_t sun, temperature;
	bool daylight;
	int clock_hour; /* on the family's clock */
};

/* A house that has not lived yet; the options are copied. */
void household_init(struct household *h, const struct household_options *o);

/* What flows at this instant. Cheapest when asked in order of time. */
void household_flow(struct household *h, int64_t utc, struct flow *out);

#endif
