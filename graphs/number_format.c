#include "graphs/number_format.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/fixed.h"
#include "base/span.h"

/*
 * Separators of groups of digits, and of the unit. Neither allows a line break.
 */
static const char narrow_space[] = "\u202f";
static const char space[] = "\u00a0";
static const char minus[] = "\u2212";

/* A count of small units in 10^-decimals of the unit, rounded. */
static int64_t rounded(int64_t value, const struct measure *m, int decimals)
{
	int64_t size = value < 0 ? -value : value;

	return (size * fixed_ten_to(decimals) + m->size / 2) / m->size;
}

/* Is it less than `limit` units when it is shown with these decimals? */
static bool below(int64_t limit, int64_t value, const struct measure *m,
		  int decimals)
{
	return rounded(value, m, decimals) < limit * fixed_ten_to(decimals);
}

static int at_most(int decimals, const struct measure *m)
{
	return decimals < m->decimals ? decimals : m->decimals;
}

int format_decimals(int64_t value, const struct measure *m)
{
	return at_most(below(10, value, m, 2)	  ? 2
		       : below(1000, value, m, 1) ? 1
						  : 0,
		       m);
}

int format_label_decimals(int64_t value, const struct measure *m)
{
	return at_most(below(1, value, m, 2)	 ? 2
		       : below(100, value, m, 1) ? 1
						 : 0,
		       m);
}

/* Write digits to buf in groups of three. */
static void group(char *buf, const char *digits)
{
	size_t n = strlen(digits);

	for (size_t i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0) {
			memcpy(buf, narrow_space, sizeof(narrow_space) - 1);
			buf += sizeof(narrow_space) - 1;
		}
		*buf++ = digits[i];
	}
	*buf = '\0';
}

char *format_number(char buf[static FORMAT_TEXT], int64_t value,
		    const struct measure *m, int decimals,
		    const struct picture_words *w)
{
	int64_t parts = fixed_ten_to(decimals);
	int64_t size = rounded(value, m, decimals);
	bool negative = value < 0 && size > 0;
	char digits[24], whole[40], fraction[24];

	snprintf(digits, sizeof(digits), "%lld", (long long)(size / parts));
	group(whole, digits);
	/* Add 1000 and skip its first digit, so that 49 is written as 049. */
	size = parts + size % parts;
	snprintf(fraction, sizeof(fraction), "%lld", (long long)size);
	fraction[0] = w->point;
	snprintf(buf, FORMAT_TEXT, "%s%.36s%.20s", negative ? minus : "", whole,
		 decimals > 0 ? fraction : "");
	return buf;
}

static char *add_unit(char *buf, const char *unit)
{
	size_t n = strlen(buf);

	snprintf(buf + n, FORMAT_TEXT - n, "%s%s", space, unit);
	return buf;
}

char *format_amount(char buf[static FORMAT_TEXT], int64_t value,
		    const struct measure *m, const struct picture_words *w)
{
	format_number(buf, value, m, format_decimals(value, m), w);
	return add_unit(buf, m->unit);
}

char *format_power(char buf[static FORMAT_TEXT], int64_t watt,
		   const struct picture_words *w)
{
	static const struct measure small = { "W", 1, 0 };
	static const struct measure large = { "kW", 1000, 3 };
	const struct measure *m = watt < 1000 ? &small : &large;

	format_number(buf, watt, m, at_most(2, m), w);
	return add_unit(buf, m->unit);
}

/* Returns the sign of a well-known currency, else its code. */
static const char *sign_of(const char *currency)
{
	static const char *const signs[][2] = {
		{ "EUR", "€" },
		{ "GBP", "£" },
		{ "USD", "$" },
	};

	for (size_t i = 0; i < COUNT(signs); i++)
		if (strcmp(signs[i][0], currency) == 0)
			return signs[i][1];
	return NULL;
}

char *format_money(char buf[static FORMAT_TEXT], int64_t nano,
		   const char *currency, const struct picture_words *w)
{
	static const struct measure whole = { "", 1000000000, 9 };
	const char *sign = sign_of(currency);
	int64_t size = nano < 0 ? -nano : nano;
	int decimals = below(1000, size, &whole, 2) ? 2 : 0;
	bool negative = nano < 0 && rounded(size, &whole, decimals) > 0;
	char number[FORMAT_TEXT];

	format_number(number, size, &whole, decimals, w);
	snprintf(buf, FORMAT_TEXT, "%s%.8s%s%.40s", negative ? minus : "",
		 sign ? sign : currency, sign ? w->money_space : space, number);
	return buf;
}
