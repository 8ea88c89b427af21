#include "storage/review.h"

#include <stdio.h>
#include <stdlib.h>

#include "storage/db.h"
#include "storage/db/stmt.h"
#include "telegram/quantity.h"

enum { TEXT = 128 };

struct review {
	sqlite3 *db;
	struct stmt list;
	char medium[TEXT], identifier[TEXT], reason[TEXT], name[TEXT];
};

/* The view quarantine has what a person is shown. */
static const char list_sql[] =
	"SELECT q.id, q.ts, q.count, m.medium, m.identifier, q.reason, "
	"q.register, m.unit, q.value, q.expected_min, q.expected_max, "
	"q.channel, q.seen_ts FROM quarantine AS q "
	"JOIN meter AS m ON m.id = q.meter WHERE rejected = 0 ORDER BY q.id";

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
		.count = stmt_int(s, 2),
		.medium = copy(r->medium, stmt_text(s, 3)),
		.identifier = copy(r->identifier, stmt_text(s, 4)),
		.reason = copy(r->reason, stmt_text(s, 5)),
		.unit = unit_name(stmt_text(s, 7)),
		.value = stmt_int(s, 8),
		.has_min = !stmt_is_null(s, 9),
		.has_max = !stmt_is_null(s, 10),
		.expected_min = stmt_int(s, 9),
		.expected_max = stmt_int(s, 10),
		.seen_ts = stmt_time(s, 12),
	};
	entry->name = stmt_int(s, 11) == 0 ? copy(r->name, stmt_text(s, 6))
					   : entry->medium;
	return 1;
}
