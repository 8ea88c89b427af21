/*
 * Cells of CSV tables (RFC 4180) that a person opens in a spreadsheet.
 */
#ifndef BASE_CSVOUT_H
#define BASE_CSVOUT_H

#include <stdio.h>

#include "base/span.h"

/*
 * Write `text` as a cell into `buf` with a NUL: printable (base/printable.h), in
 * quotes where a separator needs them. A text that a spreadsheet would take for
 * a formula, because it begins with = + - or @ and is not a number, has a ' in
 * front, which makes it a text there (OWASP, "CSV Injection"). Returns the
 * length; where it is `size` or more, buf is empty.
 */
size_t csv_cell(char *buf, size_t size, struct span text);

/* The same to a stream, of any length. Without memory for it the cell is empty. */
void csv_put(FILE *out, struct span text);

#endif
