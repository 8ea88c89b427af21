#include "storage/journal/manual_reading.h"

#include <stdlib.h>

#include "base/fixed.h"
#include "base/utc.h"

static int register_of(struct span name, bool *electric)
{
	*electric = true;
	for (int q = 0; q < JUDGE_REGISTERS; q++)
		if (span_eq(name, span_of(quantities[q].name)))
			return q;
	*electric = false;
	if (span_eq(name, SPAN("value")))
		return 0;
	for (int m = MEDIUM_ELECTRICITY + 1; m < MEDIUM_OTHER; m++)
		if (span_eq(name, span_of(medium_name((enum medium)m))))
			return 0;
	return -1;
}

int manual_reading_set(struct manual_reading *n, const char *word,
		       struct err *e)
{
	struct span value = span_of(word), name;
	char meant[FIXED_TEXT];
	bool electric;
	int i = span_cut(&value, '=', &name) ? register_of(name, &electric)
					     : -1;

	if (i >= 0 && fixed_with_point(meant, value) != NULL)
		return err_set(e, ERR_USAGE,
			       "'%s' has a comma: write the decimal point, "
			       "%.*s=%s",
			       word, SPAN_ARG(name), meant);
	if (i < 0 ||
	    (value.n > 0 && !fixed_parse(value, 3, &n->point.value[i])))
		return err_set(
			e, ERR_USAGE,
			"'%s' is not a counter, such as import_t1=1234.567 or "
			"gas=1234.567",
			word);
	if ((n->point.have | n->none) != 0 && electric != n->electric)
		return err_set(
			e, ERR_USAGE,
			"%s is not a counter of the same meter as the one before",
			word);
	n->electric = electric;
	n->counter = name;
	n->point.have &= ~(1u << i);
	n->none &= ~(1u << i);
	*(value.n > 0 ? &n->point.have : &n->none) |= 1u << i;
	return 0;
}

/* State of one entry. */
struct meter_swap {
	struct row_writer *writer;
	int place; /* index of the meter in the list */
	struct judge_rows_meter as;
	int channel;
	int64_t base;	  /* time of its reading nearest to the change */
	int64_t from, to; /* the entry must be between them */
};

static int find_meter(const struct manual_reading *n, struct row_writer *w,
		      struct err *e)
{
	struct stmt s = { 0 };
	int64_t number = 0;
	int rc = stmt_open(&s, w->db,
			   "SELECT max(id) FROM meter WHERE (identifier = ?1 "
			   "COLLATE NOCASE OR identifier = hex(?1) "
			   "OR CAST(id AS TEXT) = ?1) "
			   "AND EXISTS (SELECT 1 FROM installation "
			   "WHERE meter = id AND channel >= 0 "
			   "AND (channel = 0) = ?2)",
			   e);

	if (rc == 0) {
		stmt_bind_text(&s, 1, span_of(n->meter));
		stmt_bind(&s, 2, n->electric);
		rc = stmt_value(&s, 0, &number, e);
	}
	stmt_close(&s);
	if (rc < 0)
		return rc;
	if (number == 0)
		return err_set(e, ERR_USAGE,
			       "there is no meter %s with such counters; "
			       "p1logger --discover names the meters",
			       n->meter);
	return meters_of_id(&w->meters, number, e);
}

/* Query one number of the meter ?1, its channel ?2 and a time ?3. */
static int ask(const struct meter_swap *c, const char *sql, int64_t ts,
	       int64_t none, int64_t *out, struct err *e)
{
	const int64_t about[] = { c->as.id, c->channel, ts };

	return stmt_ask_with(c->writer->db, sql, about, 3, none, out, e);
}

/* The queries for an electricity meter, and for one on the M-Bus. */
enum meter_question { ASK_LAST, ASK_FIRST, ASK_NEXT, ASK_BEFORE, QUESTIONS };

#define SAME_LINE                                                              \
	"FROM meter AS m JOIN mbus AS v ON v.meter = m.id WHERE m.id <> ?1 "   \
	"AND m.medium = (SELECT medium FROM meter WHERE id = ?1) AND "         \
	"v.channel = ?2 AND "

static const char *const questions[KIND_OTHER][QUESTIONS] = {
	[KIND_ELECTRICITY] = {
		"SELECT max(ts) FROM electricity WHERE meter = ?1 "
		"AND time_source <> 3",
		"SELECT min(ts) FROM electricity WHERE meter = ?1 "
		"AND time_source <> 3",
		"SELECT min(ts) FROM electricity WHERE meter <> ?1 AND ts > ?3",
		"SELECT max(ts) FROM electricity WHERE meter <> ?1 AND ts < ?3",
	},
	[KIND_MBUS] = {
		"SELECT max(ts) FROM mbus WHERE meter = ?1 AND time_source <> 3",
		"SELECT min(ts) FROM mbus WHERE meter = ?1 AND time_source <> 3",
		"SELECT min(v.ts) " SAME_LINE "v.ts >= ?3",
		"SELECT max(v.ts) " SAME_LINE "v.ts < ?3",
	},
};

/* Find the time between the meter's reading and the other meter's. */
static int find_time(const struct manual_reading *n, struct meter_swap *c,
		     struct err *e)
{
	const char *const *q = questions[c->as.kind];
	int64_t channel = 0;
	int rc = ask(c,
		     "SELECT channel FROM installation WHERE meter = ?1 "
		     "ORDER BY first_ts DESC LIMIT 1",
		     0, 0, &channel, e);

	c->channel = (int)channel;
	if (rc == 0)
		rc = ask(c, q[n->opening ? ASK_FIRST : ASK_LAST], 0, INT64_MIN,
			 &c->base, e);
	if (rc < 0)
		return rc;
	if (c->base == INT64_MIN)
		return err_set(e, ERR_USAGE, "meter %s has sent nothing yet",
			       n->meter);
	c->from = c->to = c->base;
	return n->opening
		       ? ask(c, q[ASK_BEFORE], c->base, INT64_MIN, &c->from, e)
		       : ask(c, q[ASK_NEXT], c->base, INT64_MAX, &c->to, e);
}

/* Read the counters of the accepted reading of a time. Returns 1 or 0. */
static int read_at(const struct meter_swap *c, int64_t ts,
		   struct judge_point *p, struct err *e)
{
	return meter_readings_at(&c->writer->settle.readings[c->as.kind],
				 c->as.id, ts, p, e);
}

static int run_at(const struct meter_swap *c, const char *sql, int64_t ts,
		  struct err *e)
{
	const int64_t which[] = { c->as.id, ts };
	int rc = stmt_exec_with(c->writer->db, sql, which, 2, e);

	return rc < 0 ? rc : 0;
}

/* Remove the earlier entry, if any, and set *was to it. */
static int take_out(const struct manual_reading *n, struct meter_swap *c,
		    struct judge_point *was, struct err *e)
{
	static const char *const find[KIND_OTHER][2] = {
		{ "SELECT min(ts) FROM mbus WHERE meter = ?1 AND "
		  "time_source = 3 AND ts > ?3",
		  "SELECT max(ts) FROM mbus WHERE meter = ?1 AND "
		  "time_source = 3 AND ts < ?3" },
		{ "SELECT min(ts) FROM electricity WHERE meter = ?1 AND "
		  "time_source = 3 AND ts > ?3",
		  "SELECT max(ts) FROM electricity WHERE meter = ?1 AND "
		  "time_source = 3 AND ts < ?3" },
	};
	static const char *const drop[KIND_OTHER] = {
		"DELETE FROM mbus WHERE meter = ?1 AND ts = ?2",
		"DELETE FROM electricity WHERE meter = ?1 AND ts = ?2",
	};
	int64_t at = INT64_MIN;
	int rc;

	was->have = 0;
	rc = ask(c, find[c->as.kind][n->opening], c->base, INT64_MIN, &at, e);
	if (rc < 0 || at == INT64_MIN)
		return rc;
	rc = read_at(c, at, was, e);
	if (rc > 0)
		rc = run_at(c, drop[c->as.kind], at, e);
	if (rc == 0)
		rc = run_at(c,
			    "DELETE FROM pin WHERE meter = ?1 AND "
			    "first_ts = ?2 AND last_ts = ?2 "
			    "AND accepted = 1",
			    at, e);
	row_writer_count(c->writer, c->place, c->as.kind, at);
	return rc;
}

/* Read what the meter itself sent, without what was entered before. */
static int look(struct manual_reading *n, struct meter_swap *c, struct err *e)
{
	int rc = find_time(n, c, e);

	if (rc == 0)
		rc = take_out(n, c, &n->was, e);
	if (rc == 0)
		rc = read_at(c, c->base, &n->sent, e);
	return rc < 0 ? rc : 0;
}

/* Can register i have shown this value, given what the meter sent? */
static int check_value(const struct manual_reading *n, int i, struct err *e)
{
	char showed[FIXED_TEXT], when[UTC_TEXT];
	int64_t value = n->point.value[i], sent = n->sent.value[i];

	if ((n->sent.have >> i & 1) == 0)
		return err_set(e, ERR_USAGE, "meter %s has no %s", n->meter,
			       quantities[i].name);
	if ((n->point.have >> i & 1) != 0 &&
	    (n->opening ? value > sent : value < sent))
		return err_set(e, ERR_FORMAT,
			       "meter %s already showed %s at %s", n->meter,
			       fixed_format(showed, sent),
			       utc_format(when, n->sent.ts));
	return 0;
}

/*
 * Set n->is to the given counters, else those entered before, else those that
 * the meter sent. Its `have` is 0 if it has no entered counters left.
 */
static int merge(struct manual_reading *n, struct err *e)
{
	bool entered = n->point.have != 0;

	n->is = n->sent;
	for (int i = 0; i < JUDGE_REGISTERS; i++) {
		bool given = n->point.have >> i & 1, none = n->none >> i & 1;

		if ((given || none) && check_value(n, i, e) < 0)
			return e->code;
		if (given)
			n->is.value[i] = n->point.value[i];
		else if (!none && n->was.have >> i & 1)
			n->is.value[i] = n->was.value[i];
		entered |= n->is.value[i] != n->sent.value[i];
	}
	if (!entered && n->was.have == 0)
		return err_set(e, ERR_USAGE,
			       "no %s counters of meter %s were entered",
			       n->opening ? "opening" : "closing", n->meter);
	if (!entered)
		n->is.have = 0;
	return 0;
}

/*
 * Consumption is spread evenly between two readings: without the time of the
 * entry, it would be assigned to the wrong days.
 */
static int needs_time(const struct manual_reading *n, int64_t base, int64_t at,
		      struct err *e)
{
	char sent[UTC_TEXT], entered[UTC_TEXT];

	if (llabs(at - base) <= DAY_S)
		return 0;
	return err_set(e, ERR_USAGE,
		       "add --at TIME: when did meter %s show this, between %s "
		       "and %s? Its consumption will be spread evenly over "
		       "that time",
		       n->meter, utc_format(sent, base),
		       utc_format(entered, at));
}

static int time_of(const struct manual_reading *n, const struct meter_swap *c,
		   int64_t now, int64_t *at, struct err *e)
{
	char low[UTC_TEXT], high[UTC_TEXT];

	*at = n->at;
	if (*at == INT64_MIN)
		*at = n->was.have != 0	   ? n->was.ts
		      : n->opening	   ? c->to - 1
		      : c->to == INT64_MAX ? now
					   : c->to - 2;
	if (n->at == INT64_MIN && n->was.have == 0 && !n->opening &&
	    needs_time(n, c->base, *at, e) < 0)
		return e->code;
	if (*at > c->from && *at < c->to)
		return 0;
	utc_format(low, c->from == INT64_MIN ? 0 : c->from);
	utc_format(high, c->to == INT64_MAX ? now : c->to);
	return err_set(e, ERR_FORMAT,
		       "the time must be between %s and %s, where there are no "
		       "other readings: see --at",
		       low, high);
}

static int write_it(const struct manual_reading *n, struct meter_swap *c,
		    struct err *e)
{
	const int64_t ts = n->is.ts;
	struct pending_row row = { .ts = ts,
				   .max_w = { -1, -1 },
				   .meter = c->place,
				   .tables = PENDING_ELECTRICITY,
				   .weight = 1,
				   .source = TIME_ENTERED,
				   .have = n->is.have };
	const struct pending_value value = { ts, n->is.value[0], c->place,
					     c->channel, TIME_ENTERED };
	int rc;

	memcpy(row.value, n->is.value, sizeof(n->is.value));
	rc = c->as.kind == KIND_ELECTRICITY
		     ? row_writer_row(c->writer, &row, e)
		     : row_writer_value(c->writer, &value, e);
	return rc == 0 ? run_at(c,
				"INSERT INTO pin (meter, first_ts, last_ts, "
				"accepted) VALUES (?1, ?2, ?2, 1)",
				ts, e)
		       : rc;
}

/* Judge the readings around the new entry, and around the earlier one. */
static int settle(const struct manual_reading *n, struct meter_swap *c,
		  struct err *e)
{
	int64_t first = INT64_MAX, last = INT64_MIN;
	const struct judge_point *const at[] = { &n->was, &n->is };

	for (size_t i = 0; i < COUNT(at); i++) {
		if (at[i]->have != 0 && at[i]->ts < first)
			first = at[i]->ts;
		if (at[i]->have != 0 && at[i]->ts > last)
			last = at[i]->ts;
	}
	return row_writer_settle(c->writer, c->place, &c->as, first, last, e);
}

static bool changed(const struct manual_reading *n)
{
	return n->was.have != n->is.have || n->was.ts != n->is.ts ||
	       memcmp(n->was.value, n->is.value, sizeof(n->is.value)) != 0;
}

int manual_reading_write(struct manual_reading *n, struct row_writer *w,
			 int64_t now, struct err *e)
{
	struct meter_swap c = { .writer = w };
	int rc = find_meter(n, w, e);

	c.place = rc;
	if (rc >= 0)
		rc = row_writer_meter(
			w, c.place, n->electric ? KIND_ELECTRICITY : KIND_MBUS,
			now, &c.as, e);
	if (rc >= 0)
		rc = look(n, &c, e);
	if (rc >= 0)
		rc = merge(n, e);
	if (rc >= 0 && n->is.have != 0)
		rc = time_of(n, &c, now, &n->is.ts, e);
	if (rc >= 0 && n->is.have != 0)
		rc = write_it(n, &c, e);
	if (rc >= 0)
		rc = settle(n, &c, e);
	if (rc < 0)
		return rc;
	w->meters.list[c.place].head_known = false;
	return changed(n);
}
