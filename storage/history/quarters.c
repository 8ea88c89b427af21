#include "storage/history/quarters.h"

#include "base/utc.h"
#include "storage/history/interpolation_share.h"

enum { DAY_QUARTERS = 26 * QUARTERS_PER_HOUR };

static bool is_exact(const struct energy_point *p)
{
	return p->known && p->apart_s <= QUARTERS_APART_S;
}

/* The quarter between two points, if it is known. */
static struct quarter between(const struct energy_point *p, int64_t start)
{
	return (struct quarter){
		.known = is_exact(&p[0]) && is_exact(&p[1]),
		.start = start,
		.import_wh = p[1].import_wh - p[0].import_wh,
	};
}

static bool is_higher(const struct quarter *a, const struct quarter *b)
{
	if (a->import_wh != b->import_wh)
		return a->import_wh > b->import_wh;
	return a->start < b->start;
}

/* The highest so far, in order. */
struct top {
	struct quarter *quarter;
	int n, most;
};

static void insert(struct top *top, const struct quarter *q)
{
	int i = top->n < top->most ? top->n++ : top->most - 1;

	if (top->n == top->most && i == top->most - 1 &&
	    top->quarter[i].known && !is_higher(q, &top->quarter[i]))
		return;
	for (; i > 0 && is_higher(q, &top->quarter[i - 1]); i--)
		top->quarter[i] = top->quarter[i - 1];
	top->quarter[i] = *q;
}

static int look_at_hour(struct energy_curve *c, int64_t start, struct top *top,
			struct err *e)
{
	struct energy_point p[QUARTERS_PER_HOUR + 1];
	int rc = energy_curve_read(c, start, QUARTER_S, QUARTERS_PER_HOUR + 1,
				   p, e);

	for (int i = 0; i < QUARTERS_PER_HOUR && rc == 0; i++) {
		struct quarter q = between(&p[i], start + i * QUARTER_S);

		if (q.known)
			insert(top, &q);
	}
	return rc;
}

/* Can no quarter of an hour that imported `wh`, or of the next ones, be higher? */
static bool is_complete(const struct top *top, int64_t wh)
{
	return top->n == top->most &&
	       (wh < top->quarter[top->n - 1].import_wh || wh == 0);
}

/*
 * A quarter cannot contain more than its hour: search the hours from the
 * highest down, and always the hour of the last reading, which has not ended.
 */
static const char hours[] =
	"SELECT ts, wh FROM (SELECT ts, import_wh, lead(import_wh)"
	" OVER (ORDER BY ts) - import_wh AS wh FROM counter_from"
	" WHERE ts >= ?1 AND ts <= ?2) WHERE ts < ?2"
	" AND import_wh IS NOT NULL ORDER BY wh IS NOT NULL, wh DESC, ts";

int quarters_top(struct energy_curve *c, int64_t from, int64_t to, int most,
		 struct quarter *out, int *n, struct err *e)
{
	struct top top = { out, 0, most };
	struct stmt s = { 0 };
	int rc = stmt_open(&s, c->db, hours, e);

	for (int i = 0; i < most; i++)
		out[i] = (struct quarter){ 0 };
	if (rc == 0)
		stmt_bind_all(&s, (int64_t[]){ from, to }, 2);
	while (rc == 0 && (rc = stmt_next(&s, e)) > 0) {
		rc = 0;
		if (!stmt_is_null(&s, 1) && is_complete(&top, stmt_int(&s, 1)))
			break;
		rc = look_at_hour(c, stmt_time(&s, 0), &top, e);
	}
	stmt_close(&s);
	*n = top.n;
	return rc;
}

int quarters_highest(struct energy_curve *c, int64_t from, int64_t to,
		     struct quarter *out, struct err *e)
{
	int n;

	return quarters_top(c, from, to, 1, out, &n, e);
}

int quarters_lowest(struct energy_curve *c, int64_t from, int64_t to,
		    struct quarter *out, struct err *e)
{
	struct energy_point p[DAY_QUARTERS + 1];
	int64_t n = (to - from) / QUARTER_S;
	int rc;

	*out = (struct quarter){ 0 };
	if (n <= 0 || n > DAY_QUARTERS)
		return 0;
	rc = energy_curve_read(c, from, QUARTER_S, (int)n + 1, p, e);
	for (int i = 0; i < n && rc == 0; i++) {
		struct quarter q = between(&p[i], from + i * QUARTER_S);

		if (q.known && p[i + 1].export_wh == p[i].export_wh &&
		    (!out->known || q.import_wh < out->import_wh))
			*out = q;
	}
	return rc;
}

/* The newest stored reading not after `now`. Returns 1, 0 or a code. */
static int find_newest(struct energy_curve *c, int64_t now,
		       struct quarter_heard *out, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, c->db,
			   "SELECT ts, coalesce(import_total_wh,"
			   " ifnull(import_t1_wh, 0) + ifnull(import_t2_wh, 0)"
			   " + ifnull(import_t3_wh, 0)"
			   " + ifnull(import_t4_wh, 0)),"
			   " ifnull(power_import_w, -1) FROM electricity"
			   " WHERE ts <= ?1 ORDER BY ts DESC LIMIT 1",
			   e);

	if (rc == 0) {
		stmt_bind(&s, 1, now);
		rc = stmt_next(&s, e);
	}
	if (rc > 0)
		*out = (struct quarter_heard){ stmt_time(&s, 0),
					       stmt_int(&s, 1),
					       stmt_int(&s, 2) };
	stmt_close(&s);
	return rc;
}

/* Count what is stored from the start of the quarter up to `stored`. */
static int count_stored(struct energy_curve *c, int64_t start,
			const struct quarter_heard *stored,
			struct quarter_running *out, struct err *e)
{
	struct energy_point p[2];
	int rc = energy_curve_read(
		c, start, stored->ts > start ? stored->ts - start : 1, 2, p, e);

	out->known = is_exact(&p[0]);
	out->import_wh =
		stored->ts > start ? p[1].import_wh - p[0].import_wh : 0;
	return rc;
}

/* Add the feed's reading after the newest stored one, if it can follow it. */
static void count_heard(struct quarter_running *out,
			const struct quarter_heard *stored,
			const struct quarter_heard *heard)
{
	int64_t added = heard->import_wh - stored->import_wh;

	if (stored->ts < out->start) {
		out->known = heard->ts - stored->ts <= QUARTER_S;
		added -= interpolation_share(added, out->start, stored->ts,
					     heard->ts);
	}
	out->import_wh += added;
	out->to = heard->ts;
}

static void project(struct quarter_running *out, int64_t power_w)
{
	int64_t passed = out->to - out->start, left = out->end - out->to;

	out->projected_wh = out->import_wh;
	if (power_w >= 0)
		out->projected_wh += power_w * left / HOUR_S;
	else if (passed > 0)
		out->projected_wh += out->import_wh * left / passed;
}

int quarters_running(struct energy_curve *c, int64_t now,
		     const struct quarter_heard *heard,
		     struct quarter_running *out, struct err *e)
{
	int64_t start = now - now % QUARTER_S;
	struct quarter_heard stored = { 0 };
	bool newer;
	int rc = find_newest(c, now, &stored, e);

	*out = (struct quarter_running){ .start = start,
					 .end = start + QUARTER_S,
					 .to = stored.ts };
	if (rc <= 0)
		return rc;
	newer = heard->ts > stored.ts && heard->ts >= start &&
		heard->ts < out->end && heard->import_wh >= stored.import_wh;
	rc = 0;
	if (stored.ts >= start)
		rc = count_stored(c, start, &stored, out, e);
	if (newer)
		count_heard(out, &stored, heard);
	project(out, newer ? heard->power_w : stored.power_w);
	return rc;
}
