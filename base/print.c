#include "base/print.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/printable.h"

/* Use few calls: standard error writes each one. A line is a single call. */
static int put(FILE *out, struct span text, const char *end)
{
	char buf[2048], piece[PRINTABLE_PIECE];
	size_t used = 0;
	int all = 0;

	while (text.n > 0) {
		size_t n = printable_next(&text, piece);

		if (used + n > sizeof(buf) - 1) {
			fwrite(buf, 1, used, out);
			used = 0;
		}
		memcpy(buf + used, piece, n);
		used += n;
		all += (int)n;
	}
	for (; *end != '\0'; end++)
		buf[used++] = *end;
	fwrite(buf, 1, used, out);
	return all;
}

/*
 * Print text of any length, or its first bytes if memory runs out, then `end`.
 */
static int put_format(FILE *out, const char *end, const char *fmt, va_list ap)
	__attribute__((format(printf, 3, 0)));

static int put_format(FILE *out, const char *end, const char *fmt, va_list ap)
{
	char few[512], *all = few;
	va_list again;
	size_t n;
	int used;

	va_copy(again, ap);
	used = vsnprintf(few, sizeof(few), fmt, ap);
	n = used > 0 ? (size_t)used : 0;
	if (n >= sizeof(few) && (all = malloc(n + 1)) != NULL)
		vsnprintf(all, n + 1, fmt, again);
	va_end(again);
	if (all == NULL)
		return put(out, (struct span){ few, sizeof(few) - 1 }, end);
	used = put(out, (struct span){ all, n }, end);
	if (all != few)
		free(all);
	return used;
}

void print_line(FILE *out, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_format(out, "\n", fmt, ap);
	va_end(ap);
}

int print_piece(FILE *out, const char *fmt, ...)
{
	va_list ap;
	int used;

	va_start(ap, fmt);
	used = put_format(out, "", fmt, ap);
	va_end(ap);
	return used;
}

const char *print_noun(int64_t n, const char *one, const char *many)
{
	return n == 1 ? one : many;
}

void print_return(FILE *out)
{
	putc('\r', out);
}

void print_clear(FILE *out)
{
	fputs("\r\033[K", out);
}
