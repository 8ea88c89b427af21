/*
 * Readings every five minutes whose consumption depends on the local clock, so
 * that what a clock time should give is known on every day: in 5 minutes of the
 * clock's hour h, 10 + h Wh of import; export between 12 and 14 only, 50 Wh.
 */
#ifndef TESTS_STORAGE_CLOCKED_FIXTURE_H
#define TESTS_STORAGE_CLOCKED_FIXTURE_H

#include "tests/storage/db_fixture.h"

enum { STEP_S = 300, STEP_WH = 10, NOON = 12, AFTERNOON = 14, SUN_WH = 50 };

/* The clock's hour in Amsterdam: summer time from the first to the second. */
static inline int clock_hour(int64_t t)
{
	bool summer = t >= at("2026-03-29T01:00:00Z") &&
		      t < at("2026-10-25T01:00:00Z");

	return (int)((t + (summer ? 2 : 1) * HOUR_S) % DAY_S / HOUR_S);
}

struct clocked {
	struct db_fixture *h;
	const char *meter;
	int64_t import_wh, export_wh, gas_dm3; /* where its counters are */
	bool gas;			       /* 100 dm3 an hour */
	bool exports;
};

static inline void clocked_reading(struct clocked *c, int64_t t)
{
	struct reading r = reading_of(c->meter, t, c->import_wh, 0);

	if (c->exports)
		with(&r, Q_EXPORT_T1, c->export_wh);
	if (c->gas && t % HOUR_S == 0)
		with_gas(&r, 1, "G1", t, c->gas_dm3);
	take(c->h, &r);
}

/* What is counted from t to t + STEP_S. */
static inline void clocked_count(struct clocked *c, int64_t t)
{
	int hour = clock_hour(t);

	c->import_wh += STEP_WH + hour;
	if (hour >= NOON && hour < AFTERNOON)
		c->export_wh += SUN_WH;
	if ((t + STEP_S) % HOUR_S == 0)
		c->gas_dm3 += 100;
}

/*
 * Count from one time to another; take readings, both ends included, unless
 * they lie between `gap` and `gap_end`.
 */
static inline void clocked_run(struct clocked *c, const char *from,
			       const char *to, const char *gap,
			       const char *gap_end)
{
	int64_t end = at(to), quiet = gap ? at(gap) : end + 1;
	int64_t loud = gap ? at(gap_end) : end + 1;

	for (int64_t t = at(from);; t += STEP_S) {
		if (t <= quiet || t >= loud)
			clocked_reading(c, t);
		if (t >= end)
			break;
		clocked_count(c, t);
	}
	commit(c->h);
}

#endif
