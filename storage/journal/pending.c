#include "storage/journal/pending.h"

#include <stdlib.h>

#include "base/utc.h"
#include "storage/db/list.h"

enum {
	FEWEST = 1000,
};

struct pending_last {
	int64_t ts;	  /* time of the previous reading */
	int64_t max_w[2]; /* since the last electricity row; -1: none */
	struct pending_row
		passed; /* newest reading without a row; tables 0: none */
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
		 struct allowance *a, struct err *e)
{
	struct pending_last *last = calloc(1, sizeof(*last));

	*p = (struct pending){ .every = *every, .last = last };
	if (last == NULL)
		return err_memory(e);
	last->ts = last->phases_ts = INT64_MIN;
	pending_start_over(p);
	last->max_w[0] = last->max_w[1] = -1;
	p->allowance = a;
	if (events_open(&p->notes, a, e) < 0)
		return e->code;
	pending_forget_meters(p);
	return 0;
}

void pending_forget_meters(struct pending *p)
{
	for (int i = 0; i < MBUS_CHANNELS; i++)
		p->last->value[0][i].meter = p->last->value[1][i].meter = -1;
	p->last->passed.tables = 0;
	events_forget_meter(&p->notes);
}

void pending_allow(struct pending *p, struct allowance *a)
{
	p->allowance = p->notes.allowance = a;
}

void pending_close(struct pending *p)
{
	events_close(&p->notes);
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
	events_clear(&p->notes);
}

size_t pending_waiting(const struct pending *p)
{
	return p->row_count + p->value_count + p->candidate_count +
	       (p->fold[0].weight > 0) + (p->fold[1].weight > 0);
}

/* Beyond a day's worth that cannot be written, drop the oldest eighth. */
static bool make_way(const struct pending *p, void *items, size_t *count,
		     size_t each, size_t size)
{
	size_t most = DAY_S / (size_t)p->every.rows;

	most = each * (most > FEWEST ? most : FEWEST);
	if (!p->stuck || *count < most)
		return false;
	list_drop(items, count, most / 8, size);
	return true;
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

/* If time went back, what was seen says nothing of the state before. */
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

/* Count one more telegram of a row's interval. */
static void fold(struct pending *p, const struct pending_meters *m)
{
	struct pending_fold *f = &p->fold[m->other];
	size_t at = p->row_at[m->other];

	if (at != PENDING_NOWHERE && p->rows[at].ts == m->row_ts &&
	    p->rows[at].meter == m->electricity)
		p->rows[at].weight++;
	else
		*f = (struct pending_fold){ m->row_ts, f->weight + 1,
					    m->electricity };
}

static unsigned tables_of(struct pending *p, const struct reading *r,
			  const struct pending_meters *m)
{
	struct pending_last *last = p->last;
	unsigned tables = rare_tables(last, r);

	if (m->row == PENDING_NEW_ROW)
		tables |= PENDING_ELECTRICITY;
	else if (m->row == PENDING_OLD_ROW)
		fold(p, m);
	if (r->have & pending_mask(PLACE_PHASE) &&
	    !(same_slot(p->every.phases, last->phases_ts, r->time.utc) &&
	      last->phases_ts <= r->time.utc)) {
		tables |= PENDING_PHASES;
		last->phases_ts = r->time.utc;
	}
	return tables;
}

static void fill_row(struct pending_row *row, const struct reading *r,
		     int meter, unsigned tables)
{
	row->ts = r->time.utc;
	row->meter = meter;
	row->tables = tables;
	row->weight = 1;
	row->source = r->source;
	row->have = r->have;
	memcpy(row->value, r->value, sizeof(row->value));
	row->max_w[0] = row->max_w[1] = -1;
}

/* Add one, which the caller fills; NULL: out of memory. */
static struct pending_row *new_row(struct pending *p)
{
	struct pending_row *rows;

	if (make_way(p, p->rows, &p->row_count, 1, sizeof(*rows)))
		p->row_at[0] = p->row_at[1] = PENDING_NOWHERE;
	rows = list_more(p->rows, p->row_count, &p->row_room, sizeof(*rows));
	if (rows == NULL)
		return NULL;
	p->rows = rows;
	return &rows[p->row_count++];
}

static void take_peaks(struct pending *p, struct pending_row *row)
{
	memcpy(row->max_w, p->last->max_w, sizeof(row->max_w));
	p->last->max_w[0] = p->last->max_w[1] = -1;
}

static bool add_row(struct pending *p, const struct reading *r, int meter,
		    unsigned tables)
{
	struct pending_row *row = new_row(p);

	if (row == NULL)
		return false;
	fill_row(row, r, meter, tables);
	if (tables & PENDING_ELECTRICITY) {
		take_peaks(p, row);
		p->row_at[0] = p->row_count - 1;
	}
	return true;
}

/* Another meter starts: keep the last counters of the one before it, too. */
static bool end_meter(struct pending *p, const struct reading *r, int meter)
{
	struct pending_row *passed = &p->last->passed, *row;

	if (passed->tables == 0 || passed->meter == meter ||
	    passed->ts >= r->time.utc ||
	    (r->have & pending_mask(PLACE_COUNTER)) == 0 ||
	    !allowance_take(p->allowance, ALLOW_ROWS, 0))
		return true;
	row = new_row(p);
	if (row == NULL)
		return false;
	*row = *passed;
	take_peaks(p, row);
	passed->tables = 0;
	return true;
}

static void note_passed(struct pending *p, const struct reading *r, int meter,
			unsigned tables)
{
	if (tables & PENDING_ELECTRICITY)
		p->last->passed.tables = 0;
	else if (r->have & pending_mask(PLACE_COUNTER))
		fill_row(&p->last->passed, r, meter, PENDING_ELECTRICITY);
}

static bool add_value(struct pending *p, const struct mbus *b, int meter)
{
	struct pending_value *values;

	make_way(p, p->values, &p->value_count, MBUS_CHANNELS, sizeof(*values));
	values = list_more(p->values, p->value_count, &p->value_room,
			   sizeof(*values));
	if (values == NULL)
		return false;
	p->values = values;
	values[p->value_count++] =
		(struct pending_value){ b->time.utc, b->value, meter,
					b->channel, TIME_METER };
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
		if (!allowance_take(p->allowance, ALLOW_VALUES, 0))
			continue;
		if (!add_value(p, b, meter))
			return err_memory(e);
		*seen = (struct pending_seen){ b->time.utc, meter };
	}
	return 0;
}

/* A state that changes within an interval costs as much as a message. */
static bool may_keep(const struct pending *p, unsigned tables)
{
	bool thinned = tables & (PENDING_ELECTRICITY | PENDING_PHASES);

	return allowance_take(p->allowance, thinned ? ALLOW_ROWS : ALLOW_NOTES,
			      0);
}

/* Keep a reading of a meter that is not the house's. */
static int put_other(struct pending *p, const struct pending_meters *m,
		     const struct reading *r, struct err *e)
{
	if (m->row == PENDING_OLD_ROW)
		fold(p, m);
	if (m->row == PENDING_NEW_ROW &&
	    allowance_take(p->allowance, ALLOW_ROWS, 0)) {
		struct pending_row *row = new_row(p);

		if (row == NULL)
			return err_memory(e);
		fill_row(row, r, m->electricity, PENDING_ELECTRICITY);
		p->row_at[1] = p->row_count - 1;
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
	if (!end_meter(p, r, meter))
		return err_memory(e);
	note_peaks(p->last, r);
	tables = tables_of(p, r, m);
	if (tables != 0 && !may_keep(p, tables))
		tables = 0;
	note_passed(p, r, meter, tables);
	if (tables != 0 && !add_row(p, r, meter, tables))
		return err_memory(e);
	p->last->ts = r->time.utc;
	rc = events_put(&p->notes, r, meter, e);
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

static void sort(void *items, size_t count, size_t size,
		 int (*compare)(const void *a, const void *b))
{
	for (size_t i = 1; i < count; i++) {
		const char *at = (const char *)items + i * size;

		if (compare(at - size, at) > 0) {
			qsort(items, count, size, compare);
			return;
		}
	}
}

void pending_sort(struct pending *p)
{
	p->row_at[0] = p->row_at[1] = PENDING_NOWHERE; /* they may move */
	sort(p->candidates, p->candidate_count, sizeof(*p->candidates),
	     by_meter);
	sort(p->rows, p->row_count, sizeof(*p->rows), by_time);
	sort(p->values, p->value_count, sizeof(*p->values), by_time);
}
