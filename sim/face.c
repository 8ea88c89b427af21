#include "sim/face.h"

const char *const face_columns[FACE_COUNT] = {
#define X(id, column, phase) [FACE_##id] = column,
	FACE_ITEMS(X)
#undef X
};

const int face_phases[FACE_COUNT] = {
#define X(id, column, phase) [FACE_##id] = phase,
	FACE_ITEMS(X)
#undef X
};

const char *const face_media[FACE_MEDIA] = {
	[FACE_GAS] = "gas",
	[FACE_WATER] = "water",
	[FACE_HEAT] = "heat",
};

enum face_item face_returned(enum face_item drawn)
{
	enum { PHASES = FACE_POWER_EXPORT_L1 - FACE_POWER_IMPORT_L1 };

	return drawn == FACE_POWER_IMPORT ? FACE_POWER_EXPORT
					  : (enum face_item)(drawn + PHASES);
}

void face_make_reactive(struct face *f)
{
	int64_t *v = f->value;

	v[FACE_REACTIVE_IMPORT_TOTAL] = v[FACE_IMPORT_TOTAL] / 7;
	v[FACE_REACTIVE_EXPORT_TOTAL] = v[FACE_EXPORT_TOTAL] / 9;
	v[FACE_REACTIVE_POWER_IMPORT] = v[FACE_POWER_IMPORT] / 7;
	v[FACE_REACTIVE_POWER_EXPORT] = v[FACE_POWER_EXPORT] / 9;
}
