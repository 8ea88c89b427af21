/*
 * What it costs: prices, and counts of a period times them. Pure, and exact: a
 * price is a whole number of millionths, so counts of Wh, dm3 and MJ times it
 * are whole numbers of 10^-9.
 */
#ifndef TARIFFS_COST_H
#define TARIFFS_COST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"

/* What has a price, and of what: of a kWh, a m3, a GJ, a day. */
enum price {
	PRICE_IMPORT, /* of all tariffs that have none of their own */
	PRICE_IMPORT_T1,
	PRICE_IMPORT_T2,
	PRICE_IMPORT_T3,
	PRICE_IMPORT_T4,
	PRICE_EXPORT, /* what is got for it */
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

/* A number for some of them. */
struct amounts {
	bool known[PRICE_COUNT];
	int64_t of[PRICE_COUNT];
};

/* It is known, and is this: a count, or millionths of the currency. */
void amounts_set(struct amounts *a, enum price which, int64_t value);

/*
 * Take the price "0.28123" of one; up to six decimals, less than 1000 to either
 * side of 0. "" leaves it unknown. ERR_CONFIG for anything else.
 */
int price_read(struct amounts *prices, enum price which, const char *text,
	       struct err *e);

/* Is any known? */
bool price_any(const struct amounts *prices);

/* What is paid for; export is got, so it is negative. */
enum cost {
	COST_IMPORT,
	COST_EXPORT,
	COST_GAS,
	COST_WATER,
	COST_WARM_WATER,
	COST_HEAT,
	COST_COLD,
	COST_FIXED,
	COST_TOTAL, /* of those above that are known */
	COST_COUNT
};

extern const char *const cost_names[COST_COUNT]; /* "import" */

struct costs {
	bool known[COST_COUNT];
	int64_t nano[COST_COUNT]; /* 10^-9 of the currency */
};

/*
 * What `used` (in Wh, dm3, MJ, days) costs. Import and export go by their
 * tariffs when these are known, else by the whole; one of which a price is
 * missing is unknown, unless nothing of it was used.
 */
struct costs cost_of(const struct amounts *prices, const struct amounts *used);

enum { COST_TEXT = 24 };

/* "-1.2345": exact, two decimals or more. Returns buf. */
char *cost_format(char buf[static COST_TEXT], int64_t nano);

#endif
