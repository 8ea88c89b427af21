/*
 * Which rows of counters may go when old readings are thinned, so that no
 * answer changes: the last row at or before each mark and the first at or after
 * it stay. Marks are the boundaries at which counters must stay exact, the ends
 * of a person's decisions, and held readings.
 *
 * Pure.
 */
#ifndef STORAGE_JOURNAL_THIN_SELECT_H
#define STORAGE_JOURNAL_THIN_SELECT_H

#include "storage/judge/meter_kind.h"

enum { THIN_POWERS = 2 }; /* import, export */

struct thin_row {
	int64_t meter, channel, weight;
	int64_t max_w[THIN_POWERS]; /* highest since the row before; -1: none */
	bool entered;		    /* by a person */
	bool stays;		    /* the result */
	struct judge_point point;
};

/*
 * Set .stays of the rows of one line (journal/runs.h) in order of time, whose
 * first and last always stay, for `marks` in order. These stay, too:
 *
 *  - rows at which a run ends or starts, and rows on both sides of a gap
 *    (history/gap_list.h);
 *  - the rows with the highest import and export power;
 *  - rows between two that could not follow each other without them: the judge
 *    allows each step some grace.
 *
 * Rows that stay take over what the others stand for: the one before them their
 * weight, the one after them their highest powers.
 */
void thin_select(const struct judge_rates *r, enum kind k,
		 struct thin_row *list, size_t n, const int64_t *marks,
		 size_t marks_n);

#endif
