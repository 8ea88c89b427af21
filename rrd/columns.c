#include "rrd/columns.h"

#include "base/span.h"

#define OF_RATE(what) .series = SERIES_##what
#define OF_PEAK(what) .peak = PEAK_##what

const struct column columns[COLUMN_COUNT] = {
#define X(id, ds, in, source, what, fixed)                                     \
	[COLUMN_##id] = { .name = (ds),                                        \
			  .medium = MEDIUM_##in,                               \
			  .from = COLUMN_##source,                             \
			  OF_##source(what),                                   \
			  .always = (fixed) },
	COLUMNS(X)
#undef X
};

uint32_t columns_of_medium(enum medium m, uint32_t have)
{
	uint32_t set = 0;

	for (size_t i = 0; i < COUNT(columns); i++) {
		const struct column *c = &columns[i];

		if (c->medium == m && (c->always || have >> c->series & 1))
			set |= UINT32_C(1) << i;
	}
	return set;
}
