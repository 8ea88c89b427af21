/* Colours of the charts: two themes, distinguishable for the colour-blind. */
#ifndef GRAPHS_THEME_H
#define GRAPHS_THEME_H

#include <stdint.h>

/* A kind of bar or curve, in one tone for each of the tariffs 1 to 4. */
enum { TONES = 4 };

enum hue { HUE_IMPORT, HUE_EXPORT, HUE_GAS, HUE_WATER, HUE_HEAT, HUE_COUNT };

/* All colours are 0xRRGGBBAA. */
struct theme {
	const char *name; /* "light" */
	uint32_t back;
	uint32_t text, muted;
	uint32_t grid, zero;
	uint32_t gap; /* where readings are missing */
	uint32_t hue[HUE_COUNT][TONES];
};

/* NULL if there is no such theme. */
const struct theme *theme_find(const char *name);

/* Reduce the opacity to `percent` of its value. */
static inline uint32_t theme_fade(uint32_t colour, uint32_t percent)
{
	return (colour & ~UINT32_C(0xff)) | (colour & 0xff) * percent / 100;
}

/* Mix the colour with the background, opaque: for interpolated values. */
uint32_t theme_pale(const struct theme *t, uint32_t colour);

#endif
