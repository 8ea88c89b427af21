/*
 * A counter that falls because it passed its end and started again at zero, for
 * example after 99999.999 kWh, is not an error. If it falls because the meter
 * was replaced, the identifier shows it; counter_offsets.h continues over both.
 *
 * Pure.
 */
#ifndef STORAGE_JUDGE_ROLL_OVER_H
#define STORAGE_JUDGE_ROLL_OVER_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Returns where a counter that last showed `value` starts again: 10^8, 10^9 ...
 */
int64_t roll_over_end(int64_t value);

/* Is a value in the last hundredth of its counter, so that it may roll over? */
bool roll_over_is_near(int64_t value);

/* Has a counter passed its end, from its last hundredth to its first? */
bool roll_over_between(int64_t before, int64_t after);

#endif
