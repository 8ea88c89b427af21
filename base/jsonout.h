/*
 * Write compact JSON into a buffer. Commas are added automatically. Output that
 * does not fit is counted and discarded, so only jsonout_end needs checking.
 *
 *   struct jsonout o = jsonout(buf, sizeof(buf));
 *   jsonout_open(&o, NULL, '{');
 *   jsonout_whole(&o, "tariff", 2);
 *   jsonout_close(&o, '}');
 *   n = jsonout_end(&o);
 *
 * Pass NULL as the name inside an array.
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
	size_t n;    /* bytes written or needed */
	bool opened; /* at the start of an object or array: no comma */
};

static inline struct jsonout jsonout(char *buf, size_t size)
{
	return (struct jsonout){ buf, size, 0, true };
}

/* Open or close an object '{' or an array '['. */
void jsonout_open(struct jsonout *o, const char *name, char bracket);
void jsonout_close(struct jsonout *o, char bracket);

/* Bytes outside printable ASCII become \u00XX. */
void jsonout_text(struct jsonout *o, const char *name, struct span text);
void jsonout_whole(struct jsonout *o, const char *name, int64_t v);

/* A count of thousandths, with three decimals. */
void jsonout_decimal(struct jsonout *o, const char *name, int64_t thousandths);

/* A value that is already JSON: "null", "true". */
void jsonout_raw(struct jsonout *o, const char *name, const char *json);

/*
 * Terminate with a NUL. Returns the length, or 0 if the buffer was too small.
 */
size_t jsonout_end(struct jsonout *o);

#endif
