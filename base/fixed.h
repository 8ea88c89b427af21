/*
 * Exact numbers. Meter values are stored as integer counts of a small unit (Wh,
 * W, mV, mA, dm3, MJ): sums, differences and comparisons are exact, and a
 * stored register is the register, not the nearest double.
 */
#ifndef BASE_FIXED_H
#define BASE_FIXED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* The value of a digit, 0 to 9; any other character gives a larger one. */
static inline unsigned digit_value(char c)
{
	return (unsigned)(unsigned char)c - '0';
}

enum {
	FIXED_WHOLE = 12,   /* maximum digits before the point */
	FIXED_DECIMALS = 6, /* digits after it that are used */
};

/* A number as printed: the digits that are used, and how many are decimals. */
struct fixed {
	uint64_t digits;
	size_t decimals; /* 0 to FIXED_DECIMALS */
};

/* 10^n, n from 0 to 18. */
static inline int64_t fixed_ten_to(int n)
{
	int64_t p = 1;

	while (n-- > 0)
		p *= 10;
	return p;
}

/*
 * Returns f times 10^scale (0 to FIXED_DECIMALS); more decimals are truncated.
 */
static inline int64_t fixed_count(struct fixed f, size_t scale)
{
	static const uint64_t ten_to[FIXED_DECIMALS + 1] = {
		1, 10, 100, 1000, 10000, 100000, 1000000
	};

	return (int64_t)(f.decimals <= scale
				 ? f.digits * ten_to[scale - f.decimals]
				 : f.digits / ten_to[f.decimals - scale]);
}

/*
 * Cut the number off the front of *s. Returns false and leaves *s unchanged if
 * it does not start with a number that fixed_parse allows.
 */
bool fixed_take(struct span *s, struct fixed *out);

/*
 * Read a decimal such as "001234.567" times 10^scale (scale 0 to 6) as a whole
 * number: "1.5" with scale 3 is 1500. Decimals beyond the scale are truncated,
 * as a counter's are. Allows at most 12 digits before the point and any number
 * after it, with digits on at least one side; no sign, blanks or exponent.
 * Returns false for anything else and leaves *out alone.
 */
bool fixed_parse(struct span s, int scale, int64_t *out);

enum { FIXED_TEXT = 24 }; /* buffer size for the functions below, with NUL */

/* Write a whole number. Returns the length. */
size_t fixed_whole(char buf[static FIXED_TEXT], int64_t v);

/*
 * Write a number that has a decimal comma, "0,25" or "-1,5", with a decimal
 * point. Returns NULL if `text` is not such a number or is too long.
 */
char *fixed_with_point(char buf[static FIXED_TEXT], struct span text);

/*
 * Write a count of thousandths with three decimals: 1164722 gives "1164.722",
 * -5 gives "-0.005". Returns buf.
 */
char *fixed_format(char buf[static FIXED_TEXT], int64_t thousandths);

/*
 * Write `thousandths / 1000.0` as SQLite prints it, without trailing zeros but
 * with at least one decimal: 160 gives "0.16", 5000 "5.0". Returns the length.
 */
size_t fixed_short(char buf[static FIXED_TEXT], int64_t thousandths);

#endif
