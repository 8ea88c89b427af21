/* Derive all marks from all rows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "storage/journal/other_meters.h"
#include "storage/journal/other_meters_parts.h"

/* Meters and their marks. */
struct ids {
	struct marked {
		int64_t id, other;
	} * list;
	size_t n, room;
};

/* Read the meters that a statement returns; the caller frees the list. */
static int read_ids(struct stmt *s, struct ids *ids, struct err *e)
{
	int rc;

	while ((rc = stmt_next(s, e)) > 0) {
		struct marked *list = array_grow(ids->list, ids->n, &ids->room,
						 sizeof(*list));

		if (list == NULL) {
			stmt_reset(s);
			return err_memory(e);
		}
		ids->list = list;
		list[ids->n++] =
			(struct marked){ stmt_key(s, 0), stmt_key(s, 1) };
	}
	return rc;
}

/* Unmark those that were not the house's until now. */
static int unmark_old(struct other_meters *o, const struct touch *t,
		      const struct house_meter_choice *c, const struct ids *was,
		      struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < was->n; i++) {
		const struct marked *m = &was->list[i];

		if (choose_house_meter_of(c, m->id) == 0)
			rc = other_change_mark(o, t, m->id, m->other, 0, e);
	}
	return rc;
}

static int bring_home(struct other_meters *o, const struct touch *t,
		      struct err *e)
{
	struct ids ids = { 0 };
	int rc = read_ids(&o->s[OTHER_HOMELESS], &ids, e);

	for (size_t i = 0; rc == 0 && i < ids.n; i++)
		rc = other_move_in(o, t, ids.list[i].id, e);
	free(ids.list);
	return rc;
}

static int choose_of_all(struct other_meters *o, struct house_meter_choice *c,
			 struct err *e)
{
	int rc = other_read_turns(o, &o->s[OTHER_ALL], 0, e);

	return rc < 0 ? rc
		      : choose_house_meter(c, &o->turn, true,
					   &o->s[OTHER_ABOUT], &o->names, e);
}

/* Store the names used, for comparison at the next start. */
static int write_names(struct other_meters *o, struct err *e)
{
	int rc;

	stmt_bind_text(&o->s[OTHER_CHOSEN], 1, span_of(o->names.house));
	stmt_bind_text(&o->s[OTHER_CHOSEN], 2, span_of(o->names.also));
	rc = stmt_run(&o->s[OTHER_CHOSEN], e);
	return rc < 0 ? rc : 0;
}

int other_meters_derive_all(struct other_meters *o, const struct touch *t,
			    struct err *e)
{
	struct house_meter_choice c = { 0 };
	struct ids was = { 0 };
	int rc = choose_of_all(o, &c, e);

	if (rc == 0)
		rc = read_ids(&o->s[OTHER_MARKED], &was, e);
	if (rc == 0)
		rc = other_mark_new(o, t, &c, true, e);
	if (rc == 0)
		rc = unmark_old(o, t, &c, &was, e);
	if (rc == 0)
		rc = bring_home(o, t, e);
	if (rc == 0)
		rc = write_names(o, e);
	o->all = false;
	free(was.list);
	choose_house_meter_free(&c);
	return rc;
}

void other_meters_went(struct other_meters *o)
{
	struct err ignored;
	int64_t any = 0;

	if (stmt_ask(o->db,
		     "SELECT EXISTS (SELECT 1 FROM meter WHERE other > 0 "
		     "OR other < 0)",
		     &any, &ignored) < 0 ||
	    any != 0)
		o->all = true;
}

static int read_names(struct other_meters *o, struct house_names *n,
		      struct err *e)
{
	struct stmt *s = &o->s[OTHER_NAMES];
	int rc = stmt_next(s, e);

	*n = (struct house_names){ "", "" };
	if (rc > 0) {
		snprintf(n->house, sizeof(n->house), "%s", stmt_string(s, 0));
		snprintf(n->also, sizeof(n->also), "%s", stmt_string(s, 1));
	}
	stmt_reset(s);
	return rc < 0 ? rc : 0;
}

int other_meters_choose(struct other_meters *o, const char *house,
			const char *also, struct err *e)
{
	struct house_names was, *is = &o->names;
	int rc = read_names(o, &was, e);

	snprintf(is->house, sizeof(is->house), "%s", house ? house : "");
	snprintf(is->also, sizeof(is->also), "%s", also ? also : "");
	return rc < 0 ? rc
		      : strcmp(was.house, is->house) != 0 ||
				strcmp(was.also, is->also) != 0;
}

/*
 * The sign of a mark: negative, added; 0, the house's; positive, another
 * household's.
 */
static int sign(int64_t mark)
{
	return (mark > 0) - (mark < 0);
}

int other_meters_verify(sqlite3 *db, bool *match, struct err *e)
{
	static const char beside[] =
		"SELECT EXISTS (SELECT 1 FROM meter AS g WHERE medium <> "
		"'electricity' AND (other > 0) IS NOT (SELECT "
		"iif(count(*) > 0 AND count(*) = sum(e.other > 0), 1, NULL) "
		"FROM came_with AS w JOIN meter AS e ON e.id = w.beside "
		"WHERE w.meter = g.id)) OR EXISTS (SELECT 1 FROM meter AS m "
		"CROSS JOIN electricity AS r ON r.meter = m.id "
		"WHERE other <> 0)";
	struct meters none = { 0 };
	struct other_meters o = { 0 };
	struct house_meter_choice c = { 0 };
	struct ids was = { 0 };
	int64_t wrong = 0;
	size_t marked = 0;
	int rc = other_meters_open(&o, db, &none, e);

	if (rc == 0)
		rc = read_names(&o, &o.names, e);
	if (rc == 0)
		rc = choose_of_all(&o, &c, e);
	if (rc == 0)
		rc = read_ids(&o.s[OTHER_MARKED], &was, e);
	if (rc == 0)
		rc = stmt_ask(db, beside, &wrong, e);
	for (size_t i = 0; i < was.n; i++)
		wrong |= sign(choose_house_meter_of(&c, was.list[i].id)) !=
			 sign(was.list[i].other);
	for (size_t i = 0; i < c.n; i++)
		marked += c.list[i].other != 0;
	free(was.list);
	choose_house_meter_free(&c);
	other_meters_close(&o);
	*match = wrong == 0 && marked == was.n;
	return rc < 0 ? rc : 0;
}
