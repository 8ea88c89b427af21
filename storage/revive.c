#include "storage/revive.h"

#include <stdlib.h>

#include "storage/db/list.h"

int revive_open(struct revive *v, sqlite3 *db, struct err *e)
{
	return stmt_open(&v->held, db,
			 "SELECT " WITNESS_COLUMNS
			 " FROM quarantine WHERE meter = ?1 AND "
			 "rejected = 0 AND reason IN ('back', 'fast') "
			 "ORDER BY ts, id",
			 e);
}

void revive_close(struct revive *v)
{
	stmt_close(&v->held);
	free(v->list);
	*v = (struct revive){ 0 };
}

static int gather(struct revive *v, const struct patient *p, struct err *e)
{
	int rc;

	v->n = 0;
	stmt_bind(&v->held, 1, p->object.meter);
	while ((rc = stmt_next(&v->held, e)) > 0) {
		struct witness *list =
			list_more(v->list, v->n, &v->room, sizeof(*list));

		if (list == NULL) {
			rc = err_set(e, ERR_FAILED, "out of memory");
			break;
		}
		v->list = list;
		witness_read(&v->held, &list[v->n]);
		v->n += list[v->n].point.have != 0;
	}
	stmt_reset(&v->held);
	return rc;
}

/* Can b follow a, which is not younger? 1, 0 or negative. */
static int follows(struct patient *p, const struct judge_point *a,
		   const struct judge_point *b, struct err *e)
{
	int where, rc = neighbours_apart(&p->gate->near, &p->object, a->ts,
					 b->ts, e);

	if (rc != 0)
		return rc;
	return judge_step(&p->rates, a, b, &where) == VERDICT_FITS;
}

/* Do the counters fit what is accepted around `ts`? 1, 0 or negative. */
static int fits(struct patient *p, struct judge_point point, int64_t ts,
		struct err *e)
{
	struct judge_point near;
	int rc;

	point.ts = ts;
	rc = neighbour_before(&p->gate->near, &p->object, ts, &near, e);
	if (rc > 0)
		rc = follows(p, &near, &point, e);
	else if (rc == 0)
		rc = 1;
	if (rc <= 0)
		return rc;
	rc = neighbour_after(&p->gate->near, &p->object, ts, &near, e);
	return rc > 0 ? follows(p, &point, &near, e) : rc < 0 ? rc : 1;
}

int revive_all(struct revive *v, struct patient *p, struct stmt *drop,
	       struct err *e)
{
	int rc = gather(v, p, e);

	for (size_t i = 0; rc >= 0 && i < v->n; i++) {
		const struct witness *w = &v->list[i];

		rc = fits(p, w->point, w->point.ts, e);
		if (rc > 0 && w->last_ts != w->point.ts)
			rc = fits(p, w->point, w->last_ts, e);
		if (rc > 0)
			rc = patient_believe(p, w, drop, e);
	}
	return rc < 0 ? rc : 0;
}
