#include "storage/db/schema.h"

#include <stdint.h>

#include "storage/db/migrations.h"
#include "storage/db/schema_digest.h"
#include "storage/db/schema_label.h"
#include "storage/db/stmt.h"

/* The text of schema.sql, followed by a NUL. */
__asm__(".pushsection .rodata\n"
	".globl schema_sql\n"
	".hidden schema_sql\n"
	"schema_sql:\n"
	".incbin \"storage/db/schema.sql\"\n"
	".byte 0\n"
	".popsection\n");
extern const char schema_sql[] __attribute__((visibility("hidden")));

static int sign(sqlite3 *db, struct err *e)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	int rc;

	sqlite3_str_appendf(sql, "PRAGMA application_id = %d",
			    SCHEMA_APPLICATION);
	rc = stmt_exec_text(db, sql, e);
	if (rc < 0)
		return rc;
	sql = sqlite3_str_new(db);
	sqlite3_str_appendf(sql, "PRAGMA user_version = %d", SCHEMA_VERSION);
	return stmt_exec_text(db, sql, e);
}

int schema_make(sqlite3 *db, struct err *e)
{
	int rc = stmt_exec_script(db, schema_sql, e);

	if (rc == 0)
		rc = sign(db, e);
	return rc == 0 ? schema_digest_seal(db, e) : rc;
}

/* A file from before the first migration is converted when the writer opens it. */
static int migrate(sqlite3 *db, int64_t version, struct err *e)
{
	int rc;

	if (version < SCHEMA_FIRST)
		return err_set(e, ERR_FAILED,
			       "its schema %lld must be converted first",
			       (long long)version);
	rc = migrations_run(db, migrations, version - SCHEMA_FIRST,
			    SCHEMA_VERSION - SCHEMA_FIRST, e);
	if (rc == 0)
		rc = sign(db, e);
	return rc == 0 ? schema_digest_seal(db, e) : rc;
}

int schema_migrate(sqlite3 *db, struct err *e)
{
	struct schema_label l = { 0 };
	int64_t version;
	int rc = schema_label_version(db, &version, e);

	if (rc < 0 || version == SCHEMA_VERSION)
		return rc;
	rc = stmt_exec(db, "BEGIN IMMEDIATE", e);
	if (rc == 0)
		rc = schema_label_read(&l, db, e); /* it may have changed */
	if (rc == 0 && schema_label_is_empty(&l))
		rc = schema_make(db, e);
	else if (rc == 0)
		rc = schema_label_judge(&l, e);
	if (rc == 0 && l.version > 0)
		rc = migrate(db, l.version, e);
	if (rc == 0)
		return stmt_exec(db, "COMMIT", e);
	sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
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

	if (rc == 0 && l.version < SCHEMA_VERSION)
		rc = err_set(e, ERR_CONFIG,
			     "its schema %lld is older than this program's "
			     "%d: run p1logger once",
			     (long long)l.version, SCHEMA_VERSION);
	return rc == 0 ? schema_digest_check(db, e) : rc;
}

int schema_check_older(sqlite3 *db, struct err *e)
{
	struct schema_label l = { 0 };

	return check_label(db, &l, e);
}
