/*
 * Print text for people on standard output or standard error, always printable
 * (base/printable.h). Only documents (JSON, CSV, a chart, a telegram) reach a
 * terminal by other means; tests/safe_text.bats checks this.
 */
#ifndef BASE_PRINT_H
#define BASE_PRINT_H

#include <stdint.h>
#include <stdio.h>

/* Print one line and its newline. A newline in a value becomes \x0a. */
void print_line(FILE *out, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Print part of a line. Returns the number of bytes. */
int print_piece(FILE *out, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Returns the noun for n things: `one` if n is 1, else `many`. */
const char *print_noun(int64_t n, const char *one, const char *many);

/* Return to the start of the terminal's line without clearing it. */
void print_return(FILE *out);

/* Return to the start of the terminal's line and clear it. */
void print_clear(FILE *out);

#endif
