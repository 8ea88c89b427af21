/* Numbers as text, for people and for programs. */
#ifndef REPORTS_NUMBER_TEXT_H
#define REPORTS_NUMBER_TEXT_H

#include <stdint.h>

enum { NUMBER_TEXT = 32 };

/*
 * Write v * 10^-scale with `decimals` decimals (up to scale), rounded half away
 * from zero; never "-0". scale is 0 to 9. Returns buf.
 */
char *number_text(char buf[static NUMBER_TEXT], int64_t v, int scale,
		  int decimals, char point);

#endif
