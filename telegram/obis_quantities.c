#include "telegram/obis_quantities.h"

#include "telegram/obis_code.h"

#define TEXT(a, b, c, d, e) #a "-" #b ":" #c "." #d "." #e

const struct unit_info units[UNIT_COUNT] = {
#define X(id, suffix, json, decimals) [UNIT_##id] = { suffix, json, decimals },
	UNITS(X)
#undef X
};

const struct quantity_info quantities[Q_COUNT] = {
#define X(id, name, obis, unit, place)                                         \
	[Q_##id] = { #name,                                                    \
		     { TEXT obis, sizeof(TEXT obis) - 1 },                     \
		     UNIT_##unit,                                              \
		     PLACE_##place,                                            \
		     #name QUANTITY_TAIL_##unit },
	QUANTITIES(X)
#undef X
};

int quantity_of(uint32_t reference)
{
	switch (reference) {
#define X(id, name, obis, unit, place)                                         \
	case OBIS obis:                                                        \
		return Q_##id;
		QUANTITIES(X)
#undef X
	default:
		return -1;
	}
}
