/* p1graph: pictures of what the journal knows. */
#include <getopt.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/localday.h"
#include "base/settings.h"
#include "graphs/charts.h"
#include "graphs/picture.h"
#include "graphs/save.h"

static const char help[] =
	"Usage: p1graph [--day|--week|--month|--year] [DATE] [OPTION...]\n"
	"       p1graph --all FOLDER [DATE] [OPTION...]\n"
	"\n"
	"Draws what the meter counted as a PNG picture.\n"
	"\n"
	"Range (a day when none is given, today when no DATE is given):\n"
	"  --day [YYYY-MM-DD]    a local day, of 23, 24 or 25 hours\n"
	"  --week [YYYY-MM-DD]   Monday to Sunday\n"
	"  --month [YYYY-MM]\n"
	"  --year [YYYY]\n"
	"  DATE may be today or yesterday, and may follow after '='.\n"
	"\n"
	"What (electricity when none is given):\n"
	"  --electricity, --gas, --water, --warm-water, --heat, --cold\n"
	"\n"
	"Output:\n"
	"  -o, --output FILE     write there; - is standard output. Default:\n"
	"                        day.png, gas-day.png, ... in [graphs] folder\n"
	"  --all FOLDER          every range of everything there is, into "
	"FOLDER\n"
	"  --size WxH            pixels (default 900x300)\n"
	"  --theme light|dark    (default light)\n"
	"\n"
	"  -c, --config FILE     settings (default " SETTINGS_FILE ")\n"
	"  -h, --help\n"
	"  -V, --version\n"
	"\n"
	"Exit status: 0 drawn, 2 usage, 69 no database, 73 the picture cannot "
	"be\n"
	"written, 78 configuration; p1graph(1) lists them all.\n";

struct options {
	int range; /* enum range_kind; -1: none was asked for */
	const struct subject *subject; /* NULL: none was asked for */
	const char *date;	       /* NULL: today */
	const char *output;
	const char *all; /* folder of --all */
	const char *config;
	struct look look;
};

enum {
	OPT_RANGE = 0x100,   /* + enum range_kind */
	OPT_SUBJECT = 0x200, /* + index in subjects */
	OPT_SIZE = 0x300,
	OPT_THEME,
	OPT_ALL,
};

/* Subjects come from their table, so options too. */
enum { OPTIONS_MAX = 32 };

static void fill_options(struct option o[OPTIONS_MAX])
{
	static const struct option others[] = {
		{ "output", required_argument, NULL, 'o' },
		{ "size", required_argument, NULL, OPT_SIZE },
		{ "theme", required_argument, NULL, OPT_THEME },
		{ "all", required_argument, NULL, OPT_ALL },
		{ "config", required_argument, NULL, 'c' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
	};

	for (int i = 0; i < RANGE_COUNT; i++)
		*o++ = (struct option){ range_names[i], optional_argument, NULL,
					OPT_RANGE + i };
	for (size_t i = 0; i < subject_count; i++)
		*o++ = (struct option){ subjects[i].name, no_argument, NULL,
					OPT_SUBJECT + (int)i };
	for (size_t i = 0; i < COUNT(others); i++)
		*o++ = others[i];
	*o = (struct option){ 0 };
}

static int take_date(struct options *o, const char *date, struct err *e)
{
	if (o->date)
		return err_set(e, ERR_USAGE, "%s and %s: one date at a time",
			       o->date, date);
	o->date = date;
	return 0;
}

static int take_range(struct options *o, int range, const char *date,
		      struct err *e)
{
	if (o->range >= 0 && o->range != range)
		return err_set(e, ERR_USAGE, "--%s and --%s: one at a time",
			       range_names[o->range], range_names[range]);
	o->range = range;
	return date ? take_date(o, date, e) : 0;
}

static int take_subject(struct options *o, const struct subject *s,
			struct err *e)
{
	if (o->subject && o->subject != s)
		return err_set(e, ERR_USAGE, "--%s and --%s: one at a time",
			       o->subject->name, s->name);
	o->subject = s;
	return 0;
}

static int take_size(struct options *o, const char *text, struct err *e)
{
	int w, h, n = 0;

	if (sscanf(text, "%5dx%5d%n", &w, &h, &n) != 2 || text[n] ||
	    w < DRAW_WIDTH_MIN || w > DRAW_WIDTH_MAX || h < DRAW_HEIGHT_MIN ||
	    h > DRAW_HEIGHT_MAX)
		return err_set(e, ERR_USAGE,
			       "--size %s: not WxH from %dx%d to %dx%d", text,
			       DRAW_WIDTH_MIN, DRAW_HEIGHT_MIN, DRAW_WIDTH_MAX,
			       DRAW_HEIGHT_MAX);
	o->look.width = w;
	o->look.height = h;
	return 0;
}

static int take_theme(struct options *o, const char *name, struct err *e)
{
	o->look.theme = theme_find(name);
	if (o->look.theme == NULL)
		return err_set(e, ERR_USAGE,
			       "--theme %s: there are light and dark", name);
	return 0;
}

/* 1 when there is nothing left to do, 0 to go on, or a negative code. */
static int take(struct options *o, int option, const char *value, struct err *e)
{
	if (option >= OPT_RANGE && option < OPT_RANGE + RANGE_COUNT)
		return take_range(o, option - OPT_RANGE, value, e);
	if (option >= OPT_SUBJECT && option < OPT_SUBJECT + (int)subject_count)
		return take_subject(o, &subjects[option - OPT_SUBJECT], e);
	switch (option) {
	case 'o':
		o->output = value;
		return 0;
	case OPT_SIZE:
		return take_size(o, value, e);
	case OPT_THEME:
		return take_theme(o, value, e);
	case OPT_ALL:
		o->all = value;
		return 0;
	case 'c':
		o->config = value;
		return 0;
	case 'h':
		fputs(help, stdout);
		return 1;
	case 'V':
		puts("p1graph " VERSION);
		return 1;
	default:
		return take_date(o, value, e);
	}
}

/* What can be known to be wrong before there is a database. */
static int check(const struct options *o, struct err *e)
{
	enum range_kind kind =
		o->range >= 0 ? (enum range_kind)o->range : RANGE_DAY;
	struct range r;

	if (o->all && (o->output || o->range >= 0 || o->subject))
		return err_set(e, ERR_USAGE,
			       "--all draws everything, under default names");
	return range_parse(kind, o->date, clock_utc(&clock_machine), &r, e);
}

/* As take. A word that is no option is the date. */
static int parse(struct options *o, int argc, char **argv, struct err *e)
{
	struct option known[OPTIONS_MAX];
	int c, rc = 0;

	fill_options(known);
	opterr = 0;
	while (rc == 0 &&
	       (c = getopt_long(argc, argv, "-:o:c:hV", known, NULL)) != -1) {
		if (c == '?' || c == ':')
			return err_set(e, ERR_USAGE, "%s: %s; see --help",
				       argv[optind - 1],
				       c == ':' ? "something must follow"
						: "there is no such option");
		rc = take(o, c, optarg, e);
	}
	for (; rc == 0 && optind < argc; optind++)
		rc = take_date(o, argv[optind], e);
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

static int draw_one(struct history *h, const struct options *o, int64_t now,
		    const char *folder, struct err *e)
{
	const struct chart *c = chart_find(
		o->subject ? o->subject : &subjects[0],
		o->range >= 0 ? (enum range_kind)o->range : RANGE_DAY);
	char path[PATH_MAX];
	struct range r;

	if (range_parse(c->range, o->date, now, &r, e) < 0)
		return e->code;
	snprintf(path, sizeof(path), "%s%s%s", folder, *folder ? "/" : "",
		 c->file);
	return draw_to(h, c, &r, o, now, o->output ? o->output : path, e);
}

/* What librrd takes from the environment must not change the pictures. */
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
		return e->code == ERR_ABSENT
			       ? err_while(e, "nothing to draw, has p1logger "
					      "run?")
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
	struct err e = { 0 };
	int rc;

	clean_environment();
	rc = parse(&o, argc, argv, &e);
	if (rc == 0)
		rc = run(&o, &e);
	if (rc < 0)
		fprintf(stderr, "p1graph: %s\n", e.text);
	return err_exit_status(rc < 0 ? e.code : 0);
}
