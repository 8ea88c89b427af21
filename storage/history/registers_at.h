/*
 * What the meters showed at an instant: the registers of the meters installed
 * at that time, as on their displays, not the continuous counters.
 */
#ifndef STORAGE_HISTORY_REGISTERS_AT_H
#define STORAGE_HISTORY_REGISTERS_AT_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/span.h"
#include "telegram/obis_quantities.h"

struct meter_reading {
	struct span medium;	/* "electricity"; invalid after the call */
	struct span identifier; /* as sent, in hexadecimal */
	int channel;		/* M-Bus channel; 0: electricity */
	const char *reg;	/* "import_t1"; for M-Bus "value" */
	struct span obis;	/* "1.8.1"; M-Bus: "24.2.1" */
	enum unit unit;
	/*
	 * Interpolated between the readings around the instant, rounded down;
	 * if none comes after it (of the same meter, with the register), the
	 * last value.
	 */
	int64_t value;
	int64_t before_ts, before; /* at or before it, UTC */
	bool has_after;
	int64_t after_ts, after; /* after it, if `before` is not at t */
};

/*
 * Call `row` with each register at t (UTC), meter by meter: electricity, meters
 * that are added to it ([meter] also), M-Bus meters by channel. A meter without
 * a reading at or before t was not in place. Returns 0 or a negative code.
 */
int registers_at(sqlite3 *db, int64_t t,
		 void (*row)(void *ctx, const struct meter_reading *r),
		 void *ctx, struct err *e);

#endif
