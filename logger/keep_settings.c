#include "logger/keep_settings.h"

#include <string.h>

#include "base/fixed.h"
#include "base/print.h"
#include "base/span.h"
#include "base/utc.h"

#define YEAR_S 31556952.0 /* as the calendar has them */

enum { MOST_DAYS = 36525 };

static const struct {
	const char *name;
	size_t for_at, every_at;
} keys[KEEP_KINDS] = {
#define KEEP(kind, field)                                                      \
	[kind] = { #field, offsetof(struct all_settings, keep.field),          \
		   offsetof(struct all_settings, keep.field##_every) }
	KEEP(KEEP_ROWS, rows),
	KEEP(KEEP_PHASES, phases),
	KEEP(KEEP_QUALITY, quality),
#undef KEEP
};

/* In days: "90d", "2y"; 0: "forever". -1: neither. */
static long days_of(const char *text)
{
	const struct span number = { text, strspn(text, "0123456789") };
	const char *unit_text = text + number.n;
	const int64_t unit = strcmp(unit_text, "d") == 0   ? 1
			     : strcmp(unit_text, "y") == 0 ? 365
							   : 0;
	int64_t n;

	if (strcmp(text, "forever") == 0)
		return 0;
	if (unit == 0 || !fixed_parse(number, 0, &n) || n < 1 ||
	    n * unit > MOST_DAYS)
		return -1;
	return (long)(n * unit + (unit > 1 ? n / 4 : 0));
}

int keep_settings_read(struct keep_rules *rules, const struct all_settings *s,
		       struct err *e)
{
	static const int64_t every[] = { KEEP_FINE_S, KEEP_COARSE_S };

	for (int k = 0; k < KEEP_KINDS; k++) {
		const char *text = (const char *)s + keys[k].for_at;
		const long days = days_of(text);
		int which;

		memcpy(&which, (const char *)s + keys[k].every_at,
		       sizeof(which));
		if (days < 0)
			return err_set(e, ERR_CONFIG,
				       "[keep] %s: '%s' is not a time such as "
				       "90d or 2y (100y at most), or forever",
				       keys[k].name, text);
		rules->of[k] = (struct keep_rule){ days * (int64_t)DAY_S,
						   every[which] };
	}
	return 0;
}

/* Bytes of a row, and of a full year of hours (docs/database.md). */
enum {
	ROW = 49,
	/* Including the space that removed rows leave: of a boundary, of an hour */
	THINNED_ROWS = 90,
	PEAK_ROWS = 150,
	PHASES_ROW = 37,
	MBUS_ROW = 21,
	HOURS = 1400000,
	EMPTY = 300000,
};

struct table {
	double row, thinned_rows, peak_rows, interval;
};

static double table_size(const struct table *t, const struct keep_rule *rule,
			 double seconds)
{
	const double every = (double)rule->every_s;
	double full = seconds, thin = 0;

	if (rule->for_s > 0 && seconds > (double)rule->for_s &&
	    t->interval < every) {
		full = (double)rule->for_s;
		thin = seconds - full;
	}
	return full / t->interval * t->row + thin / every * t->thinned_rows +
	       thin / (double)HOUR_S * t->peak_rows;
}

double keep_settings_size(const struct all_settings *s, double years)
{
	const double phases = s->phases_interval > s->interval
				      ? (double)s->phases_interval
				      : (double)s->interval;
	const double mbus = s->interval > 300 ? (double)s->interval : 300;
	const struct table tables[][KEEP_KINDS] = {
		{ [KEEP_ROWS] = { ROW, THINNED_ROWS, PEAK_ROWS,
				  (double)s->interval },
		  [KEEP_PHASES] = { PHASES_ROW, PHASES_ROW, 0, phases } },
		{ [KEEP_ROWS] = { MBUS_ROW, MBUS_ROW, 0, mbus } },
	};
	struct keep_rules rules;
	struct err ignored;
	double bytes = (double)EMPTY + (double)HOURS * years;

	if (keep_settings_read(&rules, s, &ignored) < 0)
		return 0;
	for (size_t i = 0; i < COUNT(tables); i++)
		for (int k = 0; k < KEEP_KINDS; k++)
			if (tables[i][k].row > 0)
				bytes += table_size(&tables[i][k], &rules.of[k],
						    years * YEAR_S);
	return bytes / 1e6;
}

void keep_settings_print(const struct all_settings *s, FILE *out)
{
	print_line(out,
		   "[keep]: the database will take about %.0f MB after a year "
		   "and %.0f MB after ten years, with three phases and a gas "
		   "meter.",
		   keep_settings_size(s, 1), keep_settings_size(s, 10));
}
