/*
 * Electric energy at evenly spaced instants: the basis of p1web's curves and
 * quarters. It gives the same as interpolation.h, to within a Wh, but queries
 * many instants at once where no meter changes.
 */
#ifndef STORAGE_HISTORY_ENERGY_CURVE_H
#define STORAGE_HISTORY_ENERGY_CURVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "storage/db/stmt.h"
#include "storage/history/interpolation.h"

/*
 * Wh of import and export since an instant that is the same for all points of a
 * reading. A point is known if there are readings on both sides of it. They are
 * `apart_s` seconds apart, 0 if one is at that instant.
 */
struct energy_point {
	bool known;
	int64_t import_wh, export_wh, apart_s;
};

struct energy_curve {
	sqlite3 *db;
	struct interpolation *counters;
	struct stmt points, changes;
};

/* Both must outlive *c. */
void energy_curve_open(struct energy_curve *c, sqlite3 *db,
		       struct interpolation *counters);
void energy_curve_close(struct energy_curve *c); /* safe if zeroed */

/*
 * Read the points at `from` (UTC), from + step, ... Returns 0 or a negative
 * code.
 */
int energy_curve_read(struct energy_curve *c, int64_t from, int64_t step, int n,
		      struct energy_point *out, struct err *e);

#endif
