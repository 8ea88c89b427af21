/* Colours of the pictures: two themes, told apart also by the colour-blind. */
#ifndef GRAPHS_THEME_H
#define GRAPHS_THEME_H

#include <stdint.h>

/* One kind of bar or curve, in the tones of tariffs 1 to 4. */
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

/* NULL when there is no such theme. */
const struct theme *theme_find(const char *name);

/* The colour, only as opaque as `percent` of what it was. */
static inline uint32_t theme_fade(uint32_t colour, uint32_t percent)
{
	return (colour & ~UINT32_C(0xff)) | (colour & 0xff) * percent / 100;
}

/* The colour mixed with the page's, opaque: for what is only guessed. */
uint32_t theme_pale(const struct theme *t, uint32_t colour);

#endif
