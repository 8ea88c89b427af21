/* What a caller asks a journal: how much waits, is held, or was left out. */
#include "storage/history/held_list.h"
#include "storage/journal/journal.h"
#include "storage/journal/journal_parts.h"

/* Maximum of readings in memory while they can be written. */
enum {
	MOST_WAITING = 10000,
	MOST_DOUBTED = 40000, /* from a file; a commit judges a day or more */
};

int64_t journal_held(const struct journal *j, int64_t *electricity)
{
	*electricity = j->held[KIND_ELECTRICITY];
	return j->held[KIND_ELECTRICITY] + j->held[KIND_MBUS] +
	       j->held[KIND_OTHER];
}

bool journal_urgent(const struct journal *j)
{
	return j->urgent;
}

size_t journal_waiting(const struct journal *j)
{
	return pending_waiting(&j->pending) +
	       obis_inventory_waiting(&j->inventory);
}

bool journal_full(const struct journal *j)
{
	const bool doubted =
		!j->allowance.live && j->pending.candidate_count > 0;
	const size_t most = doubted ? MOST_DOUBTED : MOST_WAITING;

	return journal_waiting(j) >= most ||
	       pending_candidates_full(&j->pending) ||
	       meter_events_full(&j->pending.events) ||
	       extra_values_full(&j->inventory.extra);
}

int journal_count_held(struct journal *j, int64_t *n, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, j->db, held_list_counts, e);

	*n = 0;
	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0)
		*n += stmt_int(&s, 1);
	stmt_close(&s);
	return rc;
}
