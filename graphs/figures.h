/*
 * Everything that a chart shows, as numbers: loaded once, then turned into text
 * and marks.
 */
#ifndef GRAPHS_FIGURES_H
#define GRAPHS_FIGURES_H

#include "base/range.h"
#include "graphs/bar_values.h"
#include "graphs/chart_languages.h"
#include "graphs/charts.h"
#include "graphs/curve_values.h"
#include "graphs/earlier_period.h"
#include "storage/history/history_day.h"
#include "tariffs/cost.h"

/* What to load figures for. */
struct figures_question {
	const struct chart *chart;
	const struct range *range;
	const struct picture_words *words;
	const struct amounts *prices;
	const char *currency;
	int64_t now;
};

struct figures {
	struct figures_question q;
	int64_t last;	  /* the medium's newest reading, UTC */
	struct bar total; /* of the range */
	struct bars bars; /* CHART_BARS */
	struct bars days; /* of a week */
	struct curve curve;
	int64_t standby_w; /* of a curve; -1: unknown */
	struct earlier_period compared;
	enum tariff_order order;
	bool priced;
	int64_t cost; /* 10^-9 of the currency, without standing charges */
};

/*
 * Fill f->… for f->q. Returns 1, 0 if the range has no reading of the chart's
 * medium, or a negative code.
 */
int figures_load(struct figures *f, struct history *h, struct err *e);

/*
 * The tariffs with import, if there is more than one, from the bottom of the
 * bar up.
 */
struct figures_tariff {
	enum series series;
	int number; /* 1 to 4 */
	enum tint tint;
	const char *name;
};

int figures_tariffs(const struct figures *f,
		    struct figures_tariff tariff[static TARIFFS]);

/* Consumption in the whole range, drawn upwards and downwards. */
int64_t figures_up(const struct figures *f);
int64_t figures_down(const struct figures *f);

/* Is a bar still in progress? Its height in both directions together. */
bool figures_goes_on(const struct figures *f, const struct bar *b);
int64_t figures_height(const struct figures *f, const struct bar *b);

/* Does the range continue after the newest reading, until now? */
bool figures_unfinished(const struct figures *f);

#endif
