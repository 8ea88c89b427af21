#include "storage/history/selection.h"

#include "storage/db/stmt.h"

/* The part of ?2 to ?3 between the first and the last reading of medium ?1. */
static const char part[] =
	"SELECT max(first_ts, ?2) AS a, min(last_ts, ?3) AS z FROM extent"
	" WHERE medium = ?1 AND a < z";

static int add_up(struct stmt *s, struct interpolation *counters,
		  struct selection_sum *sum, int64_t from, int64_t to,
		  struct err *e)
{
	int rc;

	stmt_bind_text(s, 1, span_of(medium_name(sum->medium)));
	stmt_bind(s, 2, from);
	stmt_bind(s, 3, to);
	rc = stmt_next(s, e);
	if (rc <= 0)
		return rc;
	sum->from = stmt_time(s, 0);
	sum->to = stmt_time(s, 1);
	stmt_reset(s);
	return interpolation_between(counters, sum->medium, sum->from, sum->to,
				     &sum->have, sum->amount, e);
}

int selection_add_up(sqlite3 *db, struct interpolation *counters, int64_t from,
		     int64_t to,
		     void (*row)(void *ctx, const struct selection_sum *s),
		     void *ctx, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db, part, e);

	for (int i = 0; i < SERIES_GAPS && rc >= 0; i++) {
		struct selection_sum sum = { .medium = series_gaps[i].medium };

		rc = add_up(&s, counters, &sum, from, to, e);
		if (rc > 0)
			row(ctx, &sum);
	}
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}
