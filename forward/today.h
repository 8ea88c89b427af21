/*
 * Consumption on the current local day, for outputs that publish it. It comes
 * from the journal, after each commit.
 */
#ifndef FORWARD_TODAY_H
#define FORWARD_TODAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

/* X(id, name in JSON, name for people, unit of the JSON value) */
/* clang-format off */
#define TODAY_ITEMS(X)                                     \
	X(IMPORT, "import", "Import today", "kWh")         \
	X(EXPORT, "export", "Export today", "kWh")         \
	X(GAS, "gas", "Gas today", "m3")                   \
	X(WATER, "water", "Water today", "m3")             \
	X(WARM_WATER, "warm_water", "Warm water today", "m3") \
	X(HEAT, "heat", "Heat today", "GJ")                \
	X(COLD, "cold", "Cold today", "GJ")                \
	X(COST, "cost", "Cost today", "currency")          \
	X(MONTH_PEAK, "month_peak", "Month peak", "kW")
/* clang-format on */

enum today_item {
#define X(id, name, words, unit) TODAY_##id,
	TODAY_ITEMS(X)
#undef X
		TODAY_COUNT
};

extern const char *const today_names[TODAY_COUNT];
extern const char *const today_words[TODAY_COUNT];

enum { TODAY_CURRENCY = 8, TODAY_TEXT = 512 };

struct today {
	int64_t since, end; /* UTC of the local day; since is 0 if unknown */
	int64_t until;	    /* UTC of the newest reading that is included */
	bool known[TODAY_COUNT];
	int64_t of[TODAY_COUNT];       /* thousandths of the unit above */
	char currency[TODAY_CURRENCY]; /* "EUR" */
};

/*
 * Write the totals as a line of JSON: the start of the day, the newest reading,
 * and each known item by its name. Returns the text, in buf.
 */
struct span today_json(const struct today *t, char buf[static TODAY_TEXT]);

#endif
