#include "base/utc.h"

#include "base/swar.h"

static bool leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_of_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && leap(year));
}

bool civil_valid(const struct civil *c)
{
	return c->year >= 1970 && c->year <= 9999 && c->month >= 1 &&
	       c->month <= 12 && c->day >= 1 &&
	       c->day <= days_of_month(c->year, c->month) && c->hour >= 0 &&
	       c->hour <= 23 && c->minute >= 0 && c->minute <= 59 &&
	       c->second >= 0 && c->second <= 59;
}

/*
 * Days from 1970-01-01 to a Gregorian date, counting years from 1 March so that
 * the leap day comes last.
 */
static int64_t days_from_date(int year, int month, int day)
{
	unsigned y, of_year;

	if (month < 1 || month > 12) {
		year += (month - 1) / 12;
		month = (month - 1) % 12 + 1;
	}
	y = (unsigned)year - (month <= 2);
	of_year = (153 * ((unsigned)month + (month > 2 ? -3U : 9)) + 2) / 5 +
		  (unsigned)day - 1;
	return (int64_t)(y * 365 + y / 4 - y / 100 + y / 400 + of_year) -
	       719468;
}

int64_t utc_from_civil(const struct civil *c)
{
	return days_from_date(c->year, c->month, c->day) * DAY_S +
	       c->hour * HOUR_S + c->minute * 60 + c->second;
}

/* The inverse of days_from_date. */
static struct civil date_from_days(int64_t days)
{
	int64_t z = days + 719468, era = z / 146097, of_era = z % 146097;
	int64_t year =
		(of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) /
		365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t m = (5 * of_year + 2) / 153;
	struct civil c = { 0 };

	c.day = (int)(of_year - (153 * m + 2) / 5 + 1);
	c.month = (int)(m < 10 ? m + 3 : m - 9);
	c.year = (int)(year + era * 400 + (c.month <= 2));
	return c;
}

struct civil utc_to_civil(int64_t utc)
{
	struct civil c = date_from_days(utc / DAY_S);
	int second = (int)(utc % DAY_S);

	c.hour = second / HOUR_S;
	c.minute = second / 60 % 60;
	c.second = second % 60;
	return c;
}

/*
 * Write n digits of v, followed by the character `behind`. Returns where the
 * next one goes.
 */
static char *put(char *p, unsigned v, int n, char behind)
{
	for (int i = n; i-- > 0; v /= 10)
		p[i] = (char)('0' + v % 10);
	p[n] = behind;
	return p + n + 1;
}

char *utc_format(char buf[static UTC_TEXT], int64_t utc)
{
	struct civil c = utc_to_civil(utc);
	char *p = put(buf, (unsigned)c.year, 4, '-');

	p = put(p, (unsigned)c.month, 2, '-');
	p = put(p, (unsigned)c.day, 2, 'T');
	p = put(p, (unsigned)c.hour, 2, ':');
	p = put(p, (unsigned)c.minute, 2, ':');
	p = put(p, (unsigned)c.second, 2, 'Z');
	*p = '\0';
	return buf;
}

/* Read n digits at p; -1 if one is not a digit. */
static int digits(const char *p, size_t n)
{
	int v = 0;

	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return -1;
		v = v * 10 + (p[i] - '0');
	}
	return v;
}

bool utc_parse(struct span s, int64_t *out)
{
	struct civil c;

	if (s.n != 20 || s.p[4] != '-' || s.p[7] != '-' || s.p[10] != 'T' ||
	    s.p[13] != ':' || s.p[16] != ':' || s.p[19] != 'Z')
		return false;
	c = (struct civil){ digits(s.p, 4),	 digits(s.p + 5, 2),
			    digits(s.p + 8, 2),	 digits(s.p + 11, 2),
			    digits(s.p + 14, 2), digits(s.p + 17, 2) };
	if (!civil_valid(&c))
		return false;
	*out = utc_from_civil(&c);
	return true;
}

/* Two digits of a number that swar_pairs made. */
static int pair(uint64_t pairs, int i)
{
	return (int)(pairs >> 16 * i & 0xFF);
}

bool civil_parse_tst(struct span s, struct civil *out)
{
	uint64_t date, time;
	struct civil c;

	if (s.n != 12)
		return false;
	/* YYMMDDhh and DDhhmmss, which overlap in DDhh */
	date = swar_digits(swar_at(s.p));
	time = swar_digits(swar_at(s.p + 4));
	if ((swar_no_digit(date) | swar_no_digit(time)) != 0)
		return false;
	date = swar_pairs(date);
	time = swar_pairs(time);
	c.year = 2000 + pair(date, 0);
	c.month = pair(date, 1);
	c.day = pair(date, 2);
	c.hour = pair(date, 3);
	c.minute = pair(time, 2);
	c.second = pair(time, 3);
	if (c.year >= 2070 || !civil_valid(&c))
		return false;
	*out = c;
	return true;
}
