/*
 * A database in its own folder, and readings to put into it, for the tests of
 * storage/. Failures end the test.
 */
#ifndef TESTS_STORAGE_DB_FIXTURE_H
#define TESTS_STORAGE_DB_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/localday.h"
#include "storage/history/history.h"
#include "storage/journal/journal.h"
#include "storage/maintenance/verify.h"
#include "tests/check.h"

struct db_fixture {
	char folder[64];
	char path[96];
	struct journal_options options;
	struct journal *journal;
};

#define must(call, e)                                                          \
	do {                                                                   \
		if ((call) < 0)                                                \
			fail_msg("%s: %s", #call, (e)->text);                  \
	} while (0)

static inline int64_t at(const char *iso)
{
	int64_t t = 0;

	if (!utc_parse(span_of(iso), &t))
		fail_msg("%s is not a time", iso);
	return t;
}

static inline void db_fixture_open(struct db_fixture *h)
{
	struct err e = { 0 };

	must(localday_use(h->options.timezone, &e), &e);
	h->journal = journal_open(h->path, &h->options, &e);
	if (h->journal == NULL)
		fail_msg("%s", e.text);
}

static inline void db_fixture_new_in(struct db_fixture *h, const char *zone)
{
	*h = (struct db_fixture){ .options = {
					  .interval = 10,
					  .timezone = zone,
					  .now = at("2026-11-21T12:00:00Z"),
					  .wait_ms = 100 } };
	strcpy(h->folder, "/tmp/p1-storage-XXXXXX");
	if (mkdtemp(h->folder) == NULL)
		fail_msg("no folder %s", h->folder);
	snprintf(h->path, sizeof(h->path), "%s/p1.db", h->folder);
	db_fixture_open(h);
}

static inline void db_fixture_new(struct db_fixture *h)
{
	db_fixture_new_in(h, "Europe/Amsterdam");
}

static inline void db_fixture_close(struct db_fixture *h)
{
	journal_close(h->journal);
	h->journal = NULL;
}

/* Remove the database, but not its folder. */
static inline void db_fixture_empty(struct db_fixture *h)
{
	static const char *const tails[] = { "", "-wal", "-shm", "-journal",
					     ".backup" };
	char path[128];

	db_fixture_close(h);
	for (size_t i = 0; i < COUNT(tails); i++) {
		snprintf(path, sizeof(path), "%s%s", h->path, tails[i]);
		unlink(path);
	}
}

static inline void db_fixture_gone(struct db_fixture *h)
{
	db_fixture_empty(h);
	rmdir(h->folder);
}

static inline void db_fixture_fail(void *ctx, const char *sentence)
{
	(void)ctx;
	fail_msg("--verify: %s", sentence);
}

/*
 * Check that what was committed step by step equals what all readings give at
 * once.
 */
static inline void db_fixture_verified(struct db_fixture *h)
{
	struct verify v = { .say = db_fixture_fail,
			    .limits = h->options.limits };
	struct err e = { 0 };

	if (verify_database(h->path, &v, &e) < 0)
		fail_msg("--verify: %s", e.text);
}

/* A reading of the meter `id` at `ts`, with two tariffs of import. */
static inline struct reading reading_of(const char *id, int64_t ts, int64_t t1,
					int64_t t2)
{
	struct reading r = { .header = SPAN("/TST5\\2TEST"),
			     .version = SPAN("50"),
			     .meter = span_of(id),
			     .time = { .kind = TIMESTAMP_UTC, .utc = ts } };

	r.have = UINT64_C(1) << Q_IMPORT_T1 | UINT64_C(1) << Q_IMPORT_T2;
	r.value[Q_IMPORT_T1] = t1;
	r.value[Q_IMPORT_T2] = t2;
	for (int i = 0; i < MBUS_CHANNELS; i++)
		r.mbus[i].valve = -1;
	return r;
}

static inline void with(struct reading *r, enum quantity q, int64_t value)
{
	r->have |= UINT64_C(1) << q;
	r->value[q] = value;
}

static inline void with_gas(struct reading *r, int channel, const char *id,
			    int64_t ts, int64_t dm3)
{
	r->mbus[channel - 1] = (struct mbus){
		.channel = channel,
		.type = 3,
		.medium = MEDIUM_GAS,
		.meter = span_of(id),
		.time = { .kind = TIMESTAMP_UTC, .utc = ts },
		.has_value = true,
		.value = dm3,
		.unit = UNIT_DM3,
		.valve = -1,
	};
}

/* The machine's clock when readings are taken; synchronised. */
#define TAKEN_AT "2026-11-21T12:00:00Z"

/* Take a reading as p1logger does. Returns 1, or 0 if nothing of it is used. */
static inline int take_at(struct db_fixture *h, const struct reading *r,
			  const struct journal_now *now)
{
	struct reading copy = *r;
	struct journal_verdict v;
	struct err e = { 0 };

	must(journal_take(h->journal, &copy, now, &v, &e), &e);
	return v.used;
}

static inline int take(struct db_fixture *h, const struct reading *r)
{
	return take_at(h, r,
		       &(struct journal_now){ .utc = at(TAKEN_AT),
					      .synchronised = true });
}

static inline int commit(struct db_fixture *h)
{
	struct err e = { 0 };
	int n = journal_commit(h->journal, &e);

	if (n < 0)
		fail_msg("commit: %s", e.text);
	return n;
}

static inline struct history *db_fixture_history(const struct db_fixture *h)
{
	struct err e = { 0 };
	struct history *history = history_open(h->path, &e);

	if (history == NULL)
		fail_msg("%s", e.text);
	return history;
}

/*
 * Run a query. Returns the result as the sqlite3 command prints it: columns
 * separated by '|', rows by a newline. Valid until the next call.
 */
static inline const char *ask(const struct db_fixture *h, const char *sql)
{
	static char text[65536];
	sqlite3 *db = NULL;
	sqlite3_stmt *s = NULL;
	size_t n = 0;

	text[0] = '\0';
	if (sqlite3_open_v2(h->path, &db, SQLITE_OPEN_READONLY, NULL) ||
	    sqlite3_prepare_v2(db, sql, -1, &s, NULL))
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	while (sqlite3_step(s) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(s); i++) {
			const char *v = (const char *)sqlite3_column_text(s, i);
			const char *sep = i > 0 ? "|" : n > 0 ? "\n" : "";

			n += (size_t)snprintf(text + n, sizeof(text) - n,
					      "%s%s", sep, v ? v : "");
		}
	if (sqlite3_finalize(s) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
	return text;
}

/* Run a person's statements over a separate connection. */
static inline void run_sql(const struct db_fixture *h, const char *sql)
{
	sqlite3 *db = NULL;

	if (sqlite3_open(h->path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

#define check_sql(h, sql, want) check_text(sql, ask(h, sql), want)

/*
 * Create a database for a connection that delivers 55.2 kW, and 10 m3 an hour.
 */
static inline void judged_house(struct db_fixture *h)
{
	db_fixture_new(h);
	db_fixture_close(h);
	h->options.limits = (struct judge_limits){ 55200, 55200, 10, 10, 200 };
	db_fixture_open(h);
}

#endif
