/*
 * Find new readings that add nothing: the same reading exists already, or an
 * accepted row of the same interval stands for it. Pure.
 */
#ifndef STORAGE_JUDGE_DUPLICATE_READINGS_H
#define STORAGE_JUDGE_DUPLICATE_READINGS_H

#include "storage/judge/interval_rows.h"

/*
 * Set .known of the new readings (.is_new) in a list in the order of
 * chain_compare. KNOWN_BY_ROW: the reading is in the interval of an accepted
 * one, and can be true together with those before and after it. Every reading
 * of an interval of 1 s has a row of its own.
 */
void duplicate_readings_find(const struct judge_rates *r, long interval,
			     struct interval_reading *list, size_t n);

/*
 * The same for rows that were thinned: a new reading before `until` is known if
 * it lies between two accepted ones that are at most every_s apart, and can be
 * true together with both.
 */
void duplicate_readings_thinned(const struct judge_rates *r, int64_t until,
				int64_t every_s, struct interval_reading *list,
				size_t n);

#endif
