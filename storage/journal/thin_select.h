/*
 * Select the rows of counters to keep when old readings are thinned, so that no
 * computed counter changes: the last row at or before each mark, and the first
 * at or after it. Marks are the boundaries of quarters or hours, the ends of a
 * person's decisions, and held readings. At each boundary of every_s seconds
 * within a quarter, the last row is kept, and the first after it unless the
 * counters there, as storage/history/interpolation computes them, are the same
 * without it.
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
 * Set .stays for the rows of one line (journal/runs.h), in order of time, and
 * `marks`, also in order; if every_s is KEEP_QUARTER_S or more, only the marks
 * count. The first and the last row are always kept, and so are:
 *
 *  - rows at which a run ends or starts, and rows on both sides of a gap
 *    (history/gap_list.h);
 *  - the rows with the highest import and export power;
 *  - all rows between two kept rows if the later could not follow the earlier
 *    directly: the judge allows some tolerance for each step.
 *
 * Of the rows removed between two kept ones, the earlier kept row takes over
 * the weight, and the later one the highest powers.
 */
void thin_select(const struct judge_rates *r, enum kind k,
		 struct thin_row *list, size_t n, const int64_t *marks,
		 size_t marks_n, int64_t every_s);

#endif
