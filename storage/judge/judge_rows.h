/*
 * Judge the readings of a meter around those that are new or in doubt, and move
 * rows between the tables of accepted and held readings accordingly.
 */
#ifndef STORAGE_JUDGE_JUDGE_ROWS_H
#define STORAGE_JUDGE_JUDGE_ROWS_H

#include "storage/judge/held_rows.h"
#include "storage/judge/meter_readings.h"

struct judge_rows {
	struct meter_readings readings[KINDS];
	struct held_rows held[KINDS];
	struct window window;
};

/* A meter in the database, and what is needed to judge it. */
struct judge_rows_meter {
	int64_t id;
	enum kind kind;
	struct judge_rates rates;
	int64_t now; /* UTC of the machine */
};

/* What happened to a meter's readings. */
struct settled {
	int accepted, withdrawn; /* rows that moved */
	int64_t min_ts, max_ts;	 /* range of these; min > max if none */
	/* Range of those accepted in a second in which another meter has one */
	int64_t other_first, other_last;
};

/*
 * `changes`, borrowed, are the times of the rows that the transaction has
 * written so far. Returns 0 or a negative code; close it in either case.
 */
int judge_rows_open(struct judge_rows *s, sqlite3 *db,
		    const struct meter_changes *changes, struct err *e);
void judge_rows_close(struct judge_rows *s); /* safe if zeroed */

/*
 * Judge the readings from `first` to `last` (judging_window.h) within a transaction,
 * and record in *out what moved. Each reading that stays held gets its reason.
 * Returns 0 or a negative code.
 */
int judge_rows_range(struct judge_rows *s, const struct judge_rows_meter *m,
		     int64_t first, int64_t last, struct settled *out,
		     struct err *e);

/*
 * Find the accepted reading at which the window starts for readings from
 * `first` on, all newer than the accepted ones. Returns 1; 0 if there is none,
 * or if a person accepted such readings; or a negative code.
 */
int judge_rows_floor(struct judge_rows *s, const struct judge_rows_meter *m,
		     int64_t first, struct judge_point *floor, struct err *e);

/*
 * Has p fallen for good: is it below everything in a window from `floor` to
 * `newest`, the newest accepted reading? A search cannot change that. Returns
 * the register, or -1.
 */
int judge_rows_fell(const struct judge_point *floor,
		    const struct judge_point *newest,
		    const struct judge_point *p);

#endif
