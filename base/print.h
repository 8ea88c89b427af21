/*
 * What a program says to a person, on standard output or standard error: each
 * text printable (base/printable.h), whatever it was made of. Nothing but a
 * document (JSON, CSV, a picture, a telegram) is written to a terminal by other
 * means; a test of tests/safe_text.bats looks for it.
 */
#ifndef BASE_PRINT_H
#define BASE_PRINT_H

#include <stdio.h>

/* One line; its end is put. A line end in a value is written \x0a. */
void print_line(FILE *out, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* A piece of a line. Returns how many bytes were printed. */
int print_piece(FILE *out, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Go to the beginning of the line that a terminal is at; what is there stays. */
void print_return(FILE *out);

/* The same, and empty that line. */
void print_clear(FILE *out);

#endif
