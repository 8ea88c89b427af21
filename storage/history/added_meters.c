#include "storage/history/added_meters.h"

#include <stdio.h>
#include <strings.h>

#include "storage/db/db.h"
#include "storage/db/stmt.h"

enum { SENTENCE = 512 };

bool added_meters_next(const char **list, struct span *name)
{
	static const char between[] = " \t,";

	*list += strspn(*list, between);
	*name = (struct span){ *list, strcspn(*list, between) };
	*list += name->n;
	return name->n > 0;
}

static bool is_same(struct span a, struct span b)
{
	return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

/* Is `hex` what SQLite's hex() makes of `text`, in either case? */
static bool is_hex_of(struct span hex, struct span text)
{
	char pair[3];

	if (hex.n != 2 * text.n)
		return false;
	for (size_t i = 0; i < text.n; i++) {
		snprintf(pair, sizeof(pair), "%02x", (unsigned char)text.p[i]);
		if (strncasecmp(hex.p + 2 * i, pair, 2) != 0)
			return false;
	}
	return true;
}

bool added_meters_same(struct span a, struct span b)
{
	return is_same(a, b) || is_hex_of(a, b) || is_hex_of(b, a);
}

bool added_meters_names(const char *list, struct span identifier)
{
	struct span name;

	while (added_meters_next(&list, &name))
		if (is_same(name, identifier) || is_hex_of(identifier, name))
			return true;
	return false;
}

static void say_one(struct span name, struct stmt *s,
		    void (*say)(void *ctx, bool unseen, const char *sentence),
		    void *ctx)
{
	const bool unseen = stmt_is_null(s, 0);
	char sentence[SENTENCE];

	snprintf(sentence, sizeof(sentence), "%s %.*s%s",
		 unseen ? "[meter] also names the electricity meter"
			: "The electricity meter",
		 SPAN_ARG(name),
		 unseen ? ", which was never seen on this port"
		 : stmt_int(s, 0) < 0
			 ? " is added to the house's totals ([meter] also)"
			 : ", which [meter] also names, is the house's: it is "
			   "already in the totals");
	say(ctx, unseen, sentence);
}

static int report(sqlite3 *db, const char *list,
		  void (*say)(void *ctx, bool unseen, const char *sentence),
		  void *ctx, struct err *e)
{
	struct stmt s = { 0 };
	struct span name;
	int rc = stmt_open(
		&s, db,
		"SELECT min(i.channel) FROM meter AS m JOIN installation AS i "
		"ON i.meter = m.id AND i.channel <= 0 WHERE m.identifier = ?1 "
		"COLLATE NOCASE OR m.identifier = hex(?1) COLLATE NOCASE",
		e);

	while (rc >= 0 && added_meters_next(&list, &name)) {
		stmt_bind_text(&s, 1, name);
		rc = stmt_next(&s, e);
		if (rc > 0)
			say_one(name, &s, say, ctx);
		stmt_reset(&s);
	}
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

int added_meters_report(const char *database, const char *list,
			void (*say)(void *ctx, bool unseen,
				    const char *sentence),
			void *ctx, struct err *e)
{
	sqlite3 *db = NULL;
	int rc = db_open_reader(&db, database, e);

	if (rc == 0)
		rc = report(db, list, say, ctx, e);
	db_close(db);
	return rc;
}
