#include "base/utc.h"

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
static int64_t days_from_date(int64_t year, int month, int day)
{
	int64_t y, era, of_era, of_year;

	if (month < 1 || month > 12) {
		year += (month - 1) / 12;
		month = (month - 1) % 12 + 1;
	}
	y = year - (month <= 2);
	era = y / 400;
	of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	of_era = (y - era * 400) * 365 + (y - era * 400) / 4 -
		 (y - era * 400) / 100 + of_year;
	return era * 146097 + of_era - 719468;
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

/* Write n digits of v and the character behind them. Returns the next place. */
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

/* Read two digits at p; -1 if one is not a digit. */
static int two_digits(const char *p)
{
	unsigned tens = (unsigned char)p[0] - (unsigned)'0';
	unsigned ones = (unsigned char)p[1] - (unsigned)'0';

	return tens > 9 || ones > 9 ? -1 : (int)(tens * 10 + ones);
}

bool civil_parse_tst(struct span s, struct civil *out)
{
	struct civil c;

	if (s.n != 12)
		return false;
	c = (struct civil){ two_digits(s.p),	 two_digits(s.p + 2),
			    two_digits(s.p + 4), two_digits(s.p + 6),
			    two_digits(s.p + 8), two_digits(s.p + 10) };
	if (c.year < 0 || c.year >= 70)
		return false;
	c.year += 2000;
	if (!civil_valid(&c))
		return false;
	*out = c;
	return true;
}
