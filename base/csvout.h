/* CSV cells (RFC 4180) that are safe to open in a spreadsheet. */
#ifndef BASE_CSVOUT_H
#define BASE_CSVOUT_H

#include <stddef.h>

#include "base/span.h"

/*
 * Write `text` as a NUL-terminated cell into `buf`: printable
 * (base/printable.h), quoted where needed. Text that a spreadsheet would take
 * for a formula (it starts with = + - or @ and is not a number) gets a leading
 * ' (OWASP, "CSV Injection"). Returns the length; if it is `size` or more, buf
 * is empty.
 */
size_t csv_cell(char *buf, size_t size, struct span text);

#endif
