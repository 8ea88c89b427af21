#include "sim/display.h"

const char *const display_columns[DISPLAY_COUNT] = {
#define X(id, column, phase) [DISPLAY_##id] = column,
	DISPLAY_ITEMS(X)
#undef X
};

const int display_phases[DISPLAY_COUNT] = {
#define X(id, column, phase) [DISPLAY_##id] = phase,
	DISPLAY_ITEMS(X)
#undef X
};

const char *const display_media[DISPLAY_MEDIA] = {
	[DISPLAY_GAS] = "gas",
	[DISPLAY_WATER] = "water",
	[DISPLAY_HEAT] = "heat",
};

enum display_item display_returned(enum display_item drawn)
{
	enum { PHASES = DISPLAY_POWER_EXPORT_L1 - DISPLAY_POWER_IMPORT_L1 };

	return drawn == DISPLAY_POWER_IMPORT
		       ? DISPLAY_POWER_EXPORT
		       : (enum display_item)(drawn + PHASES);
}

void display_make_reactive(struct display *f)
{
	int64_t *v = f->value;

	v[DISPLAY_REACTIVE_IMPORT_TOTAL] = v[DISPLAY_IMPORT_TOTAL] / 7;
	v[DISPLAY_REACTIVE_EXPORT_TOTAL] = v[DISPLAY_EXPORT_TOTAL] / 9;
	v[DISPLAY_REACTIVE_POWER_IMPORT] = v[DISPLAY_POWER_IMPORT] / 7;
	v[DISPLAY_REACTIVE_POWER_EXPORT] = v[DISPLAY_POWER_EXPORT] / 9;
}
