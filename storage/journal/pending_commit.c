#include "storage/journal/pending_commit.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/utc.h"

enum {
	FEWEST = 1000,
};

struct pending_last {
	int64_t ts;	  /* time of the previous reading */
	int64_t max_w[2]; /* since the last electricity row; -1 if none */
	int64_t phases_ts;
	uint64_t rare_have; /* quality and state, as last seen */
	int64_t rare[Q_COUNT];
	/* in telegrams of the house's meter, and of others */
	struct pending_seen {
		int64_t ts;
		int meter;
	} value[2][MBUS_CHANNELS];
};

int pending_open(struct pending *p, const struct intervals *every,
		 struct flood_limit *a, struct err *e)
{
	struct pending_last *last = calloc(1, sizeof(*last));

	*p = (struct pending){ .every = *every, .last = last };
	if (last == NULL)
		return err_memory(e);
	last->ts = last->phases_ts = INT64_MIN;
	pending_start_over(p);
	last->max_w[0] = last->max_w[1] = -1;
	p->allowance = a;
	if (meter_events_open(&p->events, a, e) < 0)
		return e->code;
	pending_forget_meters(p);
	return 0;
}

void pending_forget_meters(struct pending *p)
{
	for (int i = 0; i < MBUS_CHANNELS; i++)
		p->last->value[0][i].meter = p->last->value[1][i].meter = -1;
	p->passed[0].tables = p->passed[1].tables = 0;
	meter_events_forget_meter(&p->events);
}

void pending_allow(struct pending *p, struct flood_limit *a)
{
	p->allowance = p->events.allowance = a;
}

void pending_close(struct pending *p)
{
	meter_events_close(&p->events);
	pending_drop_candidates(p);
	free(p->candidates);
	free(p->rows);
	free(p->values);
	free(p->pairs);
	free(p->last);
	*p = (struct pending){ 0 };
}

void pending_stuck(struct pending *p)
{
	p->stuck = true;
}

void pending_clear(struct pending *p)
{
	p->stuck = false;
	p->row_count = p->value_count = p->pair_count = 0;
	pending_start_over(p);
	pending_drop_candidates(p);
	meter_events_clear(&p->events);
}

size_t pending_waiting(const struct pending *p)
{
	return p->row_count + p->value_count + p->candidate_count +
	       (p->fold[0].weight != 0) + (p->fold[1].weight != 0);
}

bool pending_crowded(const struct pending *p, size_t count, size_t each)
{
	size_t most = DAY_S / (size_t)p->every.rows;

	return p->stuck && count >= each * (most > FEWEST ? most : FEWEST);
}

void pending_drop_oldest(void *items, size_t *count, size_t size)
{
	array_drop(items, count, *count / 8, size);
}

static bool same_slot(long interval, int64_t a, int64_t b)
{
	return a != INT64_MIN && a / interval == b / interval;
}

static void note_peaks(struct pending_last *last, const struct reading *r)
{
	static const enum quantity powers[2] = { Q_POWER_IMPORT,
						 Q_POWER_EXPORT };

	for (int i = 0; i < 2; i++) {
		if (r->time.utc < last->ts)
			last->max_w[i] = -1;
		if (reading_has(r, powers[i]) &&
		    r->value[powers[i]] > last->max_w[i])
			last->max_w[i] = r->value[powers[i]];
	}
}

static bool rare_differs(const struct pending_last *last,
			 const struct reading *r, enum place place)
{
	uint64_t mask = pending_mask(place);

	if ((r->have & mask) == 0)
		return false;
	if ((r->have & mask) != (last->rare_have & mask))
		return true;
	for (int q = 0; q < Q_COUNT; q++)
		if (r->have & mask & UINT64_C(1) << q &&
		    r->value[q] != last->rare[q])
			return true;
	return false;
}

/* If time went back, the last state seen does not show the one before. */
static unsigned rare_tables(struct pending_last *last, const struct reading *r)
{
	unsigned tables = 0;

	if (r->time.utc < last->ts)
		last->rare_have = 0;
	if (rare_differs(last, r, PLACE_QUALITY))
		tables |= PENDING_QUALITY;
	if (rare_differs(last, r, PLACE_STATE))
		tables |= PENDING_STATE;
	if (tables != 0) {
		last->rare_have = r->have;
		memcpy(last->rare, r->value, sizeof(last->rare));
	}
	return tables;
}

static unsigned tables_of(struct pending *p, const struct reading *r,
			  const struct pending_meters *m)
{
	struct pending_last *last = p->last;
	unsigned tables = rare_tables(last, r);

	if (m->row == PENDING_NEW_ROW)
		tables |= PENDING_ELECTRICITY;
	if (r->have & pending_mask(PLACE_PHASE) &&
	    !(same_slot(p->every.phases, last->phases_ts, r->time.utc) &&
	      last->phases_ts <= r->time.utc)) {
		tables |= PENDING_PHASES;
		last->phases_ts = r->time.utc;
	}
	return tables;
}

static void take_peaks(struct pending *p, struct pending_row *row)
{
	memcpy(row->max_w, p->last->max_w, sizeof(row->max_w));
	p->last->max_w[0] = p->last->max_w[1] = -1;
}

static bool add_row(struct pending *p, const struct reading *r, int meter,
		    unsigned tables)
{
	struct pending_row *row = pending_add_row(p, r, meter, tables);

	if (row != NULL && tables & PENDING_ELECTRICITY)
		take_peaks(p, row);
	return row != NULL;
}

/*
 * Another meter starts, even if its counters are still held: also keep the last
 * counters of the previous meter.
 */
static int end_meter(struct pending *p, const struct reading *r, int meter,
		     struct err *e)
{
	struct pending_row *last = NULL;
	int rc = 0;

	if (r->have & pending_mask(PLACE_COUNTER) || r->held & 1)
		rc = pending_end_meter(p, meter, r->time.utc, &last, e);
	if (last != NULL)
		take_peaks(p, last);
	return rc;
}

static bool add_value(struct pending *p, const struct mbus *b, int meter,
		      enum time_source source)
{
	struct pending_value *values;

	if (pending_crowded(p, p->value_count, MBUS_CHANNELS))
		pending_drop_oldest(p->values, &p->value_count,
				    sizeof(*values));
	values = array_grow(p->values, p->value_count, &p->value_room,
			    sizeof(*values));
	if (values == NULL)
		return false;
	p->values = values;
	values[p->value_count++] = (struct pending_value){
		b->time.utc, b->value, meter, b->channel,
		source == TIME_IMPORTED ? TIME_IMPORTED : TIME_METER
	};
	return true;
}

static int put_values(struct pending *p, const struct pending_meters *m,
		      const struct reading *r, struct err *e)
{
	for (int i = 0; i < MBUS_CHANNELS; i++) {
		const struct mbus *b = &r->mbus[i];
		struct pending_seen *seen = &p->last->value[m->other][i];
		int meter = m->channel[i];

		if (b->channel == 0 || !b->has_value || meter < 0 ||
		    b->time.kind != TIMESTAMP_UTC)
			continue;
		if (seen->meter == meter && seen->ts == b->time.utc)
			continue;
		if (!flood_limit_take(p->allowance, ALLOW_VALUES, 0))
			continue;
		if (!add_value(p, b, meter, r->source))
			return err_memory(e);
		*seen = (struct pending_seen){ b->time.utc, meter };
	}
	return 0;
}

/* A state that changes within an interval costs as much as a message. */
static bool may_keep(const struct pending *p, unsigned tables)
{
	bool thinned = tables & (PENDING_ELECTRICITY | PENDING_PHASES);

	return flood_limit_take(p->allowance,
				thinned ? ALLOW_ROWS : ALLOW_NOTES, 0);
}

/* Keep a reading of a meter that is not the house's. */
static int put_other(struct pending *p, const struct pending_meters *m,
		     const struct reading *r, struct err *e)
{
	if (m->row == PENDING_OLD_ROW && pending_pass(p, m, r, e) < 0)
		return e->code;
	if (m->row == PENDING_NEW_ROW &&
	    flood_limit_take(p->allowance, ALLOW_ROWS, 0)) {
		if (pending_add_row(p, r, m->electricity,
				    PENDING_ELECTRICITY) == NULL)
			return err_memory(e);
		pending_begin_interval(p, true);
	}
	return put_values(p, m, r, e);
}

int pending_put(struct pending *p, const struct pending_meters *m,
		const struct reading *r, struct err *e)
{
	unsigned tables;
	int meter = m->electricity, rc;

	if (m->other)
		return put_other(p, m, r, e);
	if (r->time.kind != TIMESTAMP_UTC || meter < 0)
		return put_values(p, m, r, e);
	rc = end_meter(p, r, meter, e);
	if (rc < 0)
		return rc;
	note_peaks(p->last, r);
	tables = tables_of(p, r, m);
	if (tables != 0 && !may_keep(p, tables))
		tables = 0;
	if (m->row == PENDING_OLD_ROW)
		rc = pending_pass(p, m, r, e);
	else if (tables & PENDING_ELECTRICITY)
		pending_begin_interval(p, false);
	if (rc == 0 && tables != 0 && !add_row(p, r, meter, tables))
		rc = err_memory(e);
	if (rc < 0)
		return rc;
	p->last->ts = r->time.utc;
	rc = meter_events_put(&p->events, r, meter, e);
	return rc < 0 ? rc : put_values(p, m, r, e);
}

/* All kinds start with their time. */
static int by_time(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* Group those of one meter. */
static int by_meter(const void *a, const void *b)
{
	const struct pending_candidate *x = a, *y = b;

	if (!pending_same_meter(x, y))
		return x->meter != y->meter
			       ? x->meter - y->meter
			       : x->reading.channel - y->reading.channel;
	return by_time(a, b);
}

void pending_sort(struct pending *p)
{
	array_sort(p->candidates, p->candidate_count, sizeof(*p->candidates),
		   by_meter);
	array_sort(p->rows, p->row_count, sizeof(*p->rows), by_time);
	array_sort(p->values, p->value_count, sizeof(*p->values), by_time);
}
