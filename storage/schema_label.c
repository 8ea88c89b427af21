#include "storage/schema_label.h"

#include "storage/db/stmt.h"
#include "storage/schema.h"
#include "storage/schema_objects.h"

enum {
	OURS = 3, /* tables that together are found in our files only */
	NEWER_AT_MOST = 50000, /* versions; further on a bit was turned */
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

bool schema_label_is_empty(const struct schema_label *l)
{
	return l->application == 0 && l->version == 0 && l->objects == 0;
}

static int judge_version(int64_t version, struct err *e)
{
	if (version < 1 || version > schema_version() + NEWER_AT_MOST)
		return err_set(e, ERR_DAMAGED,
			       "the database is damaged: its schema cannot be "
			       "%lld",
			       (long long)version);
	if (version > schema_version())
		return err_set(e, ERR_CONFIG,
			       "its schema %lld is newer than this program "
			       "(schema %d): install a newer p1logger",
			       (long long)version, schema_version());
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

int schema_prepare(sqlite3 *db, struct err *e)
{
	struct schema_label l = { 0 };
	int rc = schema_label_read(&l, db, e);

	if (rc < 0)
		return rc;
	if (schema_label_is_empty(&l))
		return stmt_exec(db, "PRAGMA auto_vacuum = INCREMENTAL", e);
	return schema_label_judge(&l, e);
}

static int check_label(sqlite3 *db, struct schema_label *l, struct err *e)
{
	int rc = schema_label_read(l, db, e);

	return rc < 0 ? rc : schema_label_judge(l, e);
}

int schema_check(sqlite3 *db, struct err *e)
{
	struct schema_label l = { 0 };
	int rc = check_label(db, &l, e);

	if (rc == 0 && l.version < schema_version())
		rc = err_set(e, ERR_CONFIG,
			     "its schema %lld is older than this program's "
			     "%d: run p1logger once",
			     (long long)l.version, schema_version());
	return rc == 0 ? schema_objects_check(db, e) : rc;
}

int schema_check_older(sqlite3 *db, struct err *e)
{
	struct schema_label l = { 0 };

	return check_label(db, &l, e);
}
