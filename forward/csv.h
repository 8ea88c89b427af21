/*
 * A reading as a CSV line that every spreadsheet accepts: comma, decimal point,
 * one header, the same columns every day and for every meter. Columns are named
 * like the keys of the JSON line; values that the telegram lacks are empty.
 */
#ifndef FORWARD_CSV_H
#define FORWARD_CSV_H

#include "telegram/reading.h"

enum { CSV_MAX = 4096 }; /* a sufficient buffer size, NUL included */

/* Write a line with a newline and a NUL. Return its length. */
size_t csv_header(char buf[static CSV_MAX]);
size_t csv_reading(const struct reading *r, char buf[static CSV_MAX]);

#endif
