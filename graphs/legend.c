#include "graphs/legend.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/span.h"
#include "graphs/amount.h"

/* Separates two parts of a line. */
static const char between[] = "   ·   ";

static const struct measure watt = { "W", 1, 0 };

/* Append to an item; text that does not fit is dropped entirely. */
__attribute__((format(printf, 2, 3))) static void say(char *item,
						      const char *fmt, ...)
{
	size_t n = strlen(item);
	va_list args;
	int wanted;

	va_start(args, fmt);
	wanted = vsnprintf(item + n, LEGEND_ITEM - n, fmt, args);
	va_end(args);
	if (wanted < 0 || (size_t)wanted >= LEGEND_ITEM - n)
		item[n] = '\0';
}

static struct legend_line *next_line(struct legend *l)
{
	struct legend_line *line = &l->line[l->lines++]; /* at most 3 */

	*line = (struct legend_line){ .left = "" };
	return line;
}

static unsigned rgb(uint32_t colour)
{
	return colour >> 8;
}

static void say_title(char *item, const struct legend_source *src)
{
	say(item, "<span size='%d' weight='bold'>%s</span>",
	    (int)(14000 * src->letters), src->range->title);
}

/* "■ Import 12.345 kWh", with a coloured square. */
static void say_total(char *item, const struct legend_source *src, enum hue hue,
		      const char *name, enum series s)
{
	char amount[AMOUNT_TEXT];

	amount_format(amount, bar_values_amount(src->total, s),
		      &src->chart->total);
	say(item, "%s<span color='#%06x'>■</span> %s <b>%s</b>",
	    item[0] ? "    " : "", rgb(src->theme->hue[hue][0]), name, amount);
}

static void say_totals(char *item, const struct legend_source *src)
{
	const struct subject *s = src->chart->subject;

	if (s->down < 0) {
		say_total(item, src, s->hue, s->title, s->up);
		return;
	}
	say_total(item, src, s->hue, "Import", s->up);
	if (bar_values_amount(src->total, (enum series)s->down) > 0)
		say_total(item, src, HUE_EXPORT, "Export",
			  (enum series)s->down);
}

/* The tariffs with consumption, if more than one. */
static int tariffs_of(const struct legend_source *src,
		      enum series tariff[static TARIFFS],
		      int number[static TARIFFS])
{
	int n = chart_tariffs(src->chart->subject->up, tariff), used = 0;

	for (int i = 0; i < n; i++)
		if (bar_values_amount(src->total, tariff[i]) > 0)
			number[used++] = i;
	return used > 1 ? used : 0;
}

/*
 * "T1 3.210 kWh    T2 9.135 kWh", each with its square if bars are stacked;
 * with squares, more than two would be too long for librrd.
 */
static void say_tariffs(char *item, const struct legend_source *src)
{
	const struct subject *s = src->chart->subject;
	enum series tariff[TARIFFS];
	int number[TARIFFS], n = tariffs_of(src, tariff, number);
	bool squares = src->chart->shape == CHART_BARS && n == 2;
	char amount[AMOUNT_TEXT];

	for (int i = 0; i < n; i++) {
		amount_format(amount,
			      bar_values_amount(src->total, tariff[number[i]]),
			      &src->chart->total);
		say(item, "%s", i > 0 ? "    " : "");
		if (squares)
			say(item, "<span color='#%06x'>■</span> ",
			    rgb(src->theme->hue[s->hue][number[i]]));
		say(item, "T%d %s", number[i] + 1, amount);
	}
}

/* Make the whole item small and muted. */
static void quieten(char *item, const struct legend_source *src)
{
	char text[LEGEND_ITEM];

	if (item[0] == '\0')
		return;
	memcpy(text, item, sizeof(text));
	item[0] = '\0';
	say(item, "<span size='%d' color='#%06x'>%s</span>",
	    (int)(8800 * src->letters), rgb(src->theme->muted), text);
	if (item[0] == '\0')
		memcpy(item, text, sizeof(text));
}

/*
 * Approximate width in pixels of an item in small letters of size 1, without
 * markup and UTF-8 continuation bytes: librrd lets text overlap.
 */
static int width_of(const char *item)
{
	bool markup = false;
	int tenths = 0;

	for (; *item; item++) {
		markup = markup || *item == '<';
		if (!markup && (*item & 0xc0) != 0x80)
			tenths += *item == ' ' ? 39 : 72;
		markup = markup && *item != '>';
	}
	return tenths / 10;
}

/* Finish the small line: tariffs move to the next line if both do not fit. */
static void finish(struct legend *l, const struct legend_source *src,
		   struct legend_line *line)
{
	int width = width_of(line->left) + width_of(line->right);

	quieten(line->left, src);
	quieten(line->right, src);
	if (line->left[0] && line->right[0] &&
	    width * src->letters > src->width - 50) {
		memcpy(next_line(l)->left, line->right, sizeof(line->right));
		line->right[0] = '\0';
	}
}

/* Write title and totals; returns the second line for the caller. */
static struct legend_line *head(struct legend *l,
				const struct legend_source *src)
{
	struct legend_line *line = next_line(l);

	say_title(line->left, src);
	if (src->narrow)
		say_totals(next_line(l)->left, src);
	else
		say_totals(line->right, src);
	return next_line(l);
}

void legend_empty(struct legend *l, const struct legend_source *src)
{
	l->lines = 0;
	say_title(next_line(l)->left, src);
}

static void say_duration(char *item, int64_t seconds)
{
	int64_t minutes = seconds / 60;

	if (minutes >= 60)
		say(item, "%lld h ", (long long)(minutes / 60));
	if (minutes % 60 > 0)
		say(item, "%lld min ", (long long)(minutes % 60));
}

/* "4 h 40 min without readings", and the effect on the totals. */
static void say_gaps(char *item, const struct legend_source *src,
		     const struct curve *c)
{
	size_t gaps = curve_values_count(c, SAMPLE_GAP);

	if (gaps == 0)
		return;
	say(item, "%s", item[0] ? between : "");
	say_duration(item, (int64_t)gaps * c->step);
	say(item, "without readings");
	if (src->range->kind == RANGE_DAY && src->total->guessed &&
	    !src->narrow)
		say(item, "%stotals interpolated", between);
}

static void say_average(char *item, const struct curve *c)
{
	int64_t known = (int64_t)curve_values_count(c, SAMPLE_KNOWN), sum = 0;
	char power[AMOUNT_TEXT];

	for (size_t i = 0; i < c->n; i++)
		sum += c->sample[i].import_wh;
	if (known > 0)
		say(item, "%saverage %s", between,
		    amount_format(power,
				  (curve_values_power(c, sum) + known / 2) /
					  known,
				  &watt));
}

/* "peak 4 812 W at 18:35 · lowest hour 95 W · average 420 W" */
static void say_curve(char *item, const struct legend_source *src,
		      const struct curve *c)
{
	char power[AMOUNT_TEXT], when[RANGE_WHEN];
	int64_t at = 0, highest = curve_values_highest(c, &at);
	int64_t lowest = curve_values_lowest(c);

	if (highest >= 0)
		say(item, "peak %s %s %s", amount_format(power, highest, &watt),
		    src->range->kind == RANGE_DAY ? "at" : "on",
		    range_when(when, src->range, at));
	if (lowest >= 0 &&
	    !(src->narrow && curve_values_count(c, SAMPLE_GAP) > 0))
		say(item, "%slowest hour %s", between,
		    amount_format(power, lowest, &watt));
	if (!src->narrow)
		say_average(item, c);
	say_gaps(item, src, c);
}

void legend_curve(struct legend *l, const struct legend_source *src,
		  const struct curve *c)
{
	struct legend_line *line;

	l->lines = 0;
	line = head(l, src);
	say_curve(line->left, src, c);
	if (!src->narrow)
		say_tariffs(line->right, src);
	finish(l, src, line);
}

static const struct bar *highest(const struct bars *b, enum series s)
{
	const struct bar *found = &b->bar[0];

	for (size_t i = 1; i < b->n; i++)
		if (bar_values_amount(&b->bar[i], s) >
		    bar_values_amount(found, s))
			found = &b->bar[i];
	return found;
}

/* The lowest finished bar; NULL if there is none. */
static const struct bar *lowest(const struct bars *b, enum series s)
{
	const struct bar *found = NULL;

	for (size_t i = 0; i < b->n; i++)
		if (bar_values_complete(b, &b->bar[i]) &&
		    (!found || bar_values_amount(&b->bar[i], s) <
				       bar_values_amount(found, s)))
			found = &b->bar[i];
	return found;
}

static void say_bar(char *item, const struct legend_source *src,
		    const char *name, const struct bar *b)
{
	char amount[AMOUNT_TEXT], when[RANGE_WHEN];

	amount_format(amount, bar_values_amount(b, src->chart->subject->up),
		      &src->chart->value);
	say(item, "%s%s %s %s %s", item[0] ? between : "", name, amount,
	    src->range->kind == RANGE_YEAR  ? "in"
	    : src->range->kind == RANGE_DAY ? "at"
					    : "on",
	    range_when(when, src->range, b->consumed.start));
}

/* "highest 14.210 kWh on Fri 6 · lowest … · 3 days interpolated" */
static void say_bars(char *item, const struct legend_source *src,
		     const struct bars *b)
{
	static const char *const names[] = {
		[PERIOD_HOUR] = "hour",
		[PERIOD_DAY] = "day",
		[PERIOD_MONTH] = "month",
	};
	enum series up = src->chart->subject->up;
	const struct bar *low = lowest(b, up);
	size_t guessed = 0;

	for (size_t i = 0; i < b->n; i++)
		guessed += b->bar[i].guessed;
	if (b->n > 0 && bar_values_amount(highest(b, up), up) > 0)
		say_bar(item, src, "highest", highest(b, up));
	if (low && src->chart->bar != PERIOD_HOUR && b->n > 1 && !src->narrow)
		say_bar(item, src, "lowest", low);
	if (guessed > 0)
		say(item, "%s%zu %s%s interpolated", item[0] ? between : "",
		    guessed, names[src->chart->bar], guessed > 1 ? "s" : "");
}

void legend_bars(struct legend *l, const struct legend_source *src,
		 const struct bars *b)
{
	struct legend_line *line;

	l->lines = 0;
	line = head(l, src);
	say_bars(line->left, src, b);
	if (!src->narrow)
		say_tariffs(line->right, src);
	finish(l, src, line);
}
