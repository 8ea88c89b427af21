/* The list of pending rows. */
#include "storage/journal/pending_commit.h"

#include <string.h>

#include "base/array.h"

static void fill(struct pending_row *row, const struct reading *r, int meter,
		 unsigned tables)
{
	row->ts = r->time.utc;
	row->interval_of = INT64_MIN;
	row->other = false;
	row->meter = meter;
	row->tables = tables;
	row->weight = 1;
	row->source = r->source;
	row->have = r->have;
	memcpy(row->value, r->value, sizeof(row->value));
	row->max_w[0] = row->max_w[1] = -1;
}

/*
 * Count a reading in the row of its interval: one of the first `before` rows,
 * or a row of the database.
 */
static void count_in(struct pending *p, const struct pending_row *one,
		     size_t before)
{
	struct pending_fold *f = &p->fold[one->other];

	while (before-- > 0) {
		struct pending_row *row = &p->rows[before];

		if (row->ts == one->interval_of && row->meter == one->meter &&
		    row->tables & PENDING_ELECTRICITY) {
			row->weight += one->weight;
			return;
		}
	}
	*f = (struct pending_fold){ one->interval_of, f->weight + one->weight,
				    one->meter };
}

void pending_count(struct pending *p)
{
	size_t kept = 0;

	for (size_t i = 0; i < p->row_count; i++) {
		const struct pending_row *row = &p->rows[i];

		if (row->interval_of != INT64_MIN)
			count_in(p, row, kept);
		else
			p->rows[kept++] = *row;
	}
	p->row_count = kept;
	p->passed_at[0] = p->passed_at[1] = PENDING_NOWHERE;
}

/* Add a row, which the caller fills. Returns NULL if out of memory. */
static struct pending_row *new_row(struct pending *p)
{
	struct pending_row *rows;

	if (pending_crowded(p, p->row_count, 1))
		pending_count(p);
	if (pending_crowded(p, p->row_count, 1)) {
		pending_drop_oldest(p->rows, &p->row_count, sizeof(*rows));
		p->passed_at[0] = p->passed_at[1] = PENDING_NOWHERE;
	}
	rows = array_grow(p->rows, p->row_count, &p->row_room, sizeof(*rows));
	if (rows == NULL)
		return NULL;
	p->rows = rows;
	return &rows[p->row_count++];
}

struct pending_row *pending_add_row(struct pending *p, const struct reading *r,
				    int meter, unsigned tables)
{
	struct pending_row *row = new_row(p);

	if (row != NULL)
		fill(row, r, meter, tables);
	return row;
}

void pending_begin_interval(struct pending *p, bool other)
{
	p->passed_at[other] = PENDING_NOWHERE;
	p->passed[other].tables = 0;
}

int pending_pass(struct pending *p, const struct pending_meters *m,
		 const struct reading *r, struct err *e)
{
	struct pending_row *row =
		pending_add_row(p, r, m->electricity, PENDING_ELECTRICITY);

	if (row == NULL)
		return err_memory(e);
	row->interval_of = m->row_ts;
	row->other = m->other;
	p->passed[m->other] = *row;
	p->passed_at[m->other] = p->row_count - 1;
	return 0;
}

/* Make sure that the newest reading without a row becomes one. */
static struct pending_row *keep_passed(struct pending *p, bool other)
{
	struct pending_row *passed = &p->passed[other], *row;
	struct pending_fold *f = &p->fold[other];
	size_t at = p->passed_at[other];

	row = at != PENDING_NOWHERE ? &p->rows[at] : new_row(p);
	if (row == NULL)
		return NULL;
	/* An earlier commit counted it in the row of its interval. */
	if (at == PENDING_NOWHERE) {
		*row = *passed;
		*f = (struct pending_fold){ row->interval_of, f->weight - 1,
					    row->meter };
	}
	pending_begin_interval(p, other);
	return row;
}

int pending_end_meter(struct pending *p, int meter, int64_t ts,
		      struct pending_row **row, struct err *e)
{
	const struct pending_row *passed = &p->passed[0];

	*row = NULL;
	if (passed->tables == 0 || passed->meter == meter || passed->ts >= ts ||
	    !flood_limit_take(p->allowance, ALLOW_ROWS, 0))
		return 0;
	*row = keep_passed(p, false);
	if (*row == NULL)
		return err_memory(e);
	(*row)->interval_of = INT64_MIN;
	return 0;
}

static bool in_doubt(const struct pending *p, int meter)
{
	for (size_t i = 0; !p->stuck && i < p->candidate_count; i++)
		if (p->candidates[i].meter == meter &&
		    p->candidates[i].reading.channel == 0 &&
		    pending_is_judged(&p->candidates[i]))
			return true;
	return false;
}

int pending_bring_passed(struct pending *p, struct err *e)
{
	for (int i = 0; i < 2; i++)
		if (p->passed[i].tables != 0 &&
		    in_doubt(p, p->passed[i].meter) &&
		    keep_passed(p, i) == NULL)
			return err_memory(e);
	p->passed_at[0] = p->passed_at[1] = PENDING_NOWHERE;
	return 0;
}
