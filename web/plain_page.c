#include "web/plain_page.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "base/date_words.h"
#include "base/utc.h"
#include "web/handler_data.h"
#include "web/html.h"
#include "web/request.h"
#include "web/words.h"

#define THIN_SPACE "\u202f" /* between thousands */

enum {
	SILENT_S = 900, /* older readings do not show the current power */
	MEDIA = 5,
};

/* A medium, its texts, and the names of p1graph's charts. */
static const struct {
	const char *name; /* in the newest reading */
	const char *picture;
	size_t word; /* offset in struct words */
} media[MEDIA] = {
	{ "gas", "gas-", offsetof(struct words, gas) },
	{ "water", "water-", offsetof(struct words, water) },
	{ "warm_water", "warm-water-", offsetof(struct words, warm_water) },
	{ "heat", "heat-", offsetof(struct words, heat) },
	{ "cold", "cold-", offsetof(struct words, cold) },
};

static const struct {
	const char *name;
	size_t word;
} ranges[] = {
	{ "day", offsetof(struct words, day) },
	{ "week", offsetof(struct words, week) },
	{ "month", offsetof(struct words, month) },
	{ "year", offsetof(struct words, year) },
};

/* The content of the newest reading. */
struct now {
	double import_kw, export_kw;
	bool power;	   /* the reading has a power */
	bool none;	   /* there is no reading */
	int64_t at, age_s; /* UTC; 0: there is no reading */
	char local[LOCAL_TIME_TEXT], today[LOCAL_TIME_TEXT];
	bool has[MEDIA];
};

static const char *word_at(const struct words *w, size_t offset)
{
	return *(const char *const *)((const char *)w + offset);
}

static void member(void *ctx, const struct span cell[QUERY_CELLS])
{
	struct now *now = ctx;
	bool import = span_eq(cell[0], SPAN("power_import"));
	char text[32];

	if (!import && !span_eq(cell[0], SPAN("power_export")))
		return;
	snprintf(text, sizeof(text), "%.*s", SPAN_ARG(cell[1]));
	*(import ? &now->import_kw : &now->export_kw) = strtod(text, NULL);
	now->power = true;
}

static void mbus(void *ctx, const struct span cell[QUERY_CELLS])
{
	struct now *now = ctx;

	for (size_t i = 0; i < MEDIA; i++)
		now->has[i] |= span_eq(cell[1], span_of(media[i].name));
}

static void time_of(void *ctx, const struct span cell[QUERY_CELLS])
{
	struct now *now = ctx;
	char text[32];

	snprintf(text, sizeof(text), "%.*s", SPAN_ARG(cell[0]));
	now->at = strtoll(text, NULL, 10);
}

static int read_line(struct handler_data *w, struct span line, struct now *now,
		     struct err *e)
{
	int64_t utc = clock_utc(w->clock);

	if (query_line(w->query, QUERY_MEMBERS, line, member, now, e) < 0 ||
	    query_line(w->query, QUERY_MBUS, line, mbus, now, e) < 0 ||
	    query_line(w->query, QUERY_TIME, line, time_of, now, e) < 0 ||
	    query_local_time(w->query, now->at, now->local, e) < 0 ||
	    query_local_time(w->query, utc, now->today, e) < 0)
		return e->code;
	now->age_s = utc - now->at;
	return 0;
}

static int read_now(struct handler_data *w, struct now *now, struct err *e)
{
	char *line = NULL;
	size_t n = 0;
	int rc;

	*now = (struct now){ 0 };
	if (handler_data_query(w, e) < 0)
		return e->code;
	rc = handler_data_newest(w, &line, &n, e);
	now->none = rc == ERR_ABSENT;
	if (rc == 0)
		rc = read_line(w, (struct span){ line, n }, now, e);
	free(line);
	return rc;
}

/* "1 940", with a thin space that does not break. */
static void print_watts(FILE *out, double kw)
{
	long watts = lround(1000 * fabs(kw));

	if (watts < 1000)
		fprintf(out, "%ld", watts);
	else
		fprintf(out, "%ld" THIN_SPACE "%03ld", watts / 1000,
			watts % 1000);
}

/* "11:30", and the date before it if it is not today. */
static void format_time(char *text, size_t size, const struct words *w,
			const struct now *now)
{
	long day = strtol(now->local + 8, NULL, 10);
	long month = strtol(now->local + 5, NULL, 10);

	if (strncmp(now->local, now->today, 10) == 0)
		snprintf(text, size, "%s", now->local + 11);
	else if (month >= 1 && month <= 12)
		snprintf(text, size, "%ld %s %.4s, %s", day,
			 date_words_find(w->language)->month[month - 1],
			 now->local, now->local + 11);
}

/* Write a sentence with a time in it. */
static void sentence(FILE *out, const char *words, const char *text)
{
	const char *at = strstr(words, "%s");

	fprintf(out, "<p>%.*s<time>%s</time>%s</p>\n", (int)(at - words), words,
		text, at + 2);
}

static void power(FILE *out, const struct words *w, const struct now *now)
{
	bool silent = now->age_s > SILENT_S;
	bool known = !silent && now->power;
	double kw = now->import_kw - now->export_kw;
	char text[80] = "";

	format_time(text, sizeof(text), w, now);
	fprintf(out, "<p class=\"big%s\">", known && kw < 0 ? " out" : "");
	if (!known) {
		fputs("–</p>\n", out);
	} else {
		print_watts(out, kw);
		fprintf(out, " <span class=\"unit\">W</span></p>\n<p>%s</p>\n",
			kw < 0 ? w->to_grid : w->from_grid);
	}
	if (text[0] != '\0')
		sentence(out, silent ? w->none_since : w->last, text);
}

#define DARK "(prefers-color-scheme: dark)"
#define PHONE "(max-width: 44rem)"
#define FOR_PHONE "size=450x200&amp;scale=2&amp;"

/* Light or dark, as the browser prefers, and small for a phone. */
static const struct source {
	const char *media, *choices;
} sources[] = {
	{ DARK " and " PHONE, FOR_PHONE "theme=dark&amp;" },
	{ PHONE, FOR_PHONE },
	{ DARK, "theme=dark&amp;" },
};

static void picture(FILE *out, const struct words *w, const char *prefix,
		    const char *range, const char *subject, const char *period)
{
	fputs("<p><picture>", out);
	for (size_t i = 0; i < COUNT(sources); i++)
		fprintf(out,
			"<source srcset=\"graph/%s%s.png?%slanguage=%s\" "
			"media=\"%s\">",
			prefix, range, sources[i].choices, w->language,
			sources[i].media);
	fprintf(out,
		"<img class=\"picture\" src=\"graph/%s%s.png?language=%s\" "
		"alt=\"%s, %s\"></picture></p>\n",
		prefix, range, w->language, subject, period);
}

/* Four charts of electricity, and one of the month for each other medium. */
static void pictures(FILE *out, const struct words *w, const struct now *now)
{
	fprintf(out, "<h2>%s</h2>\n", w->electricity);
	for (size_t i = 0; i < COUNT(ranges); i++)
		picture(out, w, "", ranges[i].name, w->electricity,
			word_at(w, ranges[i].word));
	for (size_t i = 0; i < MEDIA; i++) {
		const char *subject = word_at(w, media[i].word);

		if (!now->has[i])
			continue;
		fprintf(out, "<h2>%s</h2>\n", subject);
		picture(out, w, media[i].picture, "month", subject, w->month);
	}
}

int handle_plain(struct handler_data *w, const struct request *r, FILE *out,
		 struct err *e)
{
	const struct words *words = r->words;
	struct now now;
	int rc = read_now(w, &now, e);

	html_begin(out, words, words->title);
	fprintf(out, "<section>\n<h2>%s</h2>\n", words->now);
	if (rc == 0) {
		power(out, words, &now);
	} else if (now.none) {
		fprintf(out, "<p class=\"big\">–</p>\n<p>%s</p>\n",
			words->none);
	} else {
		fprintf(out, "<p class=\"big\">–</p>\n<p lang=\"en\">");
		html_text(out, span_of(e->text));
		fputs("</p>\n", out);
	}
	fprintf(out, "<p>%s <a href=\"plain\">%s</a></p>\n</section>\n",
		words->no_script, words->again);
	if (rc == 0) {
		fputs("<section>\n", out);
		pictures(out, words, &now);
		fputs("</section>\n", out);
	}
	html_end(out);
	return rc;
}
