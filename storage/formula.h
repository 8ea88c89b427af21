/*
 * The formula of consumption, as SQL.
 *
 *	counter at t = counter before + (after - before) * (t - ts before)
 *	               / max(1, ts after - ts before)     in whole numbers
 *	consumed     = counter at the end - counter at the start
 *
 * A counter is the meter's plus the offset of its installation. Before the
 * first reading and after the last one it stands still. Rounding the counter at
 * the boundary, and never the consumption, is what makes every sum exact.
 */
#ifndef STORAGE_FORMULA_H
#define STORAGE_FORMULA_H

#include <sqlite3.h>

#include "storage/series.h"

/* The media that SERIES has series of, as a set for formula_counters. */
#define FORMULA_MEDIA (~0u)

/*
 * A SELECT with one row for each `ts` of the table or subquery `source`, of
 * the media whose bits (1 << medium) are set:
 *	ts,
 *	each series by its column name: the counter in small units,
 *	each electricity series' name and "_seen": NULL when the readings
 *	around ts lack the register,
 *	each medium's gap (formula_gap_name): the distance of the readings
 *	around ts, 0 at a reading, before the first and after the last one.
 * All are NULL where there are no readings.
 */
void formula_counters(sqlite3_str *sql, const char *source, unsigned media);

/* "gap_s" for electricity, "gas_gap_s" for gas. */
void formula_gap_name(sqlite3_str *sql, enum medium m);

/* The first series of each medium in turn: true for SERIES_IMPORT, _GAS ... */
bool formula_leads(enum series s);

#endif
