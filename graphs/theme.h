/*
 * Colours of the charts: two themes, the same as the page's. Every text has a
 * contrast ratio of at least 4.5 with its background, every shape one of 3, and
 * import differs from export for every kind of colour vision.
 */
#ifndef GRAPHS_THEME_H
#define GRAPHS_THEME_H

#include <stdint.h>

/* What is painted. All colours are 0xRRGGBB. */
enum tint {
	TINT_CARD, /* background */
	TINT_INK,  /* text, comparisons, "now" */
	TINT_SOFT, /* labels */
	TINT_GRID,
	TINT_ZERO,
	TINT_GAP,
	TINT_IMPORT,
	TINT_IMPORT_LOW,
	TINT_IMPORT_3, /* third and fourth tariff */
	TINT_IMPORT_4,
	TINT_IMPORT_TEXT,
	TINT_IMPORT_PALE, /* highest power within a step */
	TINT_EXPORT,
	TINT_EXPORT_TEXT,
	TINT_EXPORT_PALE,
	TINT_GAS,
	TINT_WATER,
	TINT_HEAT,
	TINT_COLD,
	TINT_COUNT
};

struct theme {
	const char *name; /* "light" */
	uint32_t tint[TINT_COUNT];
};

/* NULL if there is no such theme. */
const struct theme *theme_find(const char *name);

/* Mix `percent` of the colour with the background, opaque. */
uint32_t theme_mix(const struct theme *t, enum tint tint, uint32_t percent);

/*
 * Percentages of a colour, for the area under a line and for an unfinished bar.
 */
enum { THEME_IMPORT_AREA = 62, THEME_EXPORT_AREA = 68, THEME_UNFINISHED = 35 };

#endif
