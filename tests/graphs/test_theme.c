/*
 * Colours that touch or stand beside each other in a chart differ for every
 * kind of colour vision.
 */
#include "tests/check.h"

#include <math.h>

#include "base/span.h"
#include "graphs/theme.h"

/*
 * What people see who lack one kind of cone, in linear RGB: Machado, Oliveira
 * and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
 * Deficiency", IEEE TVCG 15(6), 2009, the matrices of severity 1.0.
 */
static const struct vision {
	const char *name;
	double m[3][3];
} visions[] = {
	{ "all cones", { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } } },
	{ "protanopia",
	  { { 0.152286, 1.052583, -0.204868 },
	    { 0.114503, 0.786281, 0.099216 },
	    { -0.003882, -0.048116, 1.051998 } } },
	{ "deuteranopia",
	  { { 0.367322, 0.860646, -0.227968 },
	    { 0.280085, 0.672501, 0.047413 },
	    { -0.011820, 0.042940, 0.968881 } } },
	{ "tritanopia",
	  { { 1.255528, -0.076749, -0.178779 },
	    { -0.078411, 0.930809, 0.147602 },
	    { 0.004733, 0.691367, 0.303900 } } },
};

static const struct theme *themes[2];

static int both(void **state)
{
	(void)state;
	themes[0] = theme_find("light");
	themes[1] = theme_find("dark");
	return 0;
}

/* A component of sRGB, 0 to 255, as light, 0 to 1 (IEC 61966-2-1). */
static double light_of(uint32_t component)
{
	double c = component / 255.0;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static void see(const struct vision *v, uint32_t colour, double seen[3])
{
	double rgb[3] = { light_of(colour >> 16 & 0xff),
			  light_of(colour >> 8 & 0xff),
			  light_of(colour & 0xff) };

	for (int i = 0; i < 3; i++) {
		seen[i] = 0;
		for (int k = 0; k < 3; k++)
			seen[i] += v->m[i][k] * rgb[k];
		seen[i] = fmin(1, fmax(0, seen[i]));
	}
}

static double curved(double t)
{
	return t > 0.008856 ? cbrt(t) : 7.787 * t + 16 / 116.0;
}

/* CIELAB of linear RGB, for daylight (D65). */
static void lab_of(const double c[3], double lab[3])
{
	double x = 0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2];
	double y = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
	double z = 0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2];

	lab[0] = 116 * curved(y) - 16;
	lab[1] = 500 * (curved(x / 0.95047) - curved(y));
	lab[2] = 200 * (curved(y) - curved(z / 1.08883));
}

/* The distance of two colours (CIE 1976); about 2 can just be seen. */
static double apart(const struct vision *v, uint32_t a, uint32_t b)
{
	double seen[3], first[3], second[3];

	see(v, a, seen);
	lab_of(seen, first);
	see(v, b, seen);
	lab_of(seen, second);
	return sqrt(pow(first[0] - second[0], 2) +
		    pow(first[1] - second[1], 2) +
		    pow(first[2] - second[2], 2));
}

/* A tint, mixed with the background as the charts do; 100: not mixed. */
struct shade {
	enum tint tint;
	uint32_t percent;
};

static void neighbours_differ_for_every_kind_of_colour_vision(void **state)
{
	static const struct {
		const char *name;
		struct shade a, b;
		double least;
	} pairs[] = {
		{ "import and export, bars",
		  { TINT_IMPORT, 100 },
		  { TINT_EXPORT, 100 },
		  80 },
		{ "low tariff and export",
		  { TINT_IMPORT_LOW, 100 },
		  { TINT_EXPORT, 100 },
		  75 },
		{ "import and export, areas",
		  { TINT_IMPORT, THEME_IMPORT_AREA },
		  { TINT_EXPORT, THEME_EXPORT_AREA },
		  60 },
		{ "import and export, numbers",
		  { TINT_IMPORT_TEXT, 100 },
		  { TINT_EXPORT_TEXT, 100 },
		  65 },
		{ "import and export, not finished",
		  { TINT_IMPORT, THEME_UNFINISHED },
		  { TINT_EXPORT, THEME_UNFINISHED },
		  30 },
		{ "low and normal tariff",
		  { TINT_IMPORT_LOW, 100 },
		  { TINT_IMPORT, 100 },
		  18 },
		{ "second and third tariff",
		  { TINT_IMPORT, 100 },
		  { TINT_IMPORT_3, 100 },
		  18 },
		{ "third and fourth tariff",
		  { TINT_IMPORT_3, 100 },
		  { TINT_IMPORT_4, 100 },
		  40 },
		{ "highest and mean",
		  { TINT_IMPORT_PALE, 100 },
		  { TINT_IMPORT, THEME_IMPORT_AREA },
		  20 },
		{ "highest and background",
		  { TINT_IMPORT_PALE, 100 },
		  { TINT_CARD, 100 },
		  18 },
		{ "import, finished or not",
		  { TINT_IMPORT, 100 },
		  { TINT_IMPORT, THEME_UNFINISHED },
		  35 },
		{ "low tariff, finished or not",
		  { TINT_IMPORT_LOW, 100 },
		  { TINT_IMPORT_LOW, THEME_UNFINISHED },
		  25 },
		{ "export, finished or not",
		  { TINT_EXPORT, 100 },
		  { TINT_EXPORT, THEME_UNFINISHED },
		  40 },
		{ "gas, finished or not",
		  { TINT_GAS, 100 },
		  { TINT_GAS, THEME_UNFINISHED },
		  35 },
		{ "water, finished or not",
		  { TINT_WATER, 100 },
		  { TINT_WATER, THEME_UNFINISHED },
		  30 },
		{ "heat, finished or not",
		  { TINT_HEAT, 100 },
		  { TINT_HEAT, THEME_UNFINISHED },
		  30 },
		{ "cooling, finished or not",
		  { TINT_COLD, 100 },
		  { TINT_COLD, THEME_UNFINISHED },
		  40 },
		{ "not finished and background",
		  { TINT_IMPORT_LOW, THEME_UNFINISHED },
		  { TINT_CARD, 100 },
		  15 },
		{ "gap and background",
		  { TINT_GAP, 100 },
		  { TINT_CARD, 100 },
		  35 },
		{ "gap and grid", { TINT_GAP, 100 }, { TINT_GRID, 100 }, 30 },
		{ "gap and import",
		  { TINT_GAP, 100 },
		  { TINT_IMPORT, 100 },
		  25 },
		{ "gap and export",
		  { TINT_GAP, 100 },
		  { TINT_EXPORT, 100 },
		  50 },
		{ "usual day over import",
		  { TINT_INK, 100 },
		  { TINT_IMPORT, THEME_IMPORT_AREA },
		  50 },
		{ "usual day over export",
		  { TINT_INK, 100 },
		  { TINT_EXPORT, THEME_EXPORT_AREA },
		  50 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pairs) * COUNT(themes); i++) {
		const struct theme *t = themes[i % COUNT(themes)];
		const struct shade *a = &pairs[i / COUNT(themes)].a;
		const struct shade *b = &pairs[i / COUNT(themes)].b;

		for (size_t k = 0; k < COUNT(visions); k++) {
			double is = apart(&visions[k],
					  theme_mix(t, a->tint, a->percent),
					  theme_mix(t, b->tint, b->percent));

			if (is < pairs[i / COUNT(themes)].least)
				fail_msg("%s, %s, %s: %.1f apart",
					 pairs[i / COUNT(themes)].name, t->name,
					 visions[k].name, is);
		}
	}
}

/* The rim of a tick is seen on every bar, and the bar on the background. */
static void every_medium_stands_out_from_the_background(void **state)
{
	static const enum tint tints[] = { TINT_IMPORT, TINT_IMPORT_LOW,
					   TINT_EXPORT, TINT_GAS,
					   TINT_WATER,	TINT_HEAT,
					   TINT_COLD,	TINT_INK };

	(void)state;
	for (size_t i = 0; i < COUNT(tints) * COUNT(visions) * 2; i++) {
		const struct theme *t = themes[i % 2];
		const struct vision *v = &visions[i / 2 % COUNT(visions)];
		enum tint tint = tints[i / 2 / COUNT(visions)];

		if (apart(v, t->tint[tint], t->tint[TINT_CARD]) < 35)
			fail_msg("colour %06x, %s, %s", t->tint[tint], t->name,
				 v->name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			neighbours_differ_for_every_kind_of_colour_vision),
		cmocka_unit_test(every_medium_stands_out_from_the_background),
	};

	return cmocka_run_group_tests_name("theme", tests, both, NULL);
}
