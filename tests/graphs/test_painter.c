/* Drawings to PNG, by librrd alone and with cairo. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/span.h"
#include "graphs/painter.h"

enum { CELLS = 288 };

/*
 * librrd leaks some memory. Only slow unwinding shows that the leak is its own,
 * so that tests/lsan.supp can suppress it.
 */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "fast_unwind_on_malloc=0:malloc_context_size=10";
}

struct painter {
	const char *name;
	int (*measure)(struct drawing *d, struct err *e);
	int (*paint)(const struct drawing *d, struct image *out, struct err *e);
};

static const struct painter painters[] = {
	{ "plain", without_cairo_measure, without_cairo_paint },
#ifdef HAVE_CAIRO
	{ "page", paint_measure, paint_picture },
#endif
};

/* A day with one known value. */
static struct drawing drawing_of(const struct painter *p, double *value,
				 int width, int height)
{
	static const struct measure watt = { "W", 1, 0 };
	struct err e = { 0 };
	struct drawing d = {
		.width = width,
		.height = height,
		.zoom = 1,
		.theme = theme_find("light"),
		.point = '.',
		.head = { .title = "Title: of a day", .short_title = "Title" },
	};

	drawing_piece(&d.head.sums, TINT_IMPORT_TEXT, true, "1.234 kWh");
	drawing_piece(&d.head.short_sums, TINT_IMPORT_TEXT, true, "1.234 kWh");
	if (p->measure(&d, &e) < 0)
		fail_msg("%s: %s", p->name, e.text);
	d.start = 1795215600;
	d.step = 300;
	d.cells = CELLS;
	d.scale = scale_fit(2000, 1000, (struct air){ 0.1, 0.1 }, 5, &watt);
	d.layers = 1;
	for (int i = 0; i < CELLS; i++)
		value[i] = NAN;
	d.layer[0] = (struct layer){ SHAPE_AREA, 0x2f6fb7, value };
	return d;
}

static long big_endian(const unsigned char *p)
{
	return (long)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

static struct image paint(const struct painter *p, const struct drawing *d)
{
	struct image image = { 0 };
	struct err e = { 0 };

	if (p->paint(d, &image, &e) < 0)
		fail_msg("%s: %s", p->name, e.text);
	return image;
}

static void pictures_are_png_of_the_size_asked_for(void **state)
{
	static const struct {
		const char *name;
		int width, height, zoom;
	} cases[] = {
		{ "usual", 900, 300, 1 },
		{ "small", 480, 200, 1 },
		{ "small and sharp", 480, 200, 2 },
		{ "smallest", DRAWING_WIDTH_MIN, DRAWING_HEIGHT_MIN, 1 },
		{ "large", 1600, 600, 1 },
		{ "square", 500, 500, 1 },
		{ "a strip", 2000, 150, 1 },
	};
	double value[CELLS];

	(void)state;
	for (size_t i = 0; i < COUNT(cases) * COUNT(painters); i++) {
		const struct painter *p = &painters[i / COUNT(cases)];
		int width = cases[i % COUNT(cases)].width;
		int height = cases[i % COUNT(cases)].height;
		int zoom = cases[i % COUNT(cases)].zoom;
		struct drawing d = drawing_of(p, value, width, height);
		struct image png;

		d.zoom = zoom;
		png = paint(p, &d);
		if (png.n < 33 ||
		    memcmp(png.bytes, "\x89PNG\r\n\x1a\n", 8) != 0)
			fail_msg("%s: no PNG", p->name);
		check_int(p->name, big_endian(png.bytes + 16), width * zoom);
		check_int(p->name, big_endian(png.bytes + 20), height * zoom);
		drawing_free(&png);
	}
}

static void the_canvas_fits_in_the_picture_and_grows_with_it(void **state)
{
	double value[CELLS];

	(void)state;
	for (size_t i = 0; i < COUNT(painters); i++) {
		const struct painter *p = &painters[i];
		struct drawing d = drawing_of(p, value, 900, 300);
		struct drawing w = drawing_of(p, value, 1000, 300);

		assert_in_range(d.canvas.width, 700, 860);
		assert_in_range(d.canvas.height, 150, 270);
		assert_in_range(d.canvas.left, 20, 100);
		check_int(p->name, w.canvas.width, d.canvas.width + 100);
	}
}

/* Do both draw the same? */
static bool same(const struct painter *p, const struct drawing *a,
		 const struct drawing *b)
{
	struct image x = paint(p, a), y = paint(p, b);
	bool yes = x.n == y.n && memcmp(x.bytes, y.bytes, x.n) == 0;

	drawing_free(&x);
	drawing_free(&y);
	return yes;
}

static void values_and_words_change_the_picture_and_nothing_else(void **state)
{
	double empty[CELLS], full[CELLS];

	(void)state;
	for (size_t i = 0; i < COUNT(painters); i++) {
		const struct painter *p = &painters[i];
		struct drawing a = drawing_of(p, empty, 900, 300);
		struct drawing b = drawing_of(p, full, 900, 300);

		assert_true(same(p, &a, &b));
		full[100] = full[101] = 1500;
		assert_false(same(p, &a, &b));
		assert_true(same(p, &b, &b));
		b = a;
		strcpy(b.head.sums.piece[0].text, "1.235 kWh");
		assert_false(same(p, &a, &b));
		b = a;
		strcpy(b.notice, "Nothing here");
		assert_false(same(p, &a, &b));
		b = a;
		b.theme = theme_find("dark");
		assert_false(same(p, &a, &b));
	}
}

/*
 * Is one high cell painted as if the cell before it were high, too? The canvas
 * has fewer pixels than cells and more than half as many.
 */
static bool looks_like_a_pair(const struct painter *p, enum shape shape,
			      int high)
{
	double one[2 * CELLS] = { 0 }, pair[2 * CELLS] = { 0 };
	struct drawing a = drawing_of(p, one, 500, 200), b;

	memset(one, 0, sizeof(one));
	one[high] = pair[high - 1] = pair[high] = 1500;
	a.step = 150;
	a.cells = 2 * CELLS;
	assert_in_range(a.canvas.width, CELLS + 1, 2 * CELLS - 1);
	a.layer[0].shape = shape;
	b = a;
	b.layer[0].value = pair;
	return same(p, &a, &b);
}

/* Of two cells in a pixel, peaks show the higher, and areas the mean. */
static void no_peak_is_lost_in_a_small_picture(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(painters); i++)
		for (int high = 401; high < 421; high += 2) {
			const struct painter *p = &painters[i];

			assert_true(looks_like_a_pair(p, SHAPE_PEAKS, high));
			assert_false(looks_like_a_pair(p, SHAPE_AREA, high));
		}
}

/* Every mark is seen, at every size. */
static void marks_change_the_page(void **state)
{
	static const struct block block = { BLOCK_GAP, 40,  20,
					    0,	       900, TINT_IMPORT };
	double value[CELLS];

	(void)state;
	if (COUNT(painters) < 2)
		skip();
	for (int width = 400; width <= 1200; width += 400) {
		const struct painter *p = &painters[COUNT(painters) - 1];
		struct drawing d = drawing_of(p, value, width, 300);
		struct drawing with[9];
		int n = 0;

		for (int i = 0; i < 9; i++)
			with[i] = d;
		with[n].gaps = 1;
		with[n].gap[0].from = 0.9;
		with[n++].gap[0].to = 0.95;
		with[n].blocks = 1;
		with[n++].block[0] = block;
		with[n].ticks = 1;
		with[n++].tick[0] = (struct tick){ 30, 30, 1000 };
		with[n++].dot =
			(struct callout){ 0.99, 1500, "1.50 kW", false };
		with[n++].value = (struct callout){ 0.5, 1500, "8.0", false };
		with[n].missings = 1;
		with[n++].missing[0] =
			(struct callout){ 0.5, 100, "no readings", false };
		with[n++].now = (struct callout){ 0.99, 0, "now", false };
		with[n++].begins = (struct callout){ 0.3, 0, "since", false };
		with[n].labels = 1;
		with[n].label[0].at = 0.5;
		strcpy(with[n++].label[0].text, "12");
		for (int i = 0; i < n; i++)
			if (same(p, &d, &with[i]))
				fail_msg("mark %d is not seen at %d", i, width);
	}
}

static void letters_grow_with_the_picture(void **state)
{
	static const struct {
		int width, height;
		double least, most;
	} cases[] = {
		{ 900, 300, 0.999, 1.001 },  { 360, 150, 0.85, 0.87 },
		{ 1600, 600, 1.3, 1.4 },     { 4000, 3000, 1.6, 1.6 },
		{ 4000, 300, 0.999, 1.001 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct drawing d = { .width = cases[i].width,
				     .height = cases[i].height };

		if (drawing_letters(&d) < cases[i].least ||
		    drawing_letters(&d) > cases[i].most)
			fail_msg("%d x %d: %g", d.width, d.height,
				 drawing_letters(&d));
	}
}

static void what_librrd_refuses_is_an_error_with_its_words(void **state)
{
	double value[CELLS];

	(void)state;
	for (size_t i = 0; i < COUNT(painters); i++) {
		struct drawing d = drawing_of(&painters[i], value, 900, 300);
		struct image png = { 0 };
		struct err e = { 0 };

		d.step = 0; /* it ends where it starts */
		check_int(painters[i].name, painters[i].paint(&d, &png, &e),
			  ERR_FAILED);
		assert_non_null(strstr(e.text, "librrd: "));
		assert_null(png.bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_are_png_of_the_size_asked_for),
		cmocka_unit_test(
			the_canvas_fits_in_the_picture_and_grows_with_it),
		cmocka_unit_test(
			values_and_words_change_the_picture_and_nothing_else),
		cmocka_unit_test(no_peak_is_lost_in_a_small_picture),
		cmocka_unit_test(marks_change_the_page),
		cmocka_unit_test(letters_grow_with_the_picture),
		cmocka_unit_test(
			what_librrd_refuses_is_an_error_with_its_words),
	};

	return cmocka_run_group_tests_name("painter", tests, NULL, NULL);
}
