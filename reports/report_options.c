#include "reports/report_options.h"

#include <stdio.h>
#include <string.h>

#include "base/all_settings.h"
#include "base/clock.h"
#include "base/cmdline.h"
#include "base/cmdline_wrong.h"
#include "reports/parse_moment.h"

static int take_date(struct report_options *o, const char *date, struct err *e)
{
	if (o->date)
		return err_set(e, ERR_USAGE,
			       "%s and %s: only one period is allowed", o->date,
			       date);
	o->date = date;
	return 0;
}

static const char *name_of_range(int range)
{
	return range == REPORT_TOTAL ? "total" : range_names[range];
}

static int take_range(void *into, int which, const char *date, struct err *e)
{
	struct report_options *o = into;

	if (o->range >= 0 && o->range != which)
		return err_set(e, ERR_USAGE,
			       "only one period is allowed; remove --%s",
			       name_of_range(o->range));
	o->range = which;
	return date ? take_date(o, date, e) : 0;
}

static int take_kind(struct report_options *o, enum report_kind kind,
		     struct err *e)
{
	if (o->kind != REPORT_CONSUMPTION && o->kind != kind)
		return err_set(e, ERR_USAGE,
			       "only one of --peaks, --standby and --at is "
			       "allowed");
	o->kind = kind;
	return 0;
}

static int take_standby(void *into, int which, const char *none, struct err *e)
{
	(void)which;
	(void)none;
	return take_kind(into, REPORT_STANDBY, e);
}

static int take_peaks(void *into, int which, const char *text, struct err *e)
{
	(void)which;
	if (text == NULL || strcmp(text, "quarter") == 0)
		return take_kind(into, REPORT_PEAKS_QUARTER, e);
	if (strcmp(text, "hour") == 0)
		return take_kind(into, REPORT_PEAKS_HOUR, e);
	return err_set(e, ERR_USAGE, "'%s' is not quarter or hour", text);
}

static int take_at(void *into, int which, const char *time, struct err *e)
{
	struct report_options *o = into;

	(void)which;
	o->at = time;
	return take_kind(o, REPORT_READINGS, e);
}

static int take_step(void *into, int which, const char *name, struct err *e)
{
	struct report_options *o = into;

	(void)which;
	for (o->by = 0; o->by < STEP_COUNT; o->by++)
		if (strcmp(step_names[o->by], name) == 0)
			return 0;
	return err_set(e, ERR_USAGE,
		       "'%s' is not quarter, hour, day, week, month or year",
		       name);
}

static int take_compare(void *into, int which, const char *with, struct err *e)
{
	struct report_options *o = into;

	(void)which;
	if (with == NULL || strcmp(with, "year") == 0)
		o->compare = COMPARISON_LAST_YEAR;
	else if (strcmp(with, "before") == 0)
		o->compare = COMPARISON_BEFORE;
	else
		return err_set(e, ERR_USAGE, "'%s' is not before or year",
			       with);
	return 0;
}

/* Series that a report can be sorted by: all except individual tariffs. */
static bool is_of(int s)
{
	return s == SERIES_IMPORT || s == SERIES_EXPORT || s >= SERIES_GAS;
}

static int take_of(void *into, int which, const char *name, struct err *e)
{
	struct report_options *o = into;

	(void)which;
	o->of = REPORT_BY_COST;
	if (strcmp(name, "cost") == 0)
		return 0;
	for (o->of = 0; o->of < SERIES_COUNT; o->of++)
		if (is_of(o->of) && strcmp(series[o->of].name, name) == 0)
			return 0;
	return err_set(e, ERR_USAGE,
		       "'%s' is not import, export, gas, water, warm_water, "
		       "heat, cold or cost",
		       name);
}

static int take_form(void *into, int which, const char *none, struct err *e)
{
	struct report_options *o = into;

	(void)none;
	if (o->form != REPORT_TABLE && o->form != (enum report_form)which)
		return err_set(e, ERR_USAGE,
			       "only one of --csv and --json is allowed");
	o->form = (enum report_form)which;
	return 0;
}

static int take_language(void *into, int which, const char *code, struct err *e)
{
	struct report_options *o = into;

	(void)which;
	for (o->language = 0; o->language < DATE_WORDS_LANGUAGES; o->language++)
		if (strcmp(date_words[o->language].code, code) == 0)
			return 0;
	return err_set(e, ERR_USAGE, "'%s' is not en or nl", code);
}

/* clang-format off */
#define NAME(field) CMDLINE_NAME(struct report_options, field)
#define RANGE(which) CMDLINE_CALL(take_range, which)

static const struct cmdline_option rows[] = {
	CMDLINE_HEADING("Period (default: today):"),
	{ 'd', "day", "[=YYYY-MM-DD]", "a local day (23, 24 or 25 hours), by hour", RANGE(RANGE_DAY) },
	{ 'w', "week", "[=YYYY-MM-DD]", "Monday to Sunday, by day", RANGE(RANGE_WEEK) },
	{ 'm', "month", "[=YYYY-MM]", "a month, by day", RANGE(RANGE_MONTH) },
	{ 'y', "year", "[=YYYY]", "a year, by month", RANGE(RANGE_YEAR) },
	{ 0, "total", NULL, "everything stored, by year", RANGE(REPORT_TOTAL) },
	{ 0, "from", "TIME", "from this time on, or the start of this date", NAME(from) },
	{ 0, "to", "TIME", "up to this time or the end of this date (or now)", NAME(to) },
	{ 0, "by", "STEP", "a row per quarter (of an hour), hour, day, week,\n"
	  "month or year", CMDLINE_CALL(take_step, 0) },
	CMDLINE_HEADING("Content (default: what was consumed):"),
	{ 0, "compare", "[=before|year]", "compare with the period before, or with last year\n"
	  "(the default), up to the same date", CMDLINE_CALL(take_compare, 0) },
	{ 0, "top", "N", "only the N highest rows, highest first",
	  CMDLINE_COUNT(struct report_options, top, 1, REPORT_TOP_MOST) },
	{ 0, "of", "WHAT", "what bars and --top show: import, export, gas,\n"
	  "water, warm_water, heat, cold or cost", CMDLINE_CALL(take_of, 0) },
	{ 0, "tariffs", NULL, "a column for each tariff",
	  CMDLINE_TURN(struct report_options, tariffs, true) },
	{ 0, "peaks", "[=quarter|hour]", "highest quarters of an hour (Belgium) or hours\n"
	  "(Sweden): by month, or in a day, week or month", CMDLINE_CALL(take_peaks, 0) },
	{ 0, "standby", NULL, "standby power and its trend", CMDLINE_CALL(take_standby, 0) },
	{ 0, "at", "TIME", "what the meters showed then, and how exact that is", CMDLINE_CALL(take_at, 0) },
	CMDLINE_HEADING("Output:"),
	{ 0, "csv", NULL, "comma-separated values", CMDLINE_CALL(take_form, REPORT_CSV) },
	{ 0, "json", NULL, "a JSON document", CMDLINE_CALL(take_form, REPORT_JSON) },
	{ 0, "language", "en|nl", "language of the text (default: [graphs] language)",
	  CMDLINE_CALL(take_language, 0) },
	CMDLINE_HEADING("Other options:"),
	{ 'c', "config", "FILE", "settings file (default: " SETTINGS_FILE ")", NAME(config) },
	CMDLINE_HELP_ROW,
	CMDLINE_VERSION_ROW,
};
/* clang-format on */

/*
 * Take a word that is not an option as the period; suggest an option that it is
 * the name of.
 */
static int take_word(const struct cmdline *c, struct report_options *o,
		     const char *word, struct err *e)
{
	const char *meant = cmdline_meant(c, word);

	if (meant != NULL)
		return err_set(e, ERR_USAGE, "'%s': did you mean --%s?", word,
			       meant);
	return take_date(o, word, e);
}

static int check_span(const struct report_options *o, struct err *e)
{
	if (o->to != NULL && o->from == NULL)
		return err_set(e, ERR_USAGE, "--to needs --from");
	if (o->from != NULL && (o->range >= 0 || o->date != NULL))
		return err_set(e, ERR_USAGE,
			       "--from cannot be combined with another period");
	if (o->range == REPORT_TOTAL && o->date != NULL)
		return err_set(e, ERR_USAGE,
			       "%s: --total takes no period, since it "
			       "reports everything",
			       o->date);
	return 0;
}

static int check_kind(const struct report_options *o, struct err *e)
{
	bool consumption = o->kind == REPORT_CONSUMPTION;
	const char *wrong = consumption			       ? NULL
			    : o->compare != COMPARISON_NOTHING ? "--compare"
			    : o->tariffs		       ? "--tariffs"
			    : o->of >= 0		       ? "--of"
			    : o->top > 0 && o->kind == REPORT_STANDBY ? "--top"
			    : o->kind != REPORT_STANDBY && o->by >= 0 ? "--by"
								      : NULL;

	if (wrong != NULL)
		return err_set(e, ERR_USAGE,
			       "%s cannot be combined with --peaks, --standby "
			       "or --at",
			       wrong);
	if (o->kind == REPORT_READINGS &&
	    (o->range >= 0 || o->date || o->from || o->top > 0))
		return err_set(
			e, ERR_USAGE,
			"--at cannot be combined with a period or --top");
	if (o->kind == REPORT_STANDBY && o->by >= 0 && o->by < STEP_DAY)
		return err_set(e, ERR_USAGE,
			       "--standby has one value a day: --by day, week, "
			       "month or year");
	if (o->compare != COMPARISON_NOTHING &&
	    (o->from != NULL || o->range == REPORT_TOTAL))
		return err_set(e, ERR_USAGE,
			       "--compare needs --day, --week, --month or "
			       "--year");
	return 0;
}

/* Check dates before the database is opened. */
static int check_dates(const struct report_options *o, struct err *e)
{
	int64_t now = clock_utc(&clock_machine), t;
	struct range r;

	if (o->at != NULL && parse_moment(o->at, now, false, &t, e) < 0)
		return e->code;
	if (o->from != NULL && parse_moment(o->from, now, false, &t, e) < 0)
		return e->code;
	if (o->to != NULL && parse_moment(o->to, now, true, &t, e) < 0)
		return e->code;
	if (o->range == REPORT_TOTAL)
		return 0;
	return range_parse(o->range < 0 ? RANGE_DAY : (enum range_kind)o->range,
			   o->date, now, &r, e);
}

static int check(const struct report_options *o, struct err *e)
{
	int rc = check_span(o, e);

	if (rc == 0)
		rc = check_kind(o, e);
	return rc == 0 ? check_dates(o, e) : rc;
}

int report_options_read(struct report_options *o, int argc, char **argv,
			struct err *e)
{
	const struct cmdline command = {
		.program = "p1report",
		.above = "Usage: p1report [--day|--week|--month|--year] "
			 "[PERIOD] [OPTION...]\n"
			 "       p1report --total|--from TIME [--to TIME] "
			 "[OPTION...]\n"
			 "       p1report --at TIME [OPTION...]\n"
			 "Prints what was consumed, what it cost, and what the "
			 "meters showed.\n\n"
			 "PERIOD has the form shown, or is today (the "
			 "default), yesterday, or last: the\nday, week, month "
			 "or year before this one. TIME is YYYY-MM-DD HH:MM, "
			 "a date, now,\nor YYYY-MM-DDTHH:MM:SSZ.\n",
		.rows = rows,
		.count = COUNT(rows),
		.below = "\nExit status: 0 printed, 2 wrong usage, 65 without "
			 "readings, 69 no database,\n78 wrong settings; "
			 "p1report(1) lists them all.\n",
	};
	char **words;
	int rc = cmdline_read(&command, argc, argv, o, &words, e);

	if (rc > 0)
		return cmdline_say(&command, rc, stdout, e) == 0 ? 1 : e->code;
	for (; rc == 0 && *words != NULL; words++)
		rc = take_word(&command, o, *words, e);
	return rc == 0 ? check(o, e) : rc;
}
