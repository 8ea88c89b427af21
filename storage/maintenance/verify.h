/*
 * Is what the database says true to itself? Its file, its counters, its views.
 */
#ifndef STORAGE_MAINTENANCE_VERIFY_H
#define STORAGE_MAINTENANCE_VERIFY_H

#include <stdint.h>

#include "base/err.h"
#include "storage/judge/rules.h"

/* What is called with each thing that is wrong: a sentence with table, time
 * and values. */
struct verify {
	void (*say)(void *ctx, const char *sentence);
	void *ctx;
	struct judge_limits limits; /* what the connection can deliver */
	int64_t found;	/* how many there were; the first hundred are said */
	int64_t rows;	/* of all tables but meta; 0 of a damaged file */
	int64_t newest; /* UTC of the newest reading; INT64_MIN: none */
};

/*
 * Only reads, beside a service too. In this order: integrity of the file (what
 * is damaged is asked no more); each accepted reading can follow those before it of
 * its meter, as the judge says (judge/rules.h); runs and
 * offsets are those that the readings give; the calendar has no hole; the counters at each boundary are those that the readings give. 0 when it could be done, v->found then says how it
 * went, or a negative code as history_open.
 */
int verify_database(const char *path, struct verify *v, struct err *e);

#endif
