/* Dates and times of a query, as text, and what meters showed at them. */
#include <stdlib.h>

#include "base/utc.h"
#include "storage/history/query.h"
#include "storage/history/query_connection.h"

static bool all_digits(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/*
 * Convert "2026-03" to "2026-03-01", its first day. Returns false if it is not
 * a date.
 */
static bool first_day(struct span text, char day[LOCAL_TIME_DAY])
{
	static const char rest[] = "0000-01-01";
	struct civil c = { 0 };

	if (text.n != 4 && text.n != 7 && text.n != 10)
		return false;
	memcpy(day, rest, sizeof(rest));
	memcpy(day, text.p, text.n);
	for (int i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? day[i] != '-'
				     : !all_digits((struct span){ day + i, 1 }))
			return false;
	c.year = atoi(day);
	c.month = atoi(day + 5);
	c.day = atoi(day + 8);
	return civil_valid(&c);
}

static int begin_of_day(struct query *q, const char *day, int64_t *out,
			struct err *e)
{
	query_begin(q);
	return query_end(q, local_time_day_start(q->db, span_of(day), out, e),
			 e);
}

int query_date(struct query *q, struct span text, char day[LOCAL_TIME_DAY],
	       struct err *e)
{
	char now[LOCAL_TIME_TEXT];
	int rc;

	if (text.n > 0 && !first_day(text, day))
		return err_set(e, ERR_USAGE,
			       "'%.*s' is not a date such as 2026, 2026-03 or "
			       "2026-03-10",
			       (int)(text.n < 40 ? text.n : 40), text.p);
	if (text.n > 0)
		return 0;
	query_begin(q);
	rc = local_time_format(q->db, clock_utc(q->clock), now, e);
	snprintf(day, LOCAL_TIME_DAY, "%.10s", now);
	return query_end(q, rc, e);
}

int query_instant(struct query *q, struct span text, int64_t *out,
		  struct err *e)
{
	char day[LOCAL_TIME_DAY], digits[16];

	if (utc_parse(text, out))
		return 0;
	if (first_day(text, day))
		return begin_of_day(q, day, out, e);
	if (!all_digits(text) || text.n > 11)
		return err_set(
			e, ERR_USAGE,
			"'%.*s' is not a time such as 2026, 2026-03, 2026-03-10, "
			"2026-03-10T11:36:10Z or seconds since 1970",
			(int)(text.n < 40 ? text.n : 40), text.p);
	memcpy(digits, text.p, text.n);
	digits[text.n] = '\0';
	*out = atoll(digits);
	return 0;
}

int query_registers_at(struct query *q, int64_t t,
		       void (*row)(void *ctx, const struct meter_reading *r),
		       void *ctx, struct err *e)
{
	query_begin(q);
	return query_end(q, registers_at(q->db, t, row, ctx, e), e);
}
