/* A journal whose file is no longer the one at its path. */
#include <stdlib.h>

#include "storage/db/database_files.h"
#include "storage/db/db.h"
#include "storage/journal/journal.h"
#include "storage/journal/journal_parts.h"

enum standing journal_standing(const struct journal *j)
{
	return database_replaced_look(&j->identity);
}

int64_t journal_beyond(const struct journal *j)
{
	return j->allowance.beyond;
}

int64_t journal_others(const struct journal *j)
{
	return j->others;
}

void journal_name(const struct journal *j, char *path, size_t size)
{
	database_replaced_name(&j->identity, path, size);
}

int journal_leave(struct journal *j, const char *aside, struct err *e)
{
	int rc = 0;

	if (journal_standing(j) == STANDING_REMOVED ||
	    sqlite3_wal_checkpoint_v2(j->db, NULL, SQLITE_CHECKPOINT_TRUNCATE,
				      NULL, NULL) != SQLITE_OK)
		rc = database_files_copy(j->db, aside, "", e) < 0 ? e->code : 1;
	if (rc > 0 && database_files_sync(aside, e) < 0)
		rc = e->code;
	if (rc >= 0)
		database_replaced_clear_beside(&j->identity);
	else
		db_remove_copy(aside);
	return rc;
}

/* Pending readings name meters by their indexes in the list. */
struct waiting {
	struct meter *meters;
	int n;
	struct pending pending;
	struct flood_limit allowance;
	struct obis_inventory inventory;
	int64_t newest;
	long wait_ms;
};

/* In another database the meters have other numbers, or none yet. */
struct waiting *journal_unload(struct journal *j)
{
	struct waiting *w = calloc(1, sizeof(*w));
	struct meters *m = &j->writer.meters;

	if (w == NULL)
		return NULL;
	meters_forget_ids(m);
	*w = (struct waiting){ .meters = m->list,
			       .n = m->n,
			       .pending = j->pending,
			       .allowance = j->allowance,
			       .newest = j->validator.newest,
			       .wait_ms = j->wait_ms };
	m->list = NULL;
	m->n = 0;
	j->pending = (struct pending){ 0 };
	obis_inventory_move(&w->inventory, &j->inventory);
	return w;
}

static void reload(struct journal *to, struct waiting *w)
{
	struct meters *m = &to->writer.meters;
	struct meters none = { .list = m->list, .n = m->n };
	struct err ignored;

	m->list = w->meters;
	m->n = w->n;
	w->meters = none.list;
	w->n = none.n;
	identify_meter_forget(&to->validator.identity);
	pending_close(&to->pending);
	to->pending = w->pending;
	to->allowance = w->allowance;
	pending_allow(&to->pending, &to->allowance);
	w->pending = (struct pending){ 0 };
	pending_judge_all(&to->pending, &ignored);
	obis_inventory_move(&to->inventory, &w->inventory);
	to->urgent = true;
	if (w->newest > to->validator.newest)
		to->validator.newest = w->newest;
	journal_patience(to, w->wait_ms);
}

void journal_reload(struct journal *to, struct waiting *w)
{
	struct meters none = { 0 };

	if (to != NULL)
		reload(to, w);
	none.list = w->meters;
	none.n = w->n;
	meters_close(&none);
	pending_close(&w->pending);
	obis_inventory_close(&w->inventory);
	free(w);
}
