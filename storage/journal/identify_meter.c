#include "storage/journal/identify_meter.h"

#include <stdio.h>

int identify_meter_open(struct identify_meter *l, struct meters *m,
			struct judge_rows *readings, sqlite3 *db, struct err *e)
{
	/* An added meter has its own M-Bus. */
#define WAS_THERE                                                              \
	"SELECT meter FROM installation AS i WHERE i.channel = ?1 "            \
	"AND i.medium = ?2 AND NOT EXISTS (SELECT 1 FROM came_with AS w "      \
	"JOIN meter AS e ON e.id = w.beside WHERE w.meter = i.meter AND "      \
	"e.other < 0) "
	static const char *const was_there[IDENTIFY_METER_STATEMENTS] = {
		WAS_THERE "AND first_ts <= ?3 "
			  "ORDER BY first_ts DESC, meter DESC LIMIT 1",
		WAS_THERE "ORDER BY first_ts, meter LIMIT 1",
	};
#undef WAS_THERE

	*l = (struct identify_meter){ .meters = m, .readings = readings };
	return stmt_open_all(l->s, db, was_there, COUNT(was_there), e);
}

void identify_meter_close(struct identify_meter *l)
{
	stmt_close_all(l->s, COUNT(l->s));
}

void identify_meter_forget(struct identify_meter *l)
{
	for (int i = 0; i < l->meters->n; i++) {
		l->meters->list[i].head_known = false;
		l->meters->list[i].beside = 0;
	}
}

/*
 * A head that cannot be read now is read later; nothing is accepted until then.
 */
static int know_head(struct identify_meter *l, int place, int channel,
		     struct err *e)
{
	struct meter *m = &l->meters->list[place];
	enum kind k;

	if (m->head_known)
		return place;
	if (m->id == 0 && meters_look(l->meters, place, &m->id, e) < 0)
		return place;
	k = meters_kind_of(m, channel == 0);
	m->head = chain_head_empty();
	m->head_known =
		m->id == 0 || meter_readings_head(&l->readings->readings[k],
						  m->id, &m->head, e) == 0;
	return place;
}

static struct meter_line *line_of(struct identify_meter *l, int channel,
				  const char *medium)
{
	struct meter_line *line = l->list;

	while (line < l->list + l->n &&
	       (line->channel != channel || strcmp(line->medium, medium) != 0))
		line++;
	if (line == l->list + l->n) {
		if (l->n == IDENTIFY_METER_LINES)
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

/* Find the meter that was on the line at `ts`, or came first; -1: unknown. */
static int was_there(struct identify_meter *l, const struct meter_line *line,
		     int64_t ts)
{
	struct err e;
	int64_t id = 0;

	if (line->meter >= 0 && ts >= line->ts)
		return line->meter;
	for (int i = 0; i < IDENTIFY_METER_STATEMENTS && id == 0; i++) {
		stmt_bind(&l->s[i], 1, line->channel);
		stmt_bind_text(&l->s[i], 2, span_of(line->medium));
		stmt_bind(&l->s[i], 3, ts);
		if (stmt_value(&l->s[i], 0, &id, &e) < 0)
			break;
	}
	return id == 0 ? line->meter : meters_of_id(l->meters, id, &e);
}

/* Find the meter without an identifier that was there; -1 if there is none. */
static int nameless(struct identify_meter *l, const struct meter_key *wanted,
		    int channel, int64_t ts)
{
	const struct meter_line *line = line_of(l, channel, wanted->medium);
	int i = was_there(l, line, ts);

	return i >= 0 && l->meters->list[i].identifier[0] == '\0' &&
			       l->meters->list[i].key.unit == wanted->unit
		       ? i
		       : -1;
}

/* A new meter gets its identifier from the first reading that has one. */
static int named(struct identify_meter *l, const struct meter_key *wanted,
		 int channel, struct span identifier,
		 const struct judge_rates *rates, const struct judge_point *p,
		 struct err *e)
{
	struct meters *m = l->meters;
	int i = meters_look_up(m, wanted, identifier), before = -1;

	if (i >= 0)
		return i;
	/* do this first: it may add a meter */
	if (!l->other && !meters_saw(m, wanted, identifier))
		before = nameless(l, wanted, channel, p->ts);
	i = meters_find(m, wanted, identifier, e);
	if (i < 0 || before < 0)
		return i;
	know_head(l, before, channel, e);
	if (p->ts > m->list[before].head.last_ts &&
	    !chain_head_accepts(&m->list[before].head, rates, p))
		return i;
	meters_drop_last(m);
	return meters_rename(m, before, identifier, e) < 0 ? e->code : before;
}

int identify_meter(struct identify_meter *l, const struct meter_key *wanted,
		   int channel, struct span identifier,
		   const struct judge_rates *rates, const struct judge_point *p,
		   struct err *e)
{
	struct meter_line *line = line_of(l, channel, wanted->medium);
	int i;

	if (identifier.n > 0) {
		i = named(l, wanted, channel, identifier, rates, p, e);
	} else {
		i = was_there(l, line, p->ts);
		if (i < 0 || l->meters->list[i].key.unit != wanted->unit)
			i = meters_find(l->meters, wanted, identifier, e);
	}
	if (i < 0)
		return i;
	if (p->ts >= line->ts && !l->other) {
		line->meter = i;
		line->ts = p->ts;
	}
	return know_head(l, i, channel, e);
}
