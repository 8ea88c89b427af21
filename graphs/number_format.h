/*
 * Write numbers as each language does: "1 234.5 kWh", "€ 1,49". Thousands are
 * separated by a narrow no-break space, the unit by a no-break space. Every
 * function returns buf.
 */
#ifndef GRAPHS_NUMBER_FORMAT_H
#define GRAPHS_NUMBER_FORMAT_H

#include <stdint.h>

#include "graphs/chart_languages.h"
#include "graphs/round_scale.h"

enum { FORMAT_TEXT = 64 }; /* bytes, NUL included */

/*
 * How many decimals to show an amount with, given as a count of small units of
 * m: two below 10, one below 1000, else none; never more than m has.
 */
int format_decimals(int64_t value, const struct measure *m);

/* The same for a label: two below 1, one below 100, else none. */
int format_label_decimals(int64_t value, const struct measure *m);

/* "1 234.5", rounded half away from zero; a minus is U+2212. */
char *format_number(char buf[static FORMAT_TEXT], int64_t value,
		    const struct measure *m, int decimals,
		    const struct picture_words *w);

/* "1 234.5 kWh", with as many decimals as fit its size. */
char *format_amount(char buf[static FORMAT_TEXT], int64_t value,
		    const struct measure *m, const struct picture_words *w);

/* "478 W" below 1000 W, else "3.40 kW". */
char *format_power(char buf[static FORMAT_TEXT], int64_t watt,
		   const struct picture_words *w);

/*
 * "€1.49", from 10^-9 of the currency (an ISO 4217 code): two decimals below
 * 1000, else none.
 */
char *format_money(char buf[static FORMAT_TEXT], int64_t nano,
		   const char *currency, const struct picture_words *w);

#endif
