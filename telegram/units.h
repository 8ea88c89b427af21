/*
 * Convert numbers as printed in a telegram to counts of the small units:
 * "00.433*kW" is 433 W, "0000.242*kV" is 242000 mV.
 */
#ifndef TELEGRAM_UNITS_H
#define TELEGRAM_UNITS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/fixed.h"
#include "base/span.h"
#include "telegram/obis_quantities.h"

/* The parts of a printed value: "0001.5*kWh", also without '*' or unit. */
struct printed {
	struct span number;
	struct span unit; /* empty if none */
	bool valid;	  /* base/fixed.h can read `number` */
	struct fixed fixed;
};

/* Split into the number and the unit, without the '*'. Borrows. */
struct printed printed_split(struct span value);

/*
 * The small unit for `printed` ("kWh", "wh", "m3"), and in *scale how many
 * decimals of it make one small unit. UNIT_COUNT if it is unknown.
 */
enum unit unit_find(struct span printed, int *scale);

/*
 * Convert a value to a count of `unit`. Without a printed unit the number is in
 * the big unit (kWh, V). Returns false if it is not a number or has another
 * kind of unit. Decimals below the small unit are truncated.
 */
bool printed_count(struct printed p, enum unit unit, int64_t *count);

#endif
