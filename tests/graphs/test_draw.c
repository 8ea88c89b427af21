/* Layers to PNG through the real librrd. */
#include "tests/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/span.h"
#include "graphs/draw.h"

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

static const struct legend legend = {
	.line = { { "<b>Title: of a day</b>", "right: 1.234" },
		  { "no right part", "" } },
	.lines = 2,
};

/* A day with one known value. */
static struct drawing drawing_of(double *value, int width, int height)
{
	static const struct measure watt = { "W", 1, 0 };
	struct drawing d = {
		.width = width,
		.height = height,
		.theme = theme_find("light"),
		.legend = &legend,
		.start = 1795215600,
		.step = 300,
		.cells = CELLS,
		.slopes = true,
		.scale = scale_fit(2000, 1000, 5, &watt),
		.labels = "HOUR:2:0:%H",
		.layers = 1,
	};

	for (int i = 0; i < CELLS; i++)
		value[i] = NAN;
	d.layer[0] = (struct layer){ SHAPE_AREA, 0x2f6fb7ff, value };
	return d;
}

static long big_endian(const unsigned char *p)
{
	return (long)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3];
}

static struct image draw(const struct drawing *d)
{
	struct image image = { 0 };
	struct err e = { 0 };

	if (draw_png(d, &image, &e) < 0)
		fail_msg("%s", e.text);
	return image;
}

static void pictures_are_png_of_the_size_asked_for(void **state)
{
	static const struct {
		const char *name;
		int width, height;
	} cases[] = {
		{ "usual", 900, 300 },
		{ "small", 480, 200 },
		{ "smallest", DRAW_WIDTH_MIN, DRAW_HEIGHT_MIN },
		{ "large", 1600, 600 },
		{ "square", 500, 500 },
		{ "a strip", 2000, 150 },
	};
	double value[CELLS];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct drawing d =
			drawing_of(value, cases[i].width, cases[i].height);
		struct image p = draw(&d);

		if (p.n < 33 || memcmp(p.bytes, "\x89PNG\r\n\x1a\n", 8) != 0)
			fail_msg("%s: no PNG", cases[i].name);
		check_int(cases[i].name, big_endian(p.bytes + 16),
			  cases[i].width);
		check_int(cases[i].name, big_endian(p.bytes + 20),
			  cases[i].height);
		draw_free(&p);
	}
}

static bool same(struct image a, struct image b)
{
	bool yes = a.n == b.n && memcmp(a.bytes, b.bytes, a.n) == 0;

	draw_free(&a);
	draw_free(&b);
	return yes;
}

static void values_and_words_change_the_picture_and_nothing_else(void **state)
{
	static const struct legend other = {
		.line = { { "<b>Title: of a day</b>", "right: 1.235" },
			  { "no right part", "" } },
		.lines = 2,
	};
	double empty[CELLS], full[CELLS];
	struct drawing a = drawing_of(empty, 900, 300);
	struct drawing b = drawing_of(full, 900, 300);

	(void)state;
	assert_true(same(draw(&a), draw(&b)));
	full[100] = full[101] = 1500;
	assert_false(same(draw(&a), draw(&b)));
	assert_true(same(draw(&b), draw(&b)));
	b = a;
	b.legend = &other;
	assert_false(same(draw(&a), draw(&b)));
	b = a;
	b.notice = "Nothing here";
	assert_false(same(draw(&a), draw(&b)));
	b = a;
	b.theme = theme_find("dark");
	assert_false(same(draw(&a), draw(&b)));
}

static void one_cell_per_pixel_fits(void **state)
{
	double value[CELLS];
	struct drawing d = drawing_of(value, 900, 300);
	struct err e = { 0 };
	int width = draw_canvas_width(&d, &e), wider;

	(void)state;
	assert_in_range(width, 700, 880);
	d.width = 1000;
	wider = draw_canvas_width(&d, &e);
	assert_in_range(wider, width + 90, width + 100);
}

static void letters_grow_with_the_picture(void **state)
{
	(void)state;
	assert_true(fabs(draw_letter_size(900, 300) - 1) < 1e-9);
	assert_true(draw_letter_size(360, 150) >= 0.7);
	assert_true(draw_letter_size(480, 200) < 1);
	assert_true(draw_letter_size(1600, 600) > 1.2);
	assert_true(draw_letter_size(4000, 3000) <= 2);
}

static void what_librrd_refuses_is_an_error_with_its_words(void **state)
{
	double value[CELLS];
	struct drawing d = drawing_of(value, 900, 300);
	struct image p = { 0 };
	struct err e = { 0 };

	(void)state;
	d.labels = "FORTNIGHT:1:0:%H";
	check_int("labels", draw_png(&d, &p, &e), ERR_FAILED);
	assert_non_null(strstr(e.text, "FORTNIGHT"));
	assert_null(p.bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_are_png_of_the_size_asked_for),
		cmocka_unit_test(
			values_and_words_change_the_picture_and_nothing_else),
		cmocka_unit_test(one_cell_per_pixel_fits),
		cmocka_unit_test(letters_grow_with_the_picture),
		cmocka_unit_test(
			what_librrd_refuses_is_an_error_with_its_words),
	};

	return cmocka_run_group_tests_name("draw", tests, NULL, NULL);
}
