/* p1graph: draw charts of the journal. */
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/all_settings.h"
#include "base/clock.h"
#include "base/dates.h"
#include "base/localday.h"
#include "base/log.h"
#include "base/process.h"
#include "graphs/graph_options.h"
#include "graphs/save_picture.h"
#include "tariffs/price_settings.h"

static int write_picture(const struct image *p, const char *path, struct err *e)
{
	return strcmp(path, "-") == 0
		       ? save_picture_stdout(p->bytes, p->n, e)
		       : save_picture_file(path, p->bytes, p->n, e);
}

/* What all charts of a run have in common. */
struct job {
	const struct graph_options *o;
	const struct picture_words *words;
	struct amounts prices;
	const char *currency;
	int64_t now;
};

/* Returns the same as picture_draw. */
static int draw_to(struct history *h, const struct chart *c,
		   const struct range *r, const struct job *j, const char *path,
		   struct err *e)
{
	const struct figures_question q = { c,		r,	     j->words,
					    &j->prices, j->currency, j->now };
	struct image png = { 0 };
	int rc = picture_draw(h, &q, &j->o->look, &png, e);

	if (rc < 0)
		err_while(e, "drawing %s.png", c->file);
	else if (write_picture(&png, path, e) < 0)
		rc = e->code;
	drawing_free(&png);
	return rc;
}

static int no_readings(struct err *e)
{
	return err_set(e, ERR_FORMAT,
		       "there are no readings yet; p1logger --discover says "
		       "whether the meter sends any");
}

static int draw_all(struct history *h, const struct job *j, struct err *e)
{
	char path[PATH_MAX];
	int64_t first, last;
	struct range r;
	int drawn = 0;

	for (size_t i = 0; i < chart_count; i++) {
		const struct chart *c = &charts[i];
		int rc =
			history_extent(h, c->subject->medium, &first, &last, e);

		if (rc == 0)
			continue;
		if (rc < 0 ||
		    range_parse(c->range, j->o->date, j->now, &r, e) < 0)
			return e->code;
		snprintf(path, sizeof(path), "%s/%s.png", j->o->all, c->file);
		if (draw_to(h, c, &r, j, path, e) < 0)
			return e->code;
		drawn++;
	}
	return drawn > 0 ? 0 : no_readings(e);
}

/* Is the chart written to standard output for a program that expects a PNG? */
static bool is_pipe(const char *output)
{
	return output != NULL && strcmp(output, "-") == 0;
}

/* Has any meter a reading? Returns 1, 0 or a negative code. */
static int has_any(struct history *h, struct err *e)
{
	int64_t first, last;
	int rc = 0;

	for (size_t i = 0; i < subject_count && rc == 0; i++)
		rc = history_extent(h, subjects[i].medium, &first, &last, e);
	return rc;
}

/*
 * The chart was written but is empty: say so, unless a program reads the
 * output.
 */
static int tell_empty(struct history *h, const struct chart *c,
		      const struct range *r, bool to_program, struct err *e)
{
	const struct subject *s = c->subject;
	char title[DATES_TEXT];
	int64_t first, last;
	int any = has_any(h, e);
	int rc = any > 0 ? history_extent(h, s->medium, &first, &last, e) : any;

	if (rc < 0)
		return rc;
	if (to_program)
		return err_set(e, ERR_FORMAT, "%s", "");
	if (any == 0)
		return no_readings(e);
	if (rc == 0)
		return err_set(e, ERR_FORMAT,
			       "the database has no readings from a %s meter",
			       s->noun);
	return err_set(e, ERR_FORMAT, "there are no %s readings %s %s", s->noun,
		       r->kind == RANGE_DAY ? "on" : "in",
		       dates_title(title, r, &date_words[0], false));
}

/*
 * "gas-day.png" in the folder, or "gas-day-2026-03-10.png" for another day than
 * today, so that it does not replace today's.
 */
static void name_file(char path[static PATH_MAX], const char *folder,
		      const struct chart *c, const struct range *r, int64_t now)
{
	static const int lengths[RANGE_COUNT] = { 11, 11, 8, 5 };
	struct civil date = localday_civil(r->start);
	char suffix[24] = "";

	if (now < r->start || now >= r->end)
		snprintf(suffix, sizeof(suffix), "-%04d-%02d-%02d", date.year,
			 date.month, date.day);
	snprintf(path, PATH_MAX, "%s%s%s%.*s.png", folder, *folder ? "/" : "",
		 c->file, lengths[r->kind], suffix);
}

static int draw_one(struct history *h, const struct job *j, const char *folder,
		    struct err *e)
{
	const struct graph_options *o = j->o;
	const struct chart *c = chart_find(
		o->subject ? o->subject : &subjects[0],
		o->range >= 0 ? (enum range_kind)o->range : RANGE_DAY);
	char path[PATH_MAX];
	struct range r;
	int rc;

	if (range_parse(c->range, o->date, j->now, &r, e) < 0)
		return e->code;
	name_file(path, folder, c, &r, j->now);
	rc = draw_to(h, c, &r, j, o->output ? o->output : path, e);
	if (rc == ERR_CREATE && o->output == NULL)
		return err_after(e, "or choose a file with -o");
	return rc != 0 ? rc : tell_empty(h, c, &r, is_pipe(o->output), e);
}

/* Keep librrd's environment variables from changing the charts. */
static void clean_environment(void)
{
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("RRDCACHED_ADDRESS");
	unsetenv("RRD_DEFAULT_FONT");
}

static int run(const struct graph_options *o, struct err *e)
{
	struct job j = { .o = o, .words = o->words };
	struct all_settings s;
	struct history *h;
	int rc;

	j.now = clock_utc(&clock_machine);
	if (all_settings_load(&s, o->config, e) < 0 ||
	    price_settings_read(&j.prices, &s, e) < 0)
		return e->code;
	if (j.words == NULL)
		j.words = picture_words_of(s.graphs_language);
	j.currency = s.prices.currency;
	h = history_open(s.database, e);
	if (h == NULL)
		return e->code == ERR_ABSENT ? err_while(e, "nothing to draw")
					     : e->code;
	rc = localday_use(history_timezone(h), e);
	if (rc == 0)
		rc = o->all ? draw_all(h, &j, e)
			    : draw_one(h, &j, s.graphs_folder, e);
	history_close(h);
	return rc;
}

int main(int argc, char **argv)
{
	struct graph_options o = {
		.range = -1,
		.look = { 900, 300, 1, theme_find("light") },
	};
	struct log log;
	struct err e = { 0 };
	int rc;

	process_begin();
	log_open(&log, "p1graph", false, LOG_LEVEL_NOTICE);
	clean_environment();
	rc = graph_options_read(&o, argc, argv, &e);
	if (rc == 0)
		rc = run(&o, &e);
	if (rc < 0 && e.text[0] != '\0')
		log_line(&log, LOG_LEVEL_ERROR, "%s", e.text);
	return err_exit_status(rc < 0 ? rc : 0);
}
