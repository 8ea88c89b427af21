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
