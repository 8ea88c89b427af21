/*
 * The truth file: a CSV line per telegram with what a reader must decode, to
 * the digits that the dialect prints. If the meter lies it holds the true
 * values, and its last column names those that the telegram falsifies.
 */
#ifndef SIM_TRUTH_H
#define SIM_TRUTH_H

#include "sim/dialect.h"
#include "sim/display.h"
#include "sim/fault.h"
#include "sim/lie.h"

struct truth;

/*
 * Create the file with its header, replacing an old one; `live` flushes each
 * line. NULL: ERR_CREATE, ERR_FAILED.
 */
struct truth *truth_new(const char *path, const struct dialect *d, int phases,
			bool live, struct err *e);

/* Add a telegram: the true values, and the differences. ERR_IO. */
int truth_add(struct truth *t, const struct display *f, const struct lie *lie,
	      const struct wire *w, struct err *e);

/* NULL is fine. ERR_IO if it could not be written. */
int truth_close(struct truth *t, struct err *e);

#endif
