/*
 * The formula of consumption, as pieces of SQL.
 *
 *	counter at t = counter before + (after - before) * (t - ts before)
 *	               / max(1, ts after - ts before)     in whole numbers
 *	consumed     = counter at the end - counter at the start
 *
 * where a counter is the meter's plus the offset of its installation. The rows
 * around a boundary "s" (start) or "e" (end) go by the names sb and sa, eb and
 * ea; their installations by sbi, sai, ebi, eai. Before the first reading and
 * after the last one both are that one. The rounding is of the counter at the
 * boundary, never of the consumption: so all sums are exact.
 */
#ifndef STORAGE_FORMULA_H
#define STORAGE_FORMULA_H

#include <sqlite3.h>

#include "storage/series.h"

/* The first and the last reading of any meter. */
#define FORMULA_FIRST "(SELECT min(first_ts) FROM installation)"
#define FORMULA_LAST                                                           \
	"(SELECT max(t) FROM (SELECT max(ts) AS t FROM electricity UNION ALL " \
	"SELECT (SELECT max(ts) FROM mbus WHERE meter = meter.id) "            \
	"FROM meter))"

/*
 * Consumption in the period p, NULL where the medium has no reading in it, or
 * where its meters lack the register.
 */
void formula_consumed(sqlite3_str *sql, enum series s);

/*
 * The wider one of the distances between the readings around the boundaries of
 * p, for the medium of a series.
 */
void formula_gap(sqlite3_str *sql, enum series s);

/*
 * The LEFT JOINs that electricity's formulas need for one boundary: `at` is
 * the SQL of its instant, `before` and `after` are more conditions on the rows.
 */
void formula_joins(sqlite3_str *sql, const char *boundary, const char *at,
		   const char *before, const char *after);

/* The counter of a series at instant ?1, and what follows the list of them. */
void formula_counter(sqlite3_str *sql, enum series s);
void formula_counter_tail(sqlite3_str *sql, enum medium m);

#endif
