#include "storage/verify.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/utc.h"
#include "storage/db.h"
#include "storage/db/stmt.h"
#include "storage/facts.h"
#include "storage/history.h"
#include "storage/impossible.h"
#include "storage/verify_rule.h"

enum { SENTENCE = 512, SAID = 100 };

#define FAR STMT_LAST_TIME

void verify_wrong(struct verify *v, const char *fmt, ...)
{
	char sentence[SENTENCE];
	va_list ap;

	if (++v->found > SAID)
		return;
	va_start(ap, fmt);
	vsnprintf(sentence, sizeof(sentence), fmt, ap);
	va_end(ap);
	v->say(v->ctx, sentence);
}

static int verify_file(sqlite3 *db, struct verify *v, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db, "PRAGMA integrity_check", e);

	while (rc >= 0 && (rc = stmt_next(&s, e)) > 0) {
		struct span line = stmt_text(&s, 0);

		if (!span_eq(line, SPAN("ok")))
			verify_wrong(v, "file: %.*s", SPAN_ARG(line));
	}
	stmt_close(&s);
	return rc;
}

/* Last - first counter of each series. */
static int count_all(struct history *h, int64_t sum[static SERIES_COUNT],
		     struct err *e)
{
	for (int s = 0; s < SERIES_COUNT; s++) {
		struct point first, last;
		int rc = history_at(h, series[s].medium, 0, &first, e);

		if (rc > 0)
			rc = history_at(h, series[s].medium, FAR, &last, e);
		if (rc < 0)
			return rc;
		sum[s] = rc > 0 ? last.counter[s] - first.counter[s] : 0;
		if (rc > 0 && !(last.have & first.have & UINT32_C(1) << s))
			sum[s] = 0;
	}
	return 0;
}

static void add_usage(const struct usage *u, const char *view,
		      int64_t sum[static SERIES_COUNT], struct verify *v)
{
	char start[UTC_TEXT];

	for (int s = 0; s < SERIES_COUNT; s++) {
		if (!(u->have >> s & 1))
			continue;
		sum[s] += u->amount[s];
		if (u->amount[s] < 0)
			verify_wrong(v, "%s, %s: %s is %" PRId64, view,
				     utc_format(start, u->start),
				     series[s].column, u->amount[s]);
	}
}

static int verify_period(struct history *h, enum period p, const char *view,
			 const int64_t wanted[static SERIES_COUNT],
			 struct verify *v, struct err *e)
{
	int64_t sum[SERIES_COUNT] = { 0 };
	struct usage u;
	int rc = history_begin(h, p, 0, FAR, e);

	while (rc >= 0 && (rc = history_next(h, &u, e)) > 0)
		add_usage(&u, view, sum, v);
	for (int s = 0; rc == 0 && s < SERIES_COUNT; s++)
		if (sum[s] != wanted[s])
			verify_wrong(v,
				     "%s: %s sums up to %" PRId64
				     ", last - first counter is %" PRId64,
				     view, series[s].column, sum[s], wanted[s]);
	return rc;
}

static int verify_views(struct history *h, struct verify *v, struct err *e)
{
	static const struct {
		enum period period;
		const char *view;
	} rows[] = {
		{ PERIOD_HOUR, "hourly_wh" },
		{ PERIOD_DAY, "daily_wh" },
		{ PERIOD_MONTH, "monthly_wh" },
		{ PERIOD_YEAR, "yearly_wh" },
	};
	int64_t wanted[SERIES_COUNT];
	int rc = count_all(h, wanted, e);

	for (size_t i = 0; rc >= 0 && i < COUNT(rows); i++)
		rc = verify_period(h, rows[i].period, rows[i].view, wanted, v,
				   e);
	return rc;
}

static void say_impossible(void *ctx, const char *sentence)
{
	verify_wrong(ctx, "%s", sentence);
}

static int verify_possible(sqlite3 *db, struct verify *v, struct err *e)
{
	const struct impossible how = { .whole = true };
	const struct repairs told = { say_impossible, v };

	return impossible_list(db, &how, &told, e);
}

static int verify_tables(const char *path, struct verify *v, struct err *e)
{
	struct facts facts = { 0 };
	sqlite3 *db = NULL;
	int rc = db_open_reader(&db, path, e);
	bool sound;

	if (rc == 0)
		rc = verify_file(db, v, e);
	sound = rc == 0 && v->found == 0;
	if (sound)
		rc = facts_of(&facts, db, e);
	if (sound && rc == 0) {
		v->rows = facts.rows;
		v->newest = facts.newest;
	}
	facts_free(&facts);
	if (sound && rc == 0)
		rc = verify_possible(db, v, e);
	if (sound && rc == 0)
		rc = verify_rule(db, v, e);
	db_close(db);
	return rc < 0 ? err_while(e, "database %s", path) : rc;
}

static int verify_all(const char *path, struct verify *v, struct err *e)
{
	struct history *h = NULL;
	int rc;

	v->found = v->rows = 0;
	v->newest = INT64_MIN;
	rc = verify_tables(path, v, e);
	if (rc < 0 || v->newest == INT64_MIN)
		return rc;
	h = history_open(path, e);
	if (h == NULL)
		return e->code;
	rc = history_hold(h, e);
	if (rc == 0)
		rc = verify_views(h, v, e);
	history_release(h);
	history_close(h);
	return rc < 0 ? err_while(e, "database %s", path) : 0;
}

int verify_database(const char *path, struct verify *v, struct err *e)
{
	int rc = verify_all(path, v, e);

	if (rc != ERR_DAMAGED)
		return rc;
	verify_wrong(v, "file: %s", e->text);
	e->text[0] = '\0';
	return 0;
}
