#include "storage/history/history.h"
#include "storage/db/transaction.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/localday.h"
#include "storage/db/db.h"
#include "storage/history/history_connection.h"

static int read_timezone(struct history *h, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, h->db,
			   "SELECT value FROM meta WHERE key = 'timezone'", e);

	if (rc == 0)
		rc = stmt_next(&s, e);
	if (rc > 0)
		snprintf(h->timezone, sizeof(h->timezone), "%.*s",
			 SPAN_ARG(stmt_text(&s, 0)));
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

struct history *history_open(const char *path, struct err *e)
{
	struct history *h = calloc(1, sizeof(*h));

	if (h == NULL)
		err_memory(e);
	else if (db_open_reader(&h->db, path, e) == 0 &&
		 read_timezone(h, e) == 0) {
		interpolation_open(&h->interpolation, h->db);
		return h;
	}
	err_while(e, "database %s", path);
	history_close(h);
	return NULL;
}

void history_close(struct history *h)
{
	if (h == NULL)
		return;
	for (int m = 0; m < MEDIUM_COUNT; m++) {
		stmt_close(&h->extent[m]);
		stmt_close(&h->after[m]);
	}
	interpolation_close(&h->interpolation);
	period_cursor_close(&h->walk);
	stmt_close(&h->peak);
	stmt_close(&h->peak_after);
	stmt_close(&h->changes);
	db_close(h->db);
	free(h);
}

int history_hold(struct history *h, struct err *e)
{
	return transaction_hold(h->db, e);
}

void history_release(struct history *h)
{
	transaction_rollback(h->db);
}

const char *history_timezone(const struct history *h)
{
	return h->timezone;
}

/*
 * The last reading of a medium; with several meters, the earliest of their last
 * ones, without those that were replaced on their channel or have been silent
 * for a day and an hour longer than the others.
 */
#define POSSIBLE "ts BETWEEN 1199145600 AND 4102444800" /* 2008 to 2100 */
#define ENDS(those)                                                            \
	"(SELECT min(ts) FROM " those POSSIBLE ") AS first, "                  \
	"(SELECT max(ts) FROM " those POSSIBLE ") AS last, "
#define EXTENT(meters)                                                         \
	"WITH m AS MATERIALIZED (" meters ") "                                 \
	"SELECT min(first), (SELECT min(last) FROM m WHERE used "              \
	"AND last >= (SELECT max(last) FROM m WHERE used) - 90000) FROM m"
static const char electricity_extent[] = EXTENT("SELECT " ENDS(
	"electricity WHERE ") "1 AS used UNION ALL "
			      "SELECT " ENDS(
				      "other_electricity WHERE meter = id AND ") "1 "
										 "FROM meter WHERE other < 0");
/* Two meters that send at the same time may share a channel: came_with. */
static const char mbus_extent[] = EXTENT("SELECT " ENDS(
	"mbus WHERE meter = meter.id AND ") "EXISTS (SELECT * FROM installation AS i WHERE i.meter = "
					    "meter.id AND NOT EXISTS (SELECT * FROM installation AS n WHERE "
					    "n.channel = i.channel AND n.medium = i.medium AND n.first_ts "
					    "> (SELECT max(ts) FROM mbus WHERE meter = meter.id))) AS used "
					    "FROM meter WHERE medium = '%q' AND unit = '%q' "
					    "AND +other IS NULL");

/* The unit of a medium's series. */
static const char *unit_of(enum medium m)
{
	for (int s = 0; s < SERIES_COUNT; s++)
		if (series[s].medium == m)
			return units[series[s].unit].suffix;
	return "";
}

/* Prepare a query of a medium's M-Bus meters, once. */
static int open_of_medium(struct stmt *s, sqlite3 *db, const char *electric,
			  const char *mbus, enum medium m, struct err *e)
{
	sqlite3_str *sql;

	if (stmt_is_open(s))
		return 0;
	sql = sqlite3_str_new(db);
	if (m == MEDIUM_ELECTRICITY)
		sqlite3_str_appendall(sql, electric);
	else
		sqlite3_str_appendf(sql, mbus, medium_name(m), unit_of(m));
	return stmt_open_text(s, db, sql, e);
}

int history_extent(struct history *h, enum medium m, int64_t *first,
		   int64_t *last, struct err *e)
{
	struct stmt *s = &h->extent[m];
	int rc;

	if (medium_name(m) == NULL)
		return 0;
	rc = open_of_medium(s, h->db, electricity_extent, mbus_extent, m, e);
	if (rc == 0)
		rc = stmt_next(s, e);
	if (rc <= 0)
		return rc;
	*first = stmt_time(s, 0);
	*last = stmt_time(s, 1);
	rc = !stmt_is_null(s, 0);
	stmt_reset(s);
	return rc;
}

int history_after(struct history *h, enum medium m, int64_t t, int64_t *next,
		  struct err *e)
{
	struct stmt *s = &h->after[m];
	int rc = medium_name(m) == NULL
			 ? err_set(e, ERR_FAILED, "no such medium")
			 : open_of_medium(
				   s, h->db,
				   "SELECT min(ts) FROM (SELECT min(ts) AS ts "
				   "FROM electricity WHERE ts > ?1 UNION ALL "
				   "SELECT (SELECT min(ts) FROM "
				   "other_electricity WHERE meter = id AND "
				   "ts > ?1) FROM meter WHERE other < 0)",
				   "SELECT min((SELECT min(ts) FROM mbus WHERE "
				   "meter = meter.id AND ts > ?1)) FROM meter "
				   "WHERE medium = '%q' AND unit = '%q' "
				   "AND +other IS NULL",
				   m, e);

	if (rc < 0)
		return rc;
	stmt_bind(s, 1, t);
	return stmt_value_time(s, STMT_LAST_TIME, next, e);
}

int history_at(struct history *h, enum medium m, int64_t t,
	       struct counter_point *out, struct err *e)
{
	return interpolation_at(&h->interpolation, m, t, out, e);
}

/* Query the peaks of one row, with ?1 and perhaps ?2. */
static int ask_peaks(struct history *h, struct stmt *s, const char *sql,
		     const int64_t t[2], int64_t watts[2], struct err *e)
{
	int rc = !stmt_is_open(s) ? stmt_open(s, h->db, sql, e) : 0;

	watts[0] = watts[1] = -1;
	if (rc < 0)
		return rc;
	for (int i = 0; i < stmt_parameters(s); i++)
		stmt_bind(s, i + 1, t[i]);
	rc = stmt_next(s, e);
	if (rc <= 0)
		return rc;
	for (int i = 0; i < 2; i++)
		if (!stmt_is_null(s, i))
			watts[i] = stmt_int(s, i);
	stmt_reset(s);
	return 0;
}

int history_peak(struct history *h, int64_t from, int64_t to, int64_t *import_w,
		 int64_t *export_w, struct err *e)
{
	int64_t watts[2];
	int rc = ask_peaks(h, &h->peak,
			   "SELECT max(power_import_max_w), "
			   "max(power_export_max_w) FROM electricity "
			   "WHERE ts > ?1 AND ts <= ?2",
			   (int64_t[2]){ from, to }, watts, e);

	*import_w = watts[0];
	*export_w = watts[1];
	return rc;
}

int history_peak_after(struct history *h, int64_t t, int64_t *import_w,
		       int64_t *export_w, struct err *e)
{
	int64_t watts[2];
	int rc =
		ask_peaks(h, &h->peak_after,
			  "SELECT power_import_max_w, power_export_max_w "
			  "FROM electricity WHERE ts >= ?1 ORDER BY ts LIMIT 1",
			  (int64_t[2]){ t }, watts, e);

	*import_w = watts[0];
	*export_w = watts[1];
	return rc;
}

int history_begin(struct history *h, enum period p, int64_t from, int64_t to,
		  struct err *e)
{
	return period_cursor_begin(&h->walk, h->db, p, from, to, e);
}

int history_next(struct history *h, struct consumption *out, struct err *e)
{
	return period_cursor_next(&h->walk, out, e);
}

int history_changes(struct history *h, enum medium m, int64_t id,
		    struct change *out, struct err *e)
{
	struct stmt *s = &h->changes;
	int rc = 0;

	*out = (struct change){ 0 };
	if (medium_name(m) == NULL)
		return 0;
	if (!stmt_is_open(s))
		rc = stmt_open(s, h->db,
			       "SELECT (SELECT max(id) FROM change_list "
			       "WHERE medium = ?1), min(min_ts), max(max_ts) "
			       "FROM change_list WHERE id > ?2 AND medium = ?1",
			       e);
	if (rc < 0)
		return rc;
	stmt_bind_text(s, 1, span_of(medium_name(m)));
	stmt_bind(s, 2, id);
	rc = stmt_next(s, e);
	if (rc <= 0)
		return rc;
	out->id = stmt_int(s, 0);
	out->min_ts = stmt_time(s, 1);
	out->max_ts = stmt_time(s, 2);
	rc = !stmt_is_null(s, 1);
	stmt_reset(s);
	return rc;
}
