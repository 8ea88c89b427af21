/*
 * The table of all charts: a medium over a time range. Add a chart by adding a
 * row.
 */
#ifndef GRAPHS_CHARTS_H
#define GRAPHS_CHARTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/range.h"
#include "graphs/round_scale.h"
#include "graphs/theme.h"
#include "storage/history/history.h"

/* A medium and its names. */
struct subject {
	const char *name; /* option: "warm-water" */
	const char *noun; /* in help and errors: "warm water" */
	enum medium medium;
	enum tint tint, text; /* of bars, of numbers */
	enum series up;	      /* consumption, drawn upwards */
	int down;	      /* enum series drawn downwards; -1 if none */
};

enum chart_shape {
	CHART_CURVE, /* average power of each `step` seconds */
	CHART_BARS,  /* one bar for each `bar` */
};

struct chart {
	const struct subject *subject;
	const char *file;     /* default file name, without .png */
	struct measure total; /* for sums as text */
	struct measure value; /* for the vertical axis and single bars */
	int64_t gap_s;	      /* readings further apart enclose a gap */
	enum range_kind range;
	enum chart_shape shape;
	enum period bar; /* CHART_BARS */
	int64_t step;	 /* CHART_CURVE */
};

extern const struct subject subjects[];
extern const size_t subject_count;

extern const struct chart charts[];
extern const size_t chart_count;

/* The chart of a subject (from the table) over such a range; never NULL. */
const struct chart *chart_find(const struct subject *s, enum range_kind range);

/* The tariff registers of a total series: 4, or 0 when it has none. */
enum { TARIFFS = 4 };
int chart_tariffs(enum series total, enum series tariff[static TARIFFS]);

#endif
