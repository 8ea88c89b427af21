#include "logger/import_times.h"

#include <stdlib.h>
#include <string.h>

#include "base/localday.h"
#include "base/span.h"
#include "base/utc.h"

enum {
	USUAL_STEP = 10, /* for a DSMR 2.2 or 3.0 meter */
	LONGEST_STEP = 366 * DAY_S,
};

static bool parse_step(const char *text, int64_t *out)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end != '\0' || n < 1 || n > LONGEST_STEP)
		return false;
	*out = n;
	return true;
}

/* With Z it is UTC, without it local. */
static bool parse_time(struct span s, int64_t *out)
{
	char utc[UTC_TEXT];
	struct civil local;

	if (s.n > 0 && s.p[s.n - 1] == 'Z')
		return utc_parse(s, out);
	if (s.n + 2 > sizeof(utc))
		return false;
	memcpy(utc, s.p, s.n);
	memcpy(utc + s.n, "Z", 2);
	if (!utc_parse(span_of(utc), out))
		return false;
	local = utc_to_civil(*out);
	*out = localday_resolve(&local, INT64_MIN);
	return true;
}

static int refuse(const char *text, struct err *e)
{
	return err_set(e, ERR_USAGE,
		       "'%s' is not of the form "
		       "2013-01-05T10:00:00Z+10 or mtime+10",
		       text);
}

int timefrom_parse(const char *text, struct timefrom *out, struct err *e)
{
	struct span rest = span_of(text), head;

	if (!span_cut(&rest, '+', &head)) {
		head = rest;
		rest = (struct span){ 0 };
	}
	out->step = USUAL_STEP;
	if (rest.n > 0 && !parse_step(rest.p, &out->step))
		return refuse(text, e);
	if (span_eq(head, SPAN("mtime"))) {
		out->kind = TIMEFROM_MTIME;
		return 0;
	}
	out->kind = TIMEFROM_STAMP;
	return rest.n > 0 && parse_time(head, &out->first) ? 0
							   : refuse(text, e);
}
