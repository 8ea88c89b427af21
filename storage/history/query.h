/*
 * p1web's queries of the journal, with results as JSON or CSV, over a separate,
 * read-only connection. Each query is limited in time and rows, since its
 * caller serves others as well; a result is cached until somebody writes to the
 * database.
 */
#ifndef STORAGE_HISTORY_QUERY_H
#define STORAGE_HISTORY_QUERY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/span.h"
#include "storage/history/comparison.h"
#include "storage/history/gap_list.h"
#include "storage/history/held_list.h"
#include "storage/history/history.h"
#include "storage/history/local_time.h"
#include "storage/history/month_peaks.h"
#include "storage/history/registers_at.h"
#include "storage/history/selection.h"
#include "storage/history/series.h"
#include "storage/history/tariff_order.h"
#include "storage/history/usual_day.h"

struct query;

struct query_limits {
	const struct clock *clock;
	long ms;   /* processor time that one query may take */
	long rows; /* that one result may have */
	/* Set by another thread to end the query soon; may be NULL. */
	const atomic_bool *cancelled;
};

enum query_form { QUERY_JSON, QUERY_CSV };

/*
 * Open the database at `path`; errors as for history_open. The limits' clock
 * must outlive the query. All functions below return 0, ERR_BUSY if the time is
 * up, ERR_USAGE if there are too many rows, or SQLite's error; after an error,
 * `out` may contain part of the result.
 */
struct query *query_open(const char *path, const struct query_limits *limits,
			 struct err *e);
void query_close(struct query *q); /* NULL is fine */

/*
 * Has a query failed since the last call because its result would be too large
 * or take too long? It would fail again.
 */
bool query_was_too_large(struct query *q);

/*
 * Find the version of the data, which changes with each commit of another
 * program as long as the query is open.
 */
int query_version(struct query *q, int64_t *out, struct err *e);

/*
 * Parse "2026", "2026-03", "2026-03-10" (its local start, by the database's
 * calendar), "2026-03-10T11:36:10Z" or seconds since 1970 to UTC. ERR_USAGE for
 * anything else.
 */
int query_instant(struct query *q, struct span text, int64_t *out,
		  struct err *e);

/*
 * Complete "2026" or "2026-03" to its first day, "2026-03-01"; no text is today,
 * by the database's calendar. ERR_USAGE if it is not a date.
 */
int query_date(struct query *q, struct span text, char day[LOCAL_TIME_DAY],
	       struct err *e);

/*
 * Print the consumption of the periods that start in [from, to):
 * docs/database.md.
 */
int query_history(struct query *q, enum period p, int64_t from, int64_t to,
		  enum query_form form, FILE *out, struct err *e);

/*
 * Print electric power in [from, to), a row per `step` seconds that have a
 * reading: time, averages, peaks, in W.
 */
int query_power(struct query *q, int64_t from, int64_t to, int64_t step,
		enum query_form form, FILE *out, struct err *e);

/* Consumption in a period, in the units of the `..._wh` views. */
struct query_cost_amounts {
	struct span label;  /* "2026-03-10"; invalid after the call */
	int64_t start, end; /* UTC */
	int64_t days;	    /* since the first reading, until now */
	bool known[SERIES_COUNT];
	int64_t of[SERIES_COUNT];
};

/* Call `row` with each period that starts in [from, to). */
int query_cost_amounts(struct query *q, enum period p, int64_t from, int64_t to,
		       void (*row)(void *ctx,
				   const struct query_cost_amounts *a),
		       void *ctx, struct err *e);

/* Like comparison_find; the caller has set c->span and c->with. */
int query_comparison(struct query *q, struct comparison *c, const char *day,
		     struct err *e);

/*
 * Print the rows of one of its periods, as query_history does, each after its
 * `slot`: "02:00", and "02:00 again" for the hour that autumn repeats; the day
 * of the week ("1" is Monday) or the month ("01"); the month ("01").
 */
int query_comparison_rows(struct query *q, const struct comparison *c,
			  const struct comparison_period *p, FILE *out,
			  struct err *e);

/* Call `row` with each medium that has readings: comparison_add_up. */
int query_comparison_sums(struct query *q, const struct comparison *c,
			  void (*row)(void *ctx,
				      const struct comparison_sum *sum),
			  void *ctx, struct err *e);

/*
 * Like standing_charge_days_started and standing_charge_days_whole, until now.
 */
int query_days_started(struct query *q, int64_t from, int64_t to, int64_t *out,
		       struct err *e);
int query_days_whole(struct query *q, int64_t from, int64_t to, int64_t *out,
		     struct err *e);

/* Like selection_add_up. */
int query_selection(struct query *q, int64_t from, int64_t to,
		    void (*row)(void *ctx, const struct selection_sum *s),
		    void *ctx, struct err *e);

/* Which gaps: see gap_list and gap_list_open. */
struct query_gaps {
	int64_t from, to, shortest, heard;
};

/*
 * Call `row` with the gaps of all media, including those that have not ended.
 */
int query_gaps(struct query *q, const struct query_gaps *of,
	       void (*row)(void *ctx, const struct gap *g), void *ctx,
	       struct err *e);

/* Format a time as local_time_format does. */
int query_local_time(struct query *q, int64_t t, char text[LOCAL_TIME_TEXT],
		     struct err *e);

/* Like registers_at. */
int query_registers_at(struct query *q, int64_t t,
		       void (*row)(void *ctx, const struct meter_reading *r),
		       void *ctx, struct err *e);

/* Like usual_day_find. */
int query_usual_day(struct query *q, const char *day, int64_t until,
		    struct usual_day *out, struct err *e);

/* Like quarters_lowest, on the local date `day`. */
int query_standby(struct query *q, const char *day, struct quarter *out,
		  struct err *e);

/* What p1web says about peaks. */
struct query_peaks {
	int64_t highest_w, highest_ts;	/* power of the day; ts 0: unknown */
	struct month_peak month;	/* empty: not in the calendar */
	struct quarter_running quarter; /* unknown: in another month */
	int months; /* months in `year`; 0 where operators do not charge for
		       peaks */
	struct month_peak year[MONTH_PEAKS];
};

/*
 * Find the peaks of the local date `day` and its month, those of the twelve
 * months up to it if the meter logs them or is Belgian, and the current
 * quarter.
 */
int query_peaks(struct query *q, const char *day,
		const struct quarter_heard *heard, struct query_peaks *out,
		struct err *e);

/*
 * Find the peak of the month with the local date `day`; out->month is "" if that
 * is not in the calendar.
 */
int query_month_peak(struct query *q, const char *day, struct month_peak *out,
		     struct err *e);

/* Like tariff_order_find. */
int query_tariff_order(struct query *q, enum tariff_order *out, struct err *e);

/*
 * Print the meter's own counts of power failures, voltage sags and swells as
 * JSON: those above zero, each with the time of the last event if it is known.
 */
int query_events(struct query *q, FILE *out, struct err *e);

/* Print all meters, present and past. */
int query_meters(struct query *q, enum query_form form, FILE *out,
		 struct err *e);

/*
 * Print the newest reading of a meter (not an entered one) as the JSON line of
 * telegram/json.h, as far as it was stored; print nothing if there is none.
 */
int query_newest(struct query *q, FILE *out, struct err *e);

/*
 * Print {"rows":…,"reading":…}: the rows of query_history for today, and the
 * newest stored reading, up to which they count, as query_newest prints it;
 * `reading` is left out if there is none.
 */
int query_today(struct query *q, FILE *out, struct err *e);

/* Find the time of the newest reading, UTC; 0 if there is none. */
int query_newest_time(struct query *q, int64_t *out, struct err *e);

/*
 * Call `row` with each meter whose readings of the newest hour or more are all
 * held; `entry` and `since` are as in held_list_next_stuck, and invalid
 * afterwards.
 */
int query_stuck(struct query *q,
		void (*row)(void *ctx, const struct held_list_entry *entry,
			    int64_t since),
		void *ctx, struct err *e);

/*
 * Call `row` with each medium that has a meter, and how many readings are held
 * that nobody has decided on; `medium` is invalid afterwards.
 */
int query_held_counts(struct query *q,
		      void (*row)(void *ctx, struct span medium, int64_t n),
		      void *ctx, struct err *e);

/* The same as query_stuck with each electricity meter that is not the house's (held_list.h). */
int query_others(struct query *q,
		 void (*row)(void *ctx, const struct held_list_other *other),
		 void *ctx, struct err *e);

/*
 * Print the power of [from, to) in the form of "SMER": {"readings":[{"date":
 * local time,"timestamp":…,"usageWatts": export is negative}]}, a row per
 * `step` s.
 */
int query_smer(struct query *q, int64_t from, int64_t to, int64_t step,
	       FILE *out, struct err *e);

/*
 * Convert the JSON line `line` to other documents: the single reading of
 * "SMER", and the nested one of "Smart Meter Service".
 */
int query_smer_one(struct query *q, struct span line, FILE *out, struct err *e);
/* Add the document `costs` to the line, as "cost_today". */
int query_with_costs(struct query *q, struct span line, struct span costs,
		     FILE *out, struct err *e);

int query_smart_meter(struct query *q, struct span line, FILE *out,
		      struct err *e);

/* Tables made from the line of a reading. */
enum query_table {
	QUERY_MEMBERS, /* key, value: the line's own numbers, and "meter" */
	/*
	 * channel, medium, meter, unit, value: by medium if its unit is the
	 * usual one, then the others by unit
	 */
	QUERY_MBUS,
	QUERY_TIME, /* seconds since 1970 */
};

enum { QUERY_CELLS = 5 };

/* Call `row` with the cells of each row, which are invalid afterwards. */
int query_line(struct query *q, enum query_table what, struct span line,
	       void (*row)(void *ctx, const struct span cell[QUERY_CELLS]),
	       void *ctx, struct err *e);

#endif
