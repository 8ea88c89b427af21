/*
 * Numbers as a telegram prints them, into counts of the small units:
 * "00.433*kW" is 433 W, "0000.242*kV" is 242000 mV.
 */
#ifndef TELEGRAM_UNITS_H
#define TELEGRAM_UNITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "telegram/quantity.h"

/* A printed value in two: "0001.5*kWh", also without '*' or without unit. */
struct printed {
	struct span number;
	struct span unit; /* empty: none */
};

/* The digits and the point, and what follows them without its '*'. Borrows. */
struct printed printed_split(struct span value);

/*
 * The unit that counts what `printed` ("kWh", "wh", "m3") measures, and as
 * *scale how many decimals of it one small unit is. UNIT_COUNT: not known.
 */
enum unit unit_find(struct span printed, int *scale);

/*
 * The value as a count of `unit`. Without a printed unit the number is in its
 * big one (kWh, V). False: no number, or of something else than `unit`.
 * Decimals below the small unit are truncated.
 */
bool printed_count(struct printed p, enum unit unit, int64_t *count);

#endif
