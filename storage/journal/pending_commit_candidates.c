/* Counters that wait to be judged. */
#include <stdlib.h>

#include "base/array.h"
#include "storage/journal/pending_commit.h"

enum {
	CANDIDATES_MAX =
		20000, /* maximum pending; beyond it only counters are lost */
	TELEGRAMS_MAX = 2 * 1024 * 1024,       /* maximum pending bytes */
	TELEGRAMS_OF_FILE = 4 * TELEGRAMS_MAX, /* the same for an import */
};

void pending_drop_candidates(struct pending *p)
{
	for (size_t i = 0; i < p->candidate_count; i++)
		free(p->candidates[i].telegram);
	p->candidate_count = p->candidate_bytes = p->candidates_ahead = 0;
}

static size_t most_bytes(const struct pending *p)
{
	return p->allowance->live ? TELEGRAMS_MAX : TELEGRAMS_OF_FILE;
}

bool pending_candidates_full(const struct pending *p)
{
	return p->candidate_bytes >= most_bytes(p) / 2;
}

int pending_add_candidate(struct pending *p, int meter,
			  const struct held_reading *r, bool ahead,
			  struct err *e)
{
	struct pending_candidate *list, *one;
	size_t n = r->telegram.n;

	if (p->candidate_count >= CANDIDATES_MAX)
		return 0;
	if (n > HELD_ROWS_TELEGRAM)
		n = HELD_ROWS_TELEGRAM;
	if (p->candidate_bytes + n > most_bytes(p))
		n = 0;
	list = array_grow(p->candidates, p->candidate_count, &p->candidate_room,
			  sizeof(*list));
	if (list == NULL)
		return err_memory(e);
	p->candidates = list;
	one = &list[p->candidate_count];
	*one = (struct pending_candidate){ .reading = *r,
					   .meter = meter,
					   .telegram = malloc(n + 1) };
	if (one->telegram == NULL)
		return err_memory(e);
	if (n > 0)
		memcpy(one->telegram, r->telegram.p, n);
	one->reading.telegram = (struct span){ one->telegram, n };
	p->candidate_bytes += n;
	p->candidate_count++;
	p->candidates_ahead += ahead;
	return 0;
}

int pending_judge_all(struct pending *p, struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < p->row_count; i++) {
		struct pending_row *row = &p->rows[i];
		const struct held_reading r = pending_row_reading(row);

		if (row->tables & PENDING_ELECTRICITY)
			rc = pending_add_candidate(p, row->meter, &r, true, e);
		row->tables &= ~(unsigned)PENDING_ELECTRICITY;
		row->interval_of = INT64_MIN;
	}
	for (size_t i = 0; rc == 0 && i < p->value_count; i++) {
		const struct pending_value *v = &p->values[i];
		const struct held_reading r = { .ts = v->ts,
						.channel = v->channel,
						.weight = 1,
						.have = 1,
						.value = { v->value } };

		rc = pending_add_candidate(p, v->meter, &r, true, e);
	}
	if (rc == 0)
		p->value_count = 0;
	pending_start_over(p);
	return rc;
}
