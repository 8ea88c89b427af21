/* p1graph: draw charts of the journal. */
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/cmdline.h"
#include "base/localday.h"
#include "base/log.h"
#include "base/print.h"
#include "base/process.h"
#include "base/settings.h"
#include "graphs/charts.h"
#include "graphs/picture.h"
#include "graphs/save.h"

struct options {
	int range;		       /* enum range_kind; -1: not given */
	const struct subject *subject; /* NULL: not given */
	const char *date;	       /* NULL: today */
	const char *output;
	const char *all; /* --all's folder */
	const char *config;
	struct look look;
};

static int take_date(struct options *o, const char *date, struct err *e)
{
	if (o->date)
		return err_set(e, ERR_USAGE,
			       "%s and %s: only one date is allowed", o->date,
			       date);
	o->date = date;
	return 0;
}

static int take_range(void *into, int which, const char *date, struct err *e)
{
	struct options *o = into;

	if (o->range >= 0 && o->range != which)
		return err_set(e, ERR_USAGE,
			       "only one range is allowed; remove --%s",
			       range_names[o->range]);
	o->range = which;
	return date ? take_date(o, date, e) : 0;
}

static int take_subject(void *into, int which, const char *none, struct err *e)
{
	struct options *o = into;

	(void)none;
	if (o->subject && o->subject != &subjects[which])
		return err_set(e, ERR_USAGE,
			       "only one meter is allowed; remove --%s",
			       o->subject->name);
	o->subject = &subjects[which];
	return 0;
}

static int take_size(void *into, int which, const char *text, struct err *e)
{
	struct options *o = into;
	int w, h, n = 0;

	(void)which;
	if (sscanf(text, "%5dx%5d%n", &w, &h, &n) != 2 || text[n] ||
	    w < DRAW_WIDTH_MIN || w > DRAW_WIDTH_MAX || h < DRAW_HEIGHT_MIN ||
	    h > DRAW_HEIGHT_MAX)
		return err_set(e, ERR_USAGE,
			       "'%s' is not WxH from %dx%d to %dx%d", text,
			       DRAW_WIDTH_MIN, DRAW_HEIGHT_MIN, DRAW_WIDTH_MAX,
			       DRAW_HEIGHT_MAX);
	o->look.width = w;
	o->look.height = h;
	return 0;
}

static int take_theme(void *into, int which, const char *name, struct err *e)
{
	struct options *o = into;

	(void)which;
	o->look.theme = theme_find(name);
	if (o->look.theme == NULL)
		return err_set(e, ERR_USAGE, "'%s' is not light or dark", name);
	return 0;
}

/* clang-format off */
#define NAME(field) CMDLINE_NAME(struct options, field)
#define RANGE(which) CMDLINE_CALL(take_range, RANGE_##which)

static const struct cmdline_option ranges[] = {
	CMDLINE_HEADING("Range (default: a day):"),
	{ 0, "day", "[=YYYY-MM-DD]", "a local day (23, 24 or 25 hours)", RANGE(DAY) },
	{ 0, "week", "[=YYYY-MM-DD]", "Monday to Sunday", RANGE(WEEK) },
	{ 0, "month", "[=YYYY-MM]", "a month, by day", RANGE(MONTH) },
	{ 0, "year", "[=YYYY]", "a year, by month", RANGE(YEAR) },
	CMDLINE_HEADING("Meter (default: electricity):"),
};

static const struct cmdline_option others[] = {
	CMDLINE_HEADING("Output:"),
	{ 'o', "output", "FILE", "write to FILE; - is standard output. Default:\n"
	  "day.png, gas-day.png, ... in [graphs] folder", NAME(output) },
	{ 0, "all", "FOLDER", "draw every range of every meter into FOLDER",
	  NAME(all) },
	{ 0, "size", "WxH", "size in pixels (900x300)", CMDLINE_CALL(take_size, 0) },
	{ 0, "theme", "light|dark", "colours (light)", CMDLINE_CALL(take_theme, 0) },
	CMDLINE_HEADING("Others:"),
	{ 'c', "config", "FILE", "settings (" SETTINGS_FILE ")", NAME(config) },
	CMDLINE_HELP_ROW,
	CMDLINE_VERSION_ROW,
};
/* clang-format on */

static size_t add(struct cmdline_option *to, size_t n,
		  const struct cmdline_option *rows, size_t count)
{
	for (size_t i = 0; i < count && n < CMDLINE_ROWS; i++)
		to[n++] = rows[i];
	return n;
}

/* All rows; those of the meters come from the subjects table. */
static size_t fill_rows(struct cmdline_option rows[CMDLINE_ROWS])
{
	size_t n = add(rows, 0, ranges, COUNT(ranges));

	for (size_t i = 0; i < subject_count; i++) {
		const struct cmdline_option row = {
			.name = subjects[i].name,
			.help = subjects[i].noun,
			CMDLINE_CALL(take_subject, (int64_t)i),
		};

		n = add(rows, n, &row, 1);
	}
	return add(rows, n, others, COUNT(others));
}

/* A word that is not an option is the date, or an option without its dashes. */
static int take_word(const struct cmdline *c, struct options *o,
		     const char *word, struct err *e)
{
	const char *meant = cmdline_meant(c, word);

	if (meant != NULL)
		return err_set(e, ERR_USAGE, "'%s': did you mean --%s?", word,
			       meant);
	return take_date(o, word, e);
}

/* Checks that need no database. */
static int check(const struct options *o, struct err *e)
{
	enum range_kind kind =
		o->range >= 0 ? (enum range_kind)o->range : RANGE_DAY;
	struct range r;

	if (o->all && (o->output || o->range >= 0 || o->subject))
		return err_set(
			e, ERR_USAGE,
			"--all cannot be combined with --output, a range or a meter");
	return range_parse(kind, o->date, clock_utc(&clock_machine), &r, e);
}

/*
 * A word that is not an option is the date. Returns like cmdline_read, also for
 * --help.
 */
static int parse(struct options *o, int argc, char **argv, struct err *e)
{
	struct cmdline_option rows[CMDLINE_ROWS];
	const struct cmdline command = {
		.program = "p1graph",
		.above = "Usage: p1graph [--day|--week|--month|--year] [DATE] "
			 "[OPTION...]\n"
			 "       p1graph --all FOLDER [DATE] [OPTION...]\n"
			 "Draws the meter's consumption as a PNG chart.\n\n"
			 "DATE has the form shown for the range, or is today "
			 "(the default) or\nyesterday.\n",
		.rows = rows,
		.count = fill_rows(rows),
		.below = "\nExit status: 0 drawn, 2 usage, 69 no database, 73 "
			 "the picture cannot\nbe written, 78 configuration; "
			 "p1graph(1) lists them all.\n",
	};
	char **words;
	int rc = cmdline_read(&command, argc, argv, o, &words, e);

	if (rc > 0)
		return cmdline_say(&command, rc, stdout, e) == 0 ? 1 : e->code;
	for (; rc == 0 && *words != NULL; words++)
		rc = take_word(&command, o, *words, e);
	return rc == 0 ? check(o, e) : rc;
}

static int write_picture(const struct image *p, const char *path, struct err *e)
{
	return strcmp(path, "-") == 0 ? save_stdout(p->bytes, p->n, e)
				      : save_file(path, p->bytes, p->n, e);
}

static int draw_to(struct history *h, const struct chart *c,
		   const struct range *r, const struct options *o, int64_t now,
		   const char *path, struct err *e)
{
	struct image png = { 0 };
	int rc = picture_draw(h, c, r, &o->look, now, &png, e);

	if (rc < 0)
		err_while(e, "drawing %s", c->file);
	else
		rc = write_picture(&png, path, e);
	draw_free(&png);
	return rc;
}

static int draw_all(struct history *h, const struct options *o, int64_t now,
		    struct err *e)
{
	char path[PATH_MAX];
	int64_t first, last;
	struct range r;

	for (size_t i = 0; i < chart_count; i++) {
		const struct chart *c = &charts[i];
		int rc =
			history_extent(h, c->subject->medium, &first, &last, e);

		if (rc == 0)
			continue;
		if (rc < 0 || range_parse(c->range, o->date, now, &r, e) < 0)
			return e->code;
		snprintf(path, sizeof(path), "%s/%s", o->all, c->file);
		if (draw_to(h, c, &r, o, now, path, e) < 0)
			return e->code;
	}
	return 0;
}

/* Is it written to standard output for a program that expects a picture? */
static bool is_pipe(const char *output)
{
	return output != NULL && strcmp(output, "-") == 0;
}

/* Every house has an electricity meter; charts of other media may be empty. */
static int tell_absent(struct history *h, const struct subject *s,
		       bool to_program, struct err *e)
{
	int64_t first, last;
	int rc = s->medium == MEDIUM_ELECTRICITY
			 ? 1
			 : history_extent(h, s->medium, &first, &last, e);

	if (rc == 0 && !to_program)
		print_line(stderr,
			   "p1graph: there is no %s meter: the database "
			   "has no readings from one",
			   s->noun);
	return rc < 0 ? rc : 0;
}

static int draw_one(struct history *h, const struct options *o, int64_t now,
		    const char *folder, struct err *e)
{
	const struct chart *c = chart_find(
		o->subject ? o->subject : &subjects[0],
		o->range >= 0 ? (enum range_kind)o->range : RANGE_DAY);
	char path[PATH_MAX];
	struct range r;

	if (tell_absent(h, c->subject, is_pipe(o->output), e) < 0 ||
	    range_parse(c->range, o->date, now, &r, e) < 0)
		return e->code;
	snprintf(path, sizeof(path), "%s%s%s", folder, *folder ? "/" : "",
		 c->file);
	return draw_to(h, c, &r, o, now, o->output ? o->output : path, e);
}

/* Keep librrd's environment variables from changing the pictures. */
static void clean_environment(void)
{
	setenv("LC_ALL", "C.UTF-8", 1);
	unsetenv("RRDCACHED_ADDRESS");
	unsetenv("RRD_DEFAULT_FONT");
}

static int run(const struct options *o, struct err *e)
{
	struct settings s;
	struct history *h;
	int64_t now = clock_utc(&clock_machine);
	int rc;

	if (settings_load(&s, o->config, e) < 0)
		return e->code;
	h = history_open(s.database, e);
	if (h == NULL)
		return e->code == ERR_ABSENT ? err_while(e, "nothing to draw")
					     : e->code;
	rc = localday_use(history_timezone(h), e);
	if (rc == 0)
		rc = o->all ? draw_all(h, o, now, e)
			    : draw_one(h, o, now, s.graphs_folder, e);
	history_close(h);
	return rc;
}

int main(int argc, char **argv)
{
	struct options o = {
		.range = -1,
		.look = { 900, 300, theme_find("light") },
	};
	struct log log;
	struct err e = { 0 };
	int rc;

	process_begin();
	log_open(&log, "p1graph", false, LOG_LEVEL_NOTICE);
	clean_environment();
	rc = parse(&o, argc, argv, &e);
	if (rc == 0)
		rc = run(&o, &e);
	if (rc < 0)
		log_line(&log, LOG_LEVEL_ERROR, "%s", e.text);
	return err_exit_status(rc < 0 ? rc : 0);
}
