/* The consumption in each period. */
#include "storage/history/query.h"
#include "storage/history/query_rows.h"

/*
 * The same as the plain views, which take longer because they divide and
 * format.
 */
#define COLUMN(id, name, unit, medium, from)                                   \
	", " #name SERIES_SMALL_##unit " AS " #name SERIES_BIG_##unit
#define THOUSANDTHS(id, name, unit, medium, from) "m"

#define SELECT(labels, view, where, order)                                     \
	"SELECT " labels ", start_ts AS start, end_ts AS end,"                 \
	" start_ts, end_ts" SERIES(                                            \
		COLUMN) ", gap_s, gas_gap_s, water_gap_s,"                     \
			" warm_water_gap_s, heat_gap_s, cold_gap_s FROM " view \
			" WHERE " where " ORDER BY " order
#define STARTS "start_ts >= ?1 AND start_ts < ?2"

/*
 * SQLite would search all hours for each day: give it the range of days, and
 * hide (with +) that the hours lie in the same range.
 */
#define LAST_DAY(condition)                                                    \
	"(SELECT day FROM calendar_day WHERE start_ts " condition              \
	" ORDER BY start_ts DESC LIMIT 1)"
#define HOURS                                                                  \
	"day >= ifnull(" LAST_DAY("<= ?1") ", '') AND day <= " LAST_DAY(       \
		"< ?2") " AND +start_ts >= ?1 AND +start_ts < ?2"

static const struct query_select selects[] = {
	[PERIOD_HOUR] = { .sql = SELECT("hour, day, month, year", "hourly_wh",
					HOURS, "day, start_ts"),
			  .cells = "vvvvttvv" SERIES(THOUSANDTHS) },
	[PERIOD_DAY] = { .sql = SELECT("day, month, year", "daily_wh", STARTS,
				       "start_ts"),
			 .cells = "vvvttvv" SERIES(THOUSANDTHS) },
	[PERIOD_MONTH] = { .sql = SELECT("month, year", "monthly_wh", STARTS,
					 "start_ts"),
			   .cells = "vvttvv" SERIES(THOUSANDTHS) },
	[PERIOD_YEAR] = { .sql = SELECT("year", "yearly_wh", STARTS,
					"start_ts"),
			  .cells = "vttvv" SERIES(THOUSANDTHS) },
};

/* The same with the slot in the calendar: see query_comparison_rows. */
static const struct query_select slots[] = {
#define SLOT(slot, labels) slot " AS slot, " labels
	[COMPARISON_DAY] = { .sql = SELECT(
				     SLOT("substr(hour, 12, 5) ||"
					  " iif(length(hour) > 16, ' again',"
					  " '')",
					  "hour, day, month, year"),
				     "hourly_wh", HOURS, "day, start_ts"),
			     .cells = "vvvvvttvv" SERIES(THOUSANDTHS) },
	[COMPARISON_WEEK] = { .sql = SELECT(
				      SLOT("CAST((strftime('%w', day) + 6)"
					   " % 7 + 1 AS TEXT)",
					   "day, month, year"),
				      "daily_wh", STARTS, "start_ts"),
			      .cells = "vvvvttvv" SERIES(THOUSANDTHS) },
	[COMPARISON_MONTH] = { .sql = SELECT(SLOT("substr(day, 9)",
						  "day, month, year"),
					     "daily_wh", STARTS, "start_ts"),
			       .cells = "vvvvttvv" SERIES(THOUSANDTHS) },
	[COMPARISON_YEAR] = { .sql = SELECT(
				      SLOT("substr(month, 6)", "month, year"),
				      "monthly_wh", STARTS, "start_ts"),
			      .cells = "vvvttvv" SERIES(THOUSANDTHS) },
#undef SLOT
};

int query_comparison_rows(struct query *q, const struct comparison *c,
			  const struct comparison_period *p, FILE *out,
			  struct err *e)
{
	return query_rows(q, &slots[c->span],
			  (int64_t[]){ p->start, p->end, 0 }, false, out, e);
}

int query_history(struct query *q, enum period p, int64_t from, int64_t to,
		  enum query_form form, FILE *out, struct err *e)
{
	return query_rows(q, &selects[p], (int64_t[]){ from, to, 0 },
			  form == QUERY_CSV, out, e);
}
