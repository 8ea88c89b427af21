/*
 * Writes JSON into a buffer, without spaces. Commas are put by themselves; each
 * key stands before one value. What does not fit is counted and left out, so
 * only jsonout_end has to look.
 *
 *	struct jsonout o = jsonout(buf, sizeof(buf));
 *	jsonout_open(&o, NULL, '{');
 *	jsonout_whole(&o, "tariff", 2);
 *	jsonout_close(&o, '}');
 *	n = jsonout_end(&o);
 *
 * In an array the name is NULL.
 */
#ifndef BASE_JSONOUT_H
#define BASE_JSONOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

struct jsonout {
	char *buf;
	size_t size;
	size_t n;    /* bytes written, or wanted */
	bool opened; /* an object or array has just begun: no comma */
};

static inline struct jsonout jsonout(char *buf, size_t size)
{
	return (struct jsonout){ buf, size, 0, true };
}

/* An object '{' or an array '['; closed with its counterpart. */
void jsonout_open(struct jsonout *o, const char *name, char bracket);
void jsonout_close(struct jsonout *o, char bracket);

/* Bytes outside printable ASCII are written \u00XX. */
void jsonout_text(struct jsonout *o, const char *name, struct span text);
void jsonout_whole(struct jsonout *o, const char *name, int64_t v);

/* A count of thousandths, with three decimals. */
void jsonout_decimal(struct jsonout *o, const char *name, int64_t thousandths);

/* What is JSON already: "null", "true". */
void jsonout_raw(struct jsonout *o, const char *name, const char *json);

/* Put the NUL; the length, or 0 when the buffer did not suffice. */
size_t jsonout_end(struct jsonout *o);

#endif
