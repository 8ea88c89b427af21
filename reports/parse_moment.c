#include "reports/parse_moment.h"

#include <stdio.h>
#include <string.h>

#include "base/localday.h"
#include "base/span.h"

/* Read optional seconds, ":10", and an optional offset, "+01:00". */
static bool take_rest(const char *rest, struct civil *c, bool *has_offset,
		      int *offset_s)
{
	int hours, minutes, n = 0;
	char sign;

	if (sscanf(rest, ":%2d%n", &c->second, &n) == 1 && n > 0)
		rest += n;
	n = 0;
	*has_offset = *rest != '\0';
	if (!*has_offset)
		return true;
	if (sscanf(rest, "%c%2d:%2d%n", &sign, &hours, &minutes, &n) != 3 ||
	    rest[n] != '\0' || (sign != '+' && sign != '-') || hours < 0 ||
	    hours > 14 || minutes < 0 || minutes > 59)
		return false;
	*offset_s = (hours * 60 + minutes) * 60 * (sign == '-' ? -1 : 1);
	return true;
}

/* Parse a local date and time. */
static bool take_time(const char *text, int64_t *out)
{
	struct civil c = { 0 };
	int n = 0, offset_s = 0;
	bool has_offset;
	char between;

	if (sscanf(text, "%4d-%2d-%2d%c%2d:%2d%n", &c.year, &c.month, &c.day,
		   &between, &c.hour, &c.minute, &n) != 6 ||
	    n == 0 || strchr(" T", between) == NULL ||
	    !take_rest(text + n, &c, &has_offset, &offset_s) ||
	    !civil_valid(&c))
		return false;
	*out = has_offset ? utc_from_civil(&c) - offset_s
			  : localday_resolve(&c, INT64_MIN);
	return true;
}

static int64_t end_of(const char *text, const struct civil *c)
{
	size_t n = strlen(text);

	if (n == 4)
		return localday_year_start(c->year + 1);
	if (n == 7)
		return localday_month_start(c->year, c->month + 1);
	return localday_day_start(c->year, c->month, c->day + 1);
}

int parse_moment(const char *text, int64_t now, bool end, int64_t *out,
		 struct err *e)
{
	struct civil c;

	if (strcmp(text, "now") == 0) {
		*out = now;
		return 0;
	}
	if (utc_parse(span_of(text), out) || take_time(text, out))
		return 0;
	if (localday_parse_date(text, now, &c, e) < 0)
		return err_set(e, ERR_USAGE,
			       "'%s' is not a time (YYYY-MM-DD HH:MM, "
			       "YYYY-MM-DD, YYYY-MM, YYYY, now, today, "
			       "yesterday or YYYY-MM-DDTHH:MM:SSZ)",
			       text);
	*out = end ? end_of(text, &c)
		   : localday_day_start(c.year, c.month, c.day);
	return 0;
}
