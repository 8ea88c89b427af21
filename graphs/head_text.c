#include "graphs/head_text.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/dates.h"
#include "graphs/legend_text.h"
#include "graphs/number_format.h"

/* Append to a text of HEAD_TEXT bytes; what does not fit is left out. */
__attribute__((format(printf, 2, 3))) static void say(char *text,
						      const char *format, ...)
{
	size_t n = strlen(text);
	va_list args;
	int wanted;

	va_start(args, format);
	wanted = vsnprintf(text + n, HEAD_TEXT - n, format, args);
	va_end(args);
	if (wanted < 0 || (size_t)wanted >= HEAD_TEXT - n)
		text[n] = '\0';
}

static void separate(char *text)
{
	if (text[0] != '\0')
		say(text, " · ");
}

void head_text_title(struct head *h, const struct figures *f)
{
	const struct picture_words *w = f->q.words;
	enum medium m = f->q.chart->subject->medium;
	const char *medium = m == MEDIUM_ELECTRICITY ? "" : w->Medium[m];
	char title[DATES_TEXT];

	h->title[0] = h->short_title[0] = '\0';
	say(h->title, "%s%s%s", medium, medium[0] ? ", " : "",
	    dates_title(title, f->q.range, w->dates, false));
	say(h->short_title, "%s%s%s", medium, medium[0] ? ", " : "",
	    dates_title(title, f->q.range, w->dates, true));
	h->title[0] = (char)toupper((unsigned char)h->title[0]);
	h->short_title[0] = (char)toupper((unsigned char)h->short_title[0]);
}

static void add_sum(struct head *h, const char *amount, enum tint tint,
		    const char *word)
{
	char text[sizeof(h->sums.piece[0].text)];

	if (h->sums.n > 0) {
		drawing_piece(&h->sums, TINT_SOFT, false, "   ");
		drawing_piece(&h->short_sums, TINT_SOFT, false, "   ");
	}
	drawing_piece(&h->sums, tint, true, amount);
	drawing_piece(&h->short_sums, tint, true, amount);
	snprintf(text, sizeof(text), " %s", word);
	if (word[0] != '\0')
		drawing_piece(&h->sums, TINT_SOFT, false, text);
}

static void say_sums(struct head *h, const struct figures *f)
{
	const struct picture_words *w = f->q.words;
	const struct chart *c = f->q.chart;
	bool electric = c->subject->down >= 0;
	char amount[FORMAT_TEXT];

	h->sums.n = h->short_sums.n = 0;
	format_amount(amount, figures_up(f), &c->total, w);
	add_sum(h, amount, c->subject->text, electric ? w->from_grid : "");
	if (figures_down(f) > 0) {
		format_amount(amount, figures_down(f), &c->total, w);
		add_sum(h, amount, TINT_EXPORT_TEXT, w->to_grid);
	}
	if (f->priced)
		add_sum(h, format_money(amount, f->cost, f->q.currency, w),
			TINT_INK, "");
}

/* "low 84.8 · normal 107.5 kWh", with the decimals of their sum. */
static void say_tariffs(struct head *h, const struct figures *f)
{
	const struct measure *m = &f->q.chart->total;
	struct figures_tariff tariff[TARIFFS];
	int n = figures_tariffs(f, tariff);
	int decimals = format_decimals(figures_up(f), m);
	char amount[FORMAT_TEXT];

	for (int i = 0; i < n; i++) {
		separate(h->left);
		format_number(amount,
			      bar_values_amount(&f->total, tariff[i].series), m,
			      decimals, f->q.words);
		if (tariff[i].name)
			say(h->left, "%s %s", tariff[i].name, amount);
		else
			say(h->left, "%s%d %s", f->q.words->tariff,
			    tariff[i].number, amount);
	}
	if (n > 0)
		say(h->left, "\u00a0%s", m->unit);
}

static void say_standby(struct head *h, const struct figures *f)
{
	char power[FORMAT_TEXT];

	if (f->q.chart->shape == CHART_CURVE && f->standby_w >= 0)
		say(h->left, "%s %s", f->q.words->standby,
		    format_power(power, f->standby_w, f->q.words));
}

/* "1–27 Nov: ", "until 19:24: ": the part that is compared, if not all. */
static void say_part(struct head *h, const struct figures *f)
{
	const struct earlier_period *c = &f->compared;
	const struct range *r = f->q.range;
	const struct picture_words *w = f->q.words;
	char text[DATES_TEXT];

	if (c->from == r->start && c->to == r->end)
		return;
	if (r->kind == RANGE_DAY)
		say(h->right, "%s %s: ", w->until,
		    dates_time(text, r, c->to, w->dates));
	else
		say(h->right,
		    "%s: ", dates_days(text, r, c->from, c->to, w->dates));
}

/* Write by how much the consumption is lower or higher: "4 % less than". */
static void say_difference(struct head *h, const struct figures *f)
{
	const struct earlier_period *c = &f->compared;
	const struct picture_words *w = f->q.words;
	int64_t apart = c->now - c->before;
	int64_t size = apart < 0 ? -apart : apart;
	long long percent = (size * 200 + c->before) / (2 * c->before);

	if (percent == 0)
		say(h->right, "%s ", w->same);
	else
		say(h->right, "%lld\u00a0%% %s %s ", percent,
		    apart < 0 ? w->less : w->more, w->than);
}

void legend_text_earlier(char text[static DATES_TEXT], const struct figures *f)
{
	const struct picture_words *w = f->q.words;
	struct range before;

	if (f->q.range->kind == RANGE_DAY)
		snprintf(text, DATES_TEXT, "%s", w->a_usual_day);
	else if (f->q.range->kind == RANGE_WEEK)
		snprintf(text, DATES_TEXT, "%s", w->week_before);
	else {
		before = range_year_before(f->q.range);
		dates_title(text, &before, w->dates, false);
	}
}

/* "1–27 Nov: 4 % less than November 2025 (187 against 194)" */
static void say_comparison(struct head *h, const struct figures *f)
{
	const struct earlier_period *c = &f->compared;
	const struct measure *m = &f->q.chart->total;
	const struct picture_words *w = f->q.words;
	int decimals =
		format_decimals(c->now > c->before ? c->now : c->before, m);
	char earlier[DATES_TEXT], now[FORMAT_TEXT], before[FORMAT_TEXT];

	if (!c->sums)
		return;
	legend_text_earlier(earlier, f);
	format_number(now, c->now, m, decimals, w);
	format_number(before, c->before, m, decimals, w);
	say_part(h, f);
	say_difference(h, f);
	if (f->q.range->kind == RANGE_DAY)
		say(h->right, "%s (%s)", earlier, before);
	else
		say(h->right, "%s (%s %s %s)", earlier, now, w->against,
		    before);
}

/* Write the peak and a gap, for a chart that has no text in its canvas. */
static void say_peak(struct head *h, const struct figures *f)
{
	char power[FORMAT_TEXT], when[DATES_TEXT];
	const struct curve *c = &f->curve;
	const struct picture_words *w = f->q.words;

	if (f->q.chart->shape == CHART_CURVE && c->peak_w > 0)
		say(h->peak, "%s %s%s", format_power(power, c->peak_w, w),
		    f->q.range->kind == RANGE_DAY ? w->at_time : "",
		    dates_time(when, f->q.range, c->peak_at, w->dates));
	if (f->q.chart->shape != CHART_CURVE || c->gaps == 0)
		return;
	separate(h->peak);
	say(h->peak, "%s %s", w->no_readings,
	    dates_stretch(when, c->gap[0].from, c->gap[0].to, w->dates));
}

void head_text_nothing(struct head *h, const struct figures *f)
{
	head_text_title(h, f);
	say_sums(h, f);
	h->left[0] = h->right[0] = h->peak[0] = '\0';
	h->keys = 0;
}

void head_text(struct head *h, const struct figures *f)
{
	head_text_nothing(h, f);
	say_standby(h, f);
	say_tariffs(h, f);
	say_comparison(h, f);
	say_peak(h, f);
	legend_text(h, f);
}
