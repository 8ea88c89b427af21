/*
 * The truth file: one line of CSV for each telegram, with what a reader must
 * make of it, to the digits that the dialect prints. Where the meter lies it
 * holds what is so, and its last column names those that the telegram says
 * otherwise.
 */
#ifndef SIM_TRUTH_H
#define SIM_TRUTH_H

#include "sim/dialect.h"
#include "sim/display.h"
#include "sim/fault.h"
#include "sim/lie.h"

struct truth;

/*
 * Make the file again, with its heading; `live` writes each line at once. NULL:
 * ERR_CREATE, ERR_FAILED.
 */
struct truth *truth_new(const char *path, const struct dialect *d, int phases,
			bool live, struct err *e);

/* One telegram, of what is so, and how it differs from it. ERR_IO. */
int truth_add(struct truth *t, const struct display *f, const struct lie *lie,
	      const struct wire *w, struct err *e);

/* NULL is fine. ERR_IO when it was not writable. */
int truth_close(struct truth *t, struct err *e);

#endif
