/*
 * Separate transactions: a decision, a reading entered by hand, a rebuild,
 * thinning.
 */
#include "storage/db/transaction.h"
#include "storage/journal/journal.h"
#include "storage/journal/journal_parts.h"
#include "storage/journal/manual_reading.h"
#include "storage/journal/pins.h"

/* Nothing was written. */
static int undo(struct journal *j, int rc,
		const struct calendar_tables *calendar)
{
	transaction_rollback(j->db);
	meters_forget_ids(&j->writer.meters);
	hourly_counters_forget(&j->writer.hourly_counters);
	j->calendar = *calendar;
	return rc;
}

/* End a transaction with a person's decision. */
static int end_word(struct journal *j, int rc,
		    const struct calendar_tables *calendar, struct err *e)
{
	const struct derived rest = journal_rest(j);

	if (rc == 0)
		rc = derived_write(&rest, e);
	if (rc == 0)
		rc = transaction_commit(j->db, e);
	if (rc == 0)
		database_replaced_written(&j->identity);
	return rc == 0 ? j->writer.p.added : undo(j, rc, calendar);
}

static int begin_word(struct journal *j, struct err *e)
{
	int rc = transaction_begin(j->db, e);

	return rc == 0 ? row_writer_begin(&j->writer, e) : rc;
}

/* Write everything, to see the totals; roll it back unless `keep`. */
int journal_pin(struct journal *j, const struct pins_order *o, bool keep,
		struct pins_answer *a, struct err *e)
{
	const struct derived rest = journal_rest(j);
	struct calendar_tables calendar = j->calendar;
	int rc = begin_word(j, e);

	if (rc == 0)
		rc = pins_totals(j->db, a->before, e);
	if (rc == 0)
		rc = pins_write(o, &j->writer, a, e);
	if (rc == 0)
		rc = derived_write(&rest, e);
	if (rc == 0)
		rc = pins_totals(j->db, a->after, e);
	if (rc < 0 || !keep)
		return undo(j, rc, &calendar);
	rc = transaction_commit(j->db, e);
	if (rc == 0)
		database_replaced_written(&j->identity);
	return rc == 0 ? j->writer.p.added : undo(j, rc, &calendar);
}

int journal_enter(struct journal *j, struct manual_reading *n, int64_t now,
		  struct err *e)
{
	struct calendar_tables calendar = j->calendar;
	int rc = begin_word(j, e);

	if (rc == 0)
		rc = manual_reading_write(n, &j->writer, now, e);
	return rc > 0 ? end_word(j, 0, &calendar, e) : undo(j, rc, &calendar);
}

int journal_rebuild(struct journal *j, struct err *e)
{
	const struct derived rest = journal_rest(j);
	struct calendar_tables calendar = j->calendar;
	int rc = begin_word(j, e);

	if (rc == 0)
		rc = derived_rebuild(&rest, e);
	if (rc == 0)
		rc = transaction_commit(j->db, e);
	return rc == 0 ? 0 : undo(j, rc, &calendar);
}

int journal_thins(struct journal *j, int64_t now, struct err *e)
{
	return thin_is_due(&j->thin, now, e);
}

int journal_thin(struct journal *j, int64_t now, int hours, int64_t *removed,
		 struct err *e)
{
	int rc;

	sqlite3_busy_timeout(j->db, 0);
	rc = thin_piece(&j->thin, now, hours, removed, e);
	sqlite3_busy_timeout(j->db, (int)j->wait_ms);
	if (rc >= 0) {
		j->commits = j->commits > 0 ? j->commits : 1;
		database_replaced_written(&j->identity);
	}
	return rc < 0 ? err_while(e, "thinning old readings") : rc;
}

int journal_channels(struct journal *j, int channel[MEDIUM_COUNT],
		     struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, j->db,
			   "SELECT channel FROM installation WHERE medium = ?1 "
			   "AND channel > 0 ORDER BY first_ts LIMIT 1",
			   e);

	for (int m = 0; rc == 0 && m < MEDIUM_OTHER; m++) {
		int64_t found;

		stmt_bind_text(&s, 1, span_of(medium_name((enum medium)m)));
		rc = stmt_value(&s, 0, &found, e);
		channel[m] = found <= MBUS_CHANNELS ? (int)found : 0;
	}
	stmt_close(&s);
	return rc;
}
