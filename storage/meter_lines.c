#include "storage/meter_lines.h"

#include <stdio.h>

enum { HEAD_ROWS = 64 }; /* in which the head looks for other registers */

/* The newest accepted readings of a meter, back to one that a person accepted. */
static int open_head(struct stmt *s, sqlite3 *db, bool electric, struct err *e)
{
	const char *table = electric ? "electricity" : "mbus";
	sqlite3_str *sql = sqlite3_str_new(db);

	sqlite3_str_appendall(sql, "SELECT ts");
	for (int q = 0; q < (electric ? JUDGE_REGISTERS : 1); q++)
		sqlite3_str_appendf(sql, ", %s",
				    electric ? quantities[q].column : "value");
	sqlite3_str_appendf(sql,
			    " FROM %s AS r WHERE meter = ?1 AND ts >= "
			    "ifnull((SELECT max(first_ts) FROM pin "
			    "WHERE meter = ?1 AND accepted = 1), 0) "
			    "ORDER BY ts DESC LIMIT %d",
			    table, HEAD_ROWS);
	return stmt_open_text(s, db, sql, e);
}

int meter_lines_open(struct meter_lines *l, struct meters *m, sqlite3 *db,
		     struct err *e)
{
	static const char *const was_there[] = {
		"SELECT meter FROM installation WHERE channel = ?1 "
		"AND medium = ?2 AND first_ts <= ?3 "
		"ORDER BY first_ts DESC, meter DESC LIMIT 1",
		"SELECT meter FROM installation WHERE channel = ?1 "
		"AND medium = ?2 ORDER BY first_ts, meter LIMIT 1",
	};
	int rc;

	*l = (struct meter_lines){ .meters = m };
	rc = stmt_open(&l->before, db, was_there[0], e);
	if (rc == 0)
		rc = stmt_open(&l->after, db, was_there[1], e);
	for (int electric = 0; rc == 0 && electric <= 1; electric++)
		rc = open_head(&l->head[electric], db, electric, e);
	if (rc == 0)
		rc = stmt_open(&l->last_ts, db,
			       "SELECT max(ifnull((SELECT max(ts) FROM held "
			       "WHERE meter = ?1 AND reason NOT IN "
			       "('time', 'unproven')), -1), "
			       "ifnull((SELECT max(last_ts) FROM pin "
			       "WHERE meter = ?1), -1))",
			       e);
	return rc;
}

void meter_lines_close(struct meter_lines *l)
{
	stmt_close(&l->before);
	stmt_close(&l->after);
	stmt_close(&l->head[0]);
	stmt_close(&l->head[1]);
	stmt_close(&l->last_ts);
}

void meter_lines_forget(struct meter_lines *l)
{
	for (int i = 0; i < l->meters->n; i++)
		l->meters->list[i].head_known = false;
}

static void read_head(struct stmt *s, bool electric, struct head *h, bool *more)
{
	int n = electric ? JUDGE_REGISTERS : 1;
	struct judge_point p = { .ts = stmt_int(s, 0) };

	for (int i = 0; i < n; i++)
		if (!stmt_is_null(s, 1 + i)) {
			p.have |= 1u << i;
			p.value[i] = stmt_int(s, 1 + i);
		}
	head_add_older(h, &p);
	*more = electric && h->n < HEAD_FORMS;
}

static int load_head(struct meter_lines *l, struct meter *m, bool electric,
		     struct err *e)
{
	struct stmt *s = &l->head[electric];
	struct head h = head_empty();
	int64_t last = 0;
	bool more = true;
	int rc = 0;

	stmt_bind(s, 1, m->id);
	while (more && (rc = stmt_next(s, e)) > 0)
		read_head(s, electric, &h, &more);
	stmt_reset(s);
	if (rc < 0)
		return rc;
	stmt_bind(&l->last_ts, 1, m->id);
	rc = stmt_value(&l->last_ts, -1, &last, e);
	if (rc < 0)
		return rc;
	if (last >= 0)
		head_pass(&h, last);
	m->head = h;
	m->head_known = true;
	return 0;
}

/* A head that cannot be read now is asked for again; nothing is accepted so. */
static int know_head(struct meter_lines *l, int place, bool electric,
		     struct err *e)
{
	struct meter *m = &l->meters->list[place];
	int64_t id = m->id;
	int rc = 0;

	if (m->head_known)
		return place;
	if (id == 0)
		rc = meters_look(l->meters, place, &id, e);
	if (rc < 0)
		return place;
	m->id = id;
	if (id != 0) {
		load_head(l, m, electric, e);
		return place;
	}
	m->head = head_empty();
	m->head_known = true;
	return place;
}

static struct meter_line *line_of(struct meter_lines *l, int channel,
				  const char *medium)
{
	struct meter_line *line = l->list;

	while (line < l->list + l->n &&
	       (line->channel != channel || strcmp(line->medium, medium) != 0))
		line++;
	if (line == l->list + l->n) {
		if (l->n == METER_LINES)
			line = l->list;
		else
			l->n++;
		*line = (struct meter_line){ .channel = channel,
					     .meter = -1,
					     .ts = INT64_MIN };
		snprintf(line->medium, sizeof(line->medium), "%s", medium);
	}
	return line;
}

/* The meter that was on the line at `ts`, or came first; -1: none is known. */
static int was_there(struct meter_lines *l, const struct meter_line *line,
		     int64_t ts)
{
	struct stmt *const ask[] = { &l->before, &l->after };
	struct err e;
	int64_t id = 0;

	if (line->meter >= 0 && ts >= line->ts)
		return line->meter;
	for (int i = 0; i < 2 && id == 0; i++) {
		stmt_bind(ask[i], 1, line->channel);
		stmt_bind_text(ask[i], 2, span_of(line->medium));
		if (i == 0)
			stmt_bind(ask[i], 3, ts);
		if (stmt_value(ask[i], 0, &id, &e) < 0)
			break;
	}
	return id == 0 ? line->meter : meters_of_id(l->meters, id, &e);
}

/* The meter without a name that was there; -1: there is none. */
static int nameless(struct meter_lines *l, const struct meter *wanted,
		    int channel, int64_t ts)
{
	const struct meter_line *line = line_of(l, channel, wanted->medium);
	int i = was_there(l, line, ts);

	return i >= 0 && l->meters->list[i].identifier[0] == '\0' &&
			       l->meters->list[i].unit == wanted->unit
		       ? i
		       : -1;
}

/* A meter that is new gets its name from the first reading that has one. */
static int named(struct meter_lines *l, const struct meter *wanted, int channel,
		 struct span identifier, const struct judge_rates *rates,
		 const struct judge_point *p, struct err *e)
{
	struct meters *m = l->meters;
	int64_t id = 0;
	int i = meters_look_up(m, wanted, identifier), before;

	if (i >= 0)
		return i;
	before = nameless(l, wanted, channel, p->ts); /* may be added: first */
	i = meters_find(m, wanted, identifier, e);
	if (i < 0 || before < 0 || (meters_look(m, i, &id, e) == 0 && id != 0))
		return i;
	know_head(l, before, channel == 0, e);
	if (p->ts > m->list[before].head.last_ts &&
	    !head_accepts(&m->list[before].head, rates, p))
		return i;
	meters_drop_last(m);
	return meters_rename(m, before, identifier, e) < 0 ? e->code : before;
}

int meter_lines_find(struct meter_lines *l, const struct meter *wanted,
		     int channel, struct span identifier,
		     const struct judge_rates *rates,
		     const struct judge_point *p, struct err *e)
{
	struct meter_line *line = line_of(l, channel, wanted->medium);
	int i;

	if (identifier.n > 0) {
		i = named(l, wanted, channel, identifier, rates, p, e);
	} else {
		i = was_there(l, line, p->ts);
		if (i < 0 || l->meters->list[i].unit != wanted->unit)
			i = meters_find(l->meters, wanted, identifier, e);
	}
	if (i < 0)
		return i;
	if (p->ts >= line->ts) {
		line->meter = i;
		line->ts = p->ts;
	}
	return know_head(l, i, channel == 0, e);
}
