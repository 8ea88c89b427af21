/*
 * A reading as a line of a table that every spreadsheet takes: comma, point,
 * one header, the same columns every day and for every meter. The columns are
 * named as the keys of the JSON line; what a telegram does not carry is empty.
 */
#ifndef FORWARD_CSV_H
#define FORWARD_CSV_H

#include "telegram/reading.h"

enum { CSV_MAX = 4096 }; /* bytes that always suffice, NUL included */

/* With a newline and a NUL. Return their length. */
size_t csv_header(char buf[static CSV_MAX]);
size_t csv_reading(const struct reading *r, char buf[static CSV_MAX]);

#endif
