#include "graphs/graph_options.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/all_settings.h"
#include "base/clock.h"
#include "base/cmdline.h"
#include "base/cmdline_wrong.h"

static int take_date(struct graph_options *o, const char *date, struct err *e)
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
	struct graph_options *o = into;

	if (o->range >= 0 && o->range != which)
		return err_set(e, ERR_USAGE,
			       "only one range is allowed; remove --%s",
			       range_names[o->range]);
	o->range = which;
	return date ? take_date(o, date, e) : 0;
}

static int take_subject(void *into, int which, const char *none, struct err *e)
{
	struct graph_options *o = into;

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
	struct graph_options *o = into;
	int w, h, n = 0;

	(void)which;
	if (sscanf(text, "%5dx%5d%n", &w, &h, &n) != 2 || text[n] ||
	    w < DRAWING_WIDTH_MIN || w > DRAWING_WIDTH_MAX ||
	    h < DRAWING_HEIGHT_MIN || h > DRAWING_HEIGHT_MAX)
		return err_set(e, ERR_USAGE,
			       "'%s' is not WxH from %dx%d to %dx%d", text,
			       DRAWING_WIDTH_MIN, DRAWING_HEIGHT_MIN,
			       DRAWING_WIDTH_MAX, DRAWING_HEIGHT_MAX);
	o->look.width = w;
	o->look.height = h;
	return 0;
}

static int take_scale(void *into, int which, const char *text, struct err *e)
{
	struct graph_options *o = into;

	(void)which;
	if (strcmp(text, "1") != 0 && strcmp(text, "2") != 0)
		return err_set(e, ERR_USAGE, "'%s' is not 1 or 2", text);
	o->look.zoom = text[0] - '0';
	return 0;
}

static int take_theme(void *into, int which, const char *name, struct err *e)
{
	struct graph_options *o = into;

	(void)which;
	o->look.theme = theme_find(name);
	if (o->look.theme == NULL)
		return err_set(e, ERR_USAGE, "'%s' is not light or dark", name);
	return 0;
}

static int take_language(void *into, int which, const char *code, struct err *e)
{
	struct graph_options *o = into;

	(void)which;
	o->words = picture_words_find(code);
	if (o->words == NULL)
		return err_set(e, ERR_USAGE, "'%s' is not en or nl", code);
	return 0;
}

/* clang-format off */
#define NAME(field) CMDLINE_NAME(struct graph_options, field)
#define RANGE(which) CMDLINE_CALL(take_range, RANGE_##which)

static const struct cmdline_option ranges[] = {
	CMDLINE_HEADING("Range (default: a day):"),
	{ 'd', "day", "[=YYYY-MM-DD]", "a local day (23, 24 or 25 hours)", RANGE(DAY) },
	{ 'w', "week", "[=YYYY-MM-DD]", "Monday to Sunday", RANGE(WEEK) },
	{ 'm', "month", "[=YYYY-MM]", "a month, by day", RANGE(MONTH) },
	{ 'y', "year", "[=YYYY]", "a year, by month", RANGE(YEAR) },
	CMDLINE_HEADING("Meter (default: electricity):"),
};

static const struct cmdline_option others[] = {
	CMDLINE_HEADING("Output:"),
	{ 'o', "output", "FILE", "write to FILE; - is standard output. Default:\n"
	  "day.png, gas-day.png, ... in [graphs] folder", NAME(output) },
	{ 0, "all", "FOLDER", "draw every range of every meter into FOLDER",
	  NAME(all) },
	{ 0, "size", "WxH", "size in pixels (default: 900x300)", CMDLINE_CALL(take_size, 0) },
	{ 0, "scale", "1|2", "2: twice as many pixels, for HiDPI screens", CMDLINE_CALL(take_scale, 0) },
	{ 0, "theme", "light|dark", "colours (default: light)", CMDLINE_CALL(take_theme, 0) },
	{ 0, "language", "en|nl", "language (default: [graphs] language)",
	  CMDLINE_CALL(take_language, 0) },
	CMDLINE_HEADING("Other options:"),
	{ 'c', "config", "FILE", "settings file (default: " SETTINGS_FILE ")", NAME(config) },
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

/*
 * Take a word that is not an option as the date; suggest an option that it is
 * the name of.
 */
static int take_word(const struct cmdline *c, struct graph_options *o,
		     const char *word, struct err *e)
{
	const char *meant = cmdline_meant(c, word);

	if (meant != NULL)
		return err_set(e, ERR_USAGE, "'%s': did you mean --%s?", word,
			       meant);
	return take_date(o, word, e);
}

/* Refuse a file name with the suffix of another image format. */
static int check_output(const char *output, struct err *e)
{
	static const char *const formats[] = { "jpg",  "jpeg", "gif", "svg",
					       "webp", "bmp",  "tif", "tiff",
					       "pdf",  "eps",  "ps",  "html" };
	const char *dot = strrchr(output, '.');

	for (size_t i = 0; dot != NULL && i < COUNT(formats); i++)
		if (strcasecmp(dot + 1, formats[i]) == 0)
			return err_set(e, ERR_USAGE,
				       "--output: '%s': only PNG can be "
				       "written; name it %.*s.png",
				       output, (int)(dot - output), output);
	return 0;
}

/* Make the checks that need no database. */
static int check(const struct graph_options *o, struct err *e)
{
	enum range_kind kind =
		o->range >= 0 ? (enum range_kind)o->range : RANGE_DAY;
	struct range r;

	if (o->all && (o->output || o->range >= 0 || o->subject))
		return err_set(
			e, ERR_USAGE,
			"--all cannot be combined with --output, a range or a meter");
	if (o->output && check_output(o->output, e) < 0)
		return e->code;
	return range_parse(kind, o->date, clock_utc(&clock_machine), &r, e);
}

int graph_options_read(struct graph_options *o, int argc, char **argv,
		       struct err *e)
{
	struct cmdline_option rows[CMDLINE_ROWS];
	const struct cmdline command = {
		.program = "p1graph",
		.above = "Usage: p1graph [--day|--week|--month|--year] [DATE] "
			 "[OPTION...]\n"
			 "       p1graph --all FOLDER [DATE] [OPTION...]\n"
			 "Draws the meter's consumption as a PNG chart.\n\n"
			 "DATE has the form shown for the range, or is today "
			 "(the default),\nyesterday, or last (the previous "
			 "day, week, month or year).\n",
		.rows = rows,
		.count = fill_rows(rows),
		.below =
			"\nExit status: 0 drawn, 2 wrong usage, 65 drawn without "
			"readings,\n69 no database, 73 the chart cannot be written, "
			"78 wrong settings;\np1graph(1) lists them all.\n",
	};
	char **words;
	int rc = cmdline_read(&command, argc, argv, o, &words, e);

	if (rc > 0)
		return cmdline_say(&command, rc, stdout, e) == 0 ? 1 : e->code;
	for (; rc == 0 && *words != NULL; words++)
		rc = take_word(&command, o, *words, e);
	return rc == 0 ? check(o, e) : rc;
}
