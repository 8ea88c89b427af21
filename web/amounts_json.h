/* Parts that several documents share: amounts, and times for people. */
#ifndef WEB_AMOUNTS_JSON_H
#define WEB_AMOUNTS_JSON_H

#include <stdint.h>

#include "base/err.h"
#include "storage/history/series.h"

struct jsonout;
struct handler_data;

/*
 * Add the known amounts of a medium, named like the columns of the views:
 * "import_kwh":1.5. Bit s of `have` says that amount[s], in series[s].unit, is
 * known.
 */
void amounts_json_add(struct jsonout *o, enum medium m, uint32_t have,
		      const int64_t amount[SERIES_COUNT]);

/* Do the same for all media. */
void amounts_json_add_all(struct jsonout *o, uint32_t have,
			  const int64_t amount[SERIES_COUNT]);

/*
 * Add a member with the local time of t (UTC), "2026-03-10 12:36:10". Returns 0
 * or a negative code.
 */
int amounts_json_local(struct handler_data *w, struct jsonout *o,
		       const char *name, int64_t t, struct err *e);

#endif
