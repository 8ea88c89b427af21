/* M-Bus meters that came only in telegrams of other electricity meters. */
#include "base/array.h"
#include "storage/journal/other_meters.h"
#include "storage/journal/other_meters_parts.h"

/*
 * Mark an M-Bus meter as another house's or as this one's. While meters are
 * added, its place depends on the electricity meters it appeared with.
 */
static int mark_beside(struct other_meters *o, const struct touch *t,
		       const struct meters_in_turn_pair *p, bool placed,
		       struct err *e)
{
	struct stmt *s = &o->s[OTHER_BESIDE_MARK],
		    *values = &o->s[OTHER_VALUES];
	const int64_t meter = p->a;
	int64_t want, is;
	bool same;
	struct meter_key m;
	int rc;

	stmt_bind_all(s, (const int64_t[]){ meter, p->b }, 2);
	rc = stmt_next(s, e);
	if (rc <= 0)
		return rc;
	want = stmt_key(s, 0);
	is = stmt_key(s, 1);
	placed |= stmt_int(s, 2) != 0;
	meters_kind(&m, stmt_text(s, 3), stmt_text(s, 4));
	stmt_reset(s);
	same = (want > 0) == (is > 0);
	if (same && !placed)
		return 0;
	if (!same && other_set_mark(o, meter, want, e) < 0)
		return e->code;
	stmt_bind(values, 1, meter);
	rc = stmt_next(values, e);
	for (int i = 0; rc > 0 && i < 2 && !stmt_is_null(values, i); i++)
		touch_meter(t, &m, meter, stmt_time(values, i));
	stmt_reset(values);
	return rc < 0 ? rc : 0;
}

int other_meters_beside(struct other_meters *o, int64_t meter,
			int64_t electricity, struct err *e)
{
	struct meters_in_turn_pair *pairs;
	int rc;

	stmt_bind_all(&o->s[OTHER_PAIR],
		      (const int64_t[]){ meter, electricity }, 2);
	rc = stmt_run(&o->s[OTHER_PAIR], e);
	if (rc <= 0)
		return rc;
	pairs = array_grow(o->pairs, o->pairs_n, &o->pairs_room,
			   sizeof(*pairs));
	if (pairs == NULL)
		return err_memory(e);
	o->pairs = pairs;
	pairs[o->pairs_n++] =
		(struct meters_in_turn_pair){ meter, electricity };
	return 0;
}

int other_mark_pairs(struct other_meters *o, const struct touch *t,
		     struct err *e)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < o->pairs_n; i++)
		rc = mark_beside(o, t, &o->pairs[i], false, e);
	return rc;
}

int other_mark_beside(struct other_meters *o, const struct touch *t,
		      int64_t electricity, bool placed, struct err *e)
{
	struct stmt *s = &o->s[OTHER_BESIDE];
	int rc;

	stmt_bind(s, 1, electricity);
	while ((rc = stmt_next(s, e)) > 0) {
		const struct meters_in_turn_pair p = { stmt_key(s, 0),
						       electricity };

		rc = mark_beside(o, t, &p, placed, e);
		if (rc < 0) {
			stmt_reset(s);
			return rc;
		}
	}
	return rc;
}
