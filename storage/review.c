#include "storage/review.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utc.h"
#include "storage/db.h"
#include "storage/witness.h"

enum { TEXT = 128 };

struct review {
	sqlite3 *db;
	struct stmt list;
	char medium[TEXT], identifier[TEXT], reason[TEXT], name[TEXT];
};

/* clang-format off */
static const char list_sql[] =
	"SELECT q.id, q.ts, q.last_ts, q.count, m.medium, m.identifier, "
	"q.reason, q.register, m.unit, q.value, q.expected_min, "
	"q.expected_max, q.channel FROM quarantine AS q "
	"JOIN meter AS m ON m.id = q.meter WHERE rejected = 0 ORDER BY q.id";
/* clang-format on */

struct review *review_open(const char *path, struct err *e)
{
	struct review *r = calloc(1, sizeof(*r));

	if (r == NULL) {
		err_set(e, ERR_FAILED, "out of memory");
		return NULL;
	}
	if (db_open_reader(&r->db, path, e) < 0 ||
	    stmt_open(&r->list, r->db, list_sql, e) < 0) {
		review_close(r);
		return NULL;
	}
	return r;
}

void review_close(struct review *r)
{
	if (r == NULL)
		return;
	stmt_close(&r->list);
	db_close(r->db);
	free(r);
}

static const char *copy(char to[static TEXT], struct span s)
{
	snprintf(to, TEXT, "%.*s", SPAN_ARG(s));
	return to;
}

static const char *unit_name(struct span suffix)
{
	for (int u = 0; u < UNIT_COUNT; u++)
		if (span_eq(suffix, span_of(units[u].suffix)))
			return units[u].json;
	return "";
}

int review_next(struct review *r, struct review_entry *entry, struct err *e)
{
	struct stmt *s = &r->list;
	int rc = stmt_next(s, e);

	if (rc <= 0)
		return rc;
	*entry = (struct review_entry){
		.id = stmt_key(s, 0),
		.ts = stmt_time(s, 1),
		.last_ts = stmt_time(s, 2),
		.count = stmt_int(s, 3),
		.medium = copy(r->medium, stmt_text(s, 4)),
		.identifier = copy(r->identifier, stmt_text(s, 5)),
		.reason = copy(r->reason, stmt_text(s, 6)),
		.unit = unit_name(stmt_text(s, 8)),
		.value = stmt_int(s, 9),
		.has_min = !stmt_is_null(s, 10),
		.has_max = !stmt_is_null(s, 11),
		.expected_min = stmt_int(s, 10),
		.expected_max = stmt_int(s, 11),
	};
	entry->name = stmt_int(s, 12) == 0 ? copy(r->name, stmt_text(s, 7))
					   : entry->medium;
	return 1;
}

static int unknown(int64_t id, struct err *e)
{
	return err_set(e, ERR_USAGE, "the quarantine has no entry %" PRId64,
		       id);
}

int review_reject(sqlite3 *db, int64_t id, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db,
			   "UPDATE quarantine SET rejected = 1 "
			   "WHERE id = ?1 AND rejected = 0",
			   e);

	if (rc == 0) {
		stmt_bind(&s, 1, id);
		rc = stmt_run(&s, e);
	}
	stmt_close(&s);
	return rc == 0 ? unknown(id, e) : rc < 0 ? rc : 0;
}

/* The entry, and whose it is: its meter's number in the database. */
static int find(sqlite3 *db, int64_t id, struct witness *w, int64_t *meter,
		struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db,
			   "SELECT " WITNESS_COLUMNS ", meter FROM quarantine "
			   "WHERE id = ?1 AND rejected = 0",
			   e);

	if (rc == 0) {
		stmt_bind(&s, 1, id);
		rc = stmt_next(&s, e);
	}
	if (rc > 0) {
		witness_read(&s, w);
		*meter = stmt_int(&s, 7);
	}
	stmt_close(&s);
	return rc == 0 ? unknown(id, e) : rc < 0 ? rc : 0;
}

static int drop(sqlite3 *db, int64_t id, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db, "DELETE FROM quarantine WHERE id = ?1", e);

	if (rc == 0) {
		stmt_bind(&s, 1, id);
		rc = stmt_run(&s, e);
	}
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

/* Does it go backwards from the reading before it: then a new run begins. */
static int begin_of(struct patient *p, const struct judge_point *point,
		    enum begin *begin, struct err *e)
{
	struct judge_point before;
	int where, rc = neighbour_before(&p->gate->near, &p->object,
					 point->ts - 1, &before, e);

	*begin = BEGIN_METER;
	if (rc > 0 &&
	    judge_step(&p->rates, &before, point, &where) == VERDICT_BACK)
		*begin = BEGIN_RESET;
	return rc < 0 ? rc : 0;
}

static int contradicted(struct patient *p, const struct judge_point *point,
			struct judge_point *after, struct err *e)
{
	char when[UTC_TEXT];
	int rc = neighbour_after(&p->gate->near, &p->object, point->ts, after,
				 e);

	if (rc < 0)
		return rc;
	if (rc == 0)
		after->ts = INT64_MAX;
	if (rc == 0 || patient_fits(p, point, after))
		return 0;
	return err_set(e, ERR_FORMAT,
		       "the reading of %s, which was accepted, contradicts it",
		       utc_format(when, after->ts));
}

/* Those behind it that can follow it, up to the next one accepted. */
static int let_follow(struct patient *p, const struct witness *first,
		      const struct judge_point *after, struct err *e)
{
	struct witness w, last = *first;
	struct stmt s = { 0 };
	int rc = stmt_open(&s, p->en->db,
			   "SELECT " WITNESS_COLUMNS " FROM quarantine WHERE "
			   "meter = ?1 AND rejected = 0 AND ts > ?2 AND "
			   "ts < ?3 AND reason IN ('back', 'fast') "
			   "ORDER BY ts, id",
			   e);

	stmt_bind(&s, 1, p->object.meter);
	stmt_bind(&s, 2, first->point.ts);
	stmt_bind(&s, 3, after->ts);
	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0) {
		witness_read(&s, &w);
		if (w.point.have == 0 ||
		    !patient_fits(p, &last.point, &w.point) ||
		    (after->ts != INT64_MAX &&
		     !patient_fits(p, &w.point, after)))
			continue;
		rc = patient_enter(p, &w, w.point.ts, BEGIN_METER, e);
		if (rc == 0 && w.last_ts > w.point.ts && w.last_ts < after->ts)
			rc = patient_enter(p, &w, w.last_ts, BEGIN_METER, e);
		if (rc == 0)
			rc = drop(p->en->db, w.id, e);
		last = w;
	}
	stmt_close(&s);
	return rc;
}

int review_accept(struct gate *g, struct enter *en, int64_t id, struct err *e)
{
	struct judge_point after;
	struct patient p;
	struct witness w = { 0 };
	enum begin begin;
	long interval = en->interval;
	int64_t number = 0;
	int meter = -1, rc = find(en->db, id, &w, &number, e);

	if (rc == 0)
		rc = meter = meters_of_id(&en->meters, number, e);
	if (rc >= 0)
		rc = patient_of(&p, g, en, meter, w.channel == 0, e);
	if (rc >= 0)
		rc = contradicted(&p, &w.point, &after, e);
	if (rc >= 0)
		rc = begin_of(&p, &w.point, &begin, e);
	if (rc < 0)
		return rc;
	en->interval = 1; /* whatever else there is in its interval */
	rc = patient_enter(&p, &w, w.point.ts, begin, e);
	en->interval = interval;
	if (rc == 0)
		rc = drop(en->db, id, e);
	if (rc == 0)
		rc = let_follow(&p, &w, &after, e);
	en->p.late = true;
	gate_forget(g, meter);
	return rc;
}
