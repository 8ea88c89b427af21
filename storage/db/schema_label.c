#include "storage/db/schema_label.h"

#include "storage/db/stmt.h"

enum {
	OURS = 3, /* tables that together are found only in our files */
	NEWER_AT_MOST = 50000, /* a higher version is a damaged number */
};

int schema_label_read(struct schema_label *l, sqlite3 *db, struct err *e)
{
	struct stmt s = { 0 };
	int rc = stmt_open(&s, db,
			   "SELECT application_id, user_version, "
			   "(SELECT count(*) FROM sqlite_schema), "
			   "(SELECT count(*) FROM sqlite_schema "
			   "WHERE type = 'table' AND name IN "
			   "('electricity', 'installation', 'change_list')) "
			   "FROM pragma_application_id, pragma_user_version",
			   e);

	if (rc == 0)
		rc = stmt_next(&s, e);
	if (rc > 0)
		*l = (struct schema_label){ stmt_int(&s, 0), stmt_int(&s, 1),
					    stmt_int(&s, 2), stmt_int(&s, 3) };
	stmt_close(&s);
	return rc < 0 ? rc : 0;
}

int schema_label_version(sqlite3 *db, int64_t *version, struct err *e)
{
	return stmt_ask(db, "PRAGMA user_version", version, e);
}

bool schema_label_is_empty(const struct schema_label *l)
{
	return l->application == 0 && l->version == 0 && l->objects == 0;
}

static int judge_version(int64_t version, struct err *e)
{
	if (version < 1 || version > SCHEMA_VERSION + NEWER_AT_MOST)
		return err_set(e, ERR_DAMAGED,
			       "the database is damaged: its schema number "
			       "%lld is impossible",
			       (long long)version);
	if (version > SCHEMA_VERSION)
		return err_set(e, ERR_CONFIG,
			       "its schema %lld is newer than this program "
			       "(schema %d): install a newer p1logger",
			       (long long)version, SCHEMA_VERSION);
	if (version < SCHEMA_FIRST && version != SCHEMA_CONVERTED)
		return err_set(e, ERR_CONFIG,
			       "its schema %lld is of a version before the "
			       "first release, which this program cannot read",
			       (long long)version);
	return 0;
}

int schema_label_judge(const struct schema_label *l, struct err *e)
{
	if (l->application == SCHEMA_APPLICATION)
		return judge_version(l->version, e);
	if (l->ours == OURS)
		return err_set(e, ERR_DAMAGED,
			       "the database is damaged: its application_id is "
			       "%lld",
			       (long long)l->application);
	return err_set(e, ERR_CONFIG, "it is not a p1logger database");
}
