/*
 * Compute costs: prices times the counts of a period. Pure and exact: a price
 * is a whole number of millionths, so a count of Wh, dm3 or MJ times a price is
 * a whole number of 10^-9.
 */
#ifndef TARIFFS_COST_H
#define TARIFFS_COST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"

/* Everything with a price per kWh, m3, GJ or day. */
enum price {
	PRICE_IMPORT, /* for all tariffs without a price of their own */
	PRICE_IMPORT_T1,
	PRICE_IMPORT_T2,
	PRICE_IMPORT_T3,
	PRICE_IMPORT_T4,
	PRICE_EXPORT, /* paid to the household */
	PRICE_EXPORT_T1,
	PRICE_EXPORT_T2,
	PRICE_EXPORT_T3,
	PRICE_EXPORT_T4,
	PRICE_GAS,
	PRICE_WATER,
	PRICE_WARM_WATER,
	PRICE_HEAT,
	PRICE_COLD,
	PRICE_FIXED,
	PRICE_COUNT
};

extern const char *const price_names[PRICE_COUNT]; /* "import_t1" */

/* One optional number per price. */
struct amounts {
	bool known[PRICE_COUNT];
	int64_t of[PRICE_COUNT];
};

/* Set a count, or a price in millionths of the currency. */
void amounts_set(struct amounts *a, enum price which, int64_t value);

/*
 * Set the count with this name, such as a series' ("import_t1"); nothing happens
 * if it has no price.
 */
void amounts_set_named(struct amounts *a, const char *name, int64_t value);

/*
 * Read a price such as "0.28123": up to six decimals, between -1000 and 1000.
 * "" leaves it unknown. ERR_CONFIG for anything else.
 */
int price_read(struct amounts *prices, enum price which, const char *text,
	       struct err *e);

/* Is any price known? */
bool price_any(const struct amounts *prices);

/* Cost items; export is negative. */
enum cost {
	COST_IMPORT,
	COST_EXPORT,
	COST_GAS,
	COST_WATER,
	COST_WARM_WATER,
	COST_HEAT,
	COST_COLD,
	COST_FIXED,
	COST_TOTAL, /* sum of the known ones above */
	COST_COUNT
};

extern const char *const cost_names[COST_COUNT]; /* "import" */

struct costs {
	bool known[COST_COUNT];
	int64_t nano[COST_COUNT]; /* 10^-9 of the currency */
};

/*
 * Compute the costs of `used` (in Wh, dm3, MJ, days). Import and export are
 * priced by tariff if the tariffs are known, else by the total. An item lacking
 * a price is unknown unless nothing was used.
 */
struct costs cost_of(const struct amounts *prices, const struct amounts *used);

enum { COST_TEXT = 24 };

/* "-1.2345": exact, with at least two decimals. Returns buf. */
char *cost_format(char buf[static COST_TEXT], int64_t nano);

#endif
