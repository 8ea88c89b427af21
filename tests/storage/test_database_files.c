/* What can be wrong with the file, and what other programs may do to it. */
#include <grp.h>
#include <signal.h>
#include <sys/wait.h>

#include "tests/storage/db_fixture.h"

/* The test limits the size of its database. */
#include "storage/journal/journal.c"

static void put_at(struct db_fixture *h, const char *iso)
{
	struct reading r = reading_of("M1", at(iso), at(iso) % 100000, 1);

	take(h, &r);
}

static sqlite3 *other_program(const struct db_fixture *h, const char *sql)
{
	sqlite3 *db = NULL;

	if (sqlite3_open(h->path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	return db;
}

static void write_text(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		fail_msg("cannot write %s", path);
}

static void expect_error(const char *name, const char *path, void *opened,
			 const struct err *e, int code, const char *says)
{
	if (opened != NULL)
		fail_msg("%s: was opened", name);
	check_int(name, e->code, code);
	if (strstr(e->text, says) == NULL || strstr(e->text, path) == NULL)
		fail_msg("%s: '%s' does not name %s and '%s'", name, e->text,
			 path, says);
}

static void not_ours(const struct db_fixture *h, const char *name, int code,
		     const char *says)
{
	struct err e = { 0 };

	expect_error(name, h->path, journal_open(h->path, &h->options, &e), &e,
		     code, says);
	expect_error(name, h->path, history_open(h->path, &e), &e, code, says);
}

static void files_of_others_are_refused(void **state)
{
	static const struct {
		const char *name, *sql, *says;
	} cases[] = {
		{ "of another program", "CREATE TABLE t (a)",
		  "not a p1logger database" },
		{ "with another id", "PRAGMA application_id = 1",
		  "not a p1logger database" },
		{ "of the future",
		  "PRAGMA application_id = 0x70314c67; PRAGMA user_version = 99;"
		  "CREATE TABLE t (a)",
		  "newer than this program" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct db_fixture h;

		db_fixture_new(&h);
		db_fixture_empty(&h);
		sqlite3_close(other_program(&h, cases[i].sql));
		not_ours(&h, cases[i].name, ERR_CONFIG, cases[i].says);
		db_fixture_gone(&h);
	}
}

static void a_text_is_no_database(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	db_fixture_empty(&h);
	write_text(h.path,
		   "this is not a database, whatever its name says: it is "
		   "a text that somebody wrote here by mistake.\n");
	not_ours(&h, "a text", ERR_CONFIG, "not a database");
	check_int("left alone", access(h.path, F_OK), 0);
	db_fixture_gone(&h);
}

static void what_is_not_there_is_named(void **state)
{
	struct journal_options o = { .interval = 10, .timezone = "UTC" };
	const char *path = "/nonexistent/folder/p1.db";
	struct err e = { 0 };

	(void)state;
	expect_error("no folder", path, journal_open(path, &o, &e), &e,
		     ERR_CREATE, "No such file or directory");
	expect_error("no file", path, history_open(path, &e), &e, ERR_ABSENT,
		     "it does not exist");
	expect_error("a folder", "/tmp", journal_open("/tmp", &o, &e), &e,
		     ERR_CREATE, "unable to open");
}

/* Run `job` in a child as an ordinary user, since root may do anything. */
static int as_nobody(int (*job)(const struct db_fixture *h),
		     const struct db_fixture *h, gid_t group)
{
	int status = -1;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child == 0) {
		if (setgroups(0, NULL) < 0 || setgid(group) < 0 ||
		    setuid(65534) < 0)
			_exit(99);
		_exit(job(h));
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int open_journal_code(const struct db_fixture *h)
{
	struct err e = { 0 };
	struct journal *j = journal_open(h->path, &h->options, &e);

	journal_close(j);
	return j != NULL ? 0 : -e.code;
}

static int open_history_code(const struct db_fixture *h)
{
	struct err e = { 0 };
	struct history *history = history_open(h->path, &e);
	int64_t first, last;
	int rc = -1;

	if (history == NULL)
		return -e.code;
	rc = history_extent(history, MEDIUM_ELECTRICITY, &first, &last, &e);
	history_close(history);
	return rc == 1 ? 0 : 50;
}

static void nobody_may_write(void **state)
{
	struct db_fixture h;

	(void)state;
	if (geteuid() != 0)
		skip();
	db_fixture_new(&h);
	put_at(&h, "2026-05-01T00:00:00Z");
	commit(&h);
	db_fixture_close(&h);
	chmod(h.folder, 0755);
	check_int("its file", as_nobody(open_journal_code, &h, 65534),
		  -ERR_PERMISSION);
	chmod(h.path, 0644);
	check_int("a file to read", as_nobody(open_journal_code, &h, 65534),
		  -ERR_PERMISSION);
	db_fixture_empty(&h);
	check_int("a new file", as_nobody(open_journal_code, &h, 65534),
		  -ERR_PERMISSION);
	db_fixture_gone(&h);
}

static int mode_of(const char *path)
{
	struct stat st = { 0 };

	return stat(path, &st) == 0 ? (int)(st.st_mode & 0777) : -1;
}

/*
 * The group may read, also when no other program has the file open; and the
 * first reader does not lock the logger out.
 */
static void the_group_reads(void **state)
{
	static const char *const tails[] = { "", "-wal", "-shm" };
	enum { GROUP = 4242 };
	struct db_fixture h;
	char path[128];

	(void)state;
	if (geteuid() != 0)
		skip();
	db_fixture_new(&h);
	db_fixture_empty(&h);
	check_int("chown", chown(h.folder, 0, GROUP), 0);
	check_int("chmod", chmod(h.folder, 02750), 0);
	db_fixture_open(&h);
	put_at(&h, "2026-05-01T00:00:00Z");
	commit(&h);
	check_int("with the logger", as_nobody(open_history_code, &h, GROUP),
		  0);
	db_fixture_close(&h);
	check_int("alone", as_nobody(open_history_code, &h, GROUP), 0);
	for (size_t i = 0; i < COUNT(tails); i++) {
		snprintf(path, sizeof(path), "%s%s", h.path, tails[i]);
		check_int(path, mode_of(path), 0640);
	}
	db_fixture_open(&h);
	put_at(&h, "2026-05-01T00:01:00Z");
	check_int("then the logger", commit(&h) > 0, 1);
	db_fixture_close(&h);
	check_int("folder untouched", mode_of(h.folder), 0750);
	check_int("not the others", as_nobody(open_history_code, &h, 65534),
		  -ERR_PERMISSION);
	db_fixture_gone(&h);
}

/* A copy of the file alone, owned by another user, in that user's folder. */
static void what_a_reader_cannot_do_is_told(void **state)
{
	struct db_fixture h;
	char path[128];

	(void)state;
	if (geteuid() != 0)
		skip();
	db_fixture_new(&h);
	put_at(&h, "2026-05-01T00:00:00Z");
	commit(&h);
	db_fixture_close(&h);
	chmod(h.folder, 0755);
	chmod(h.path, 0644);
	snprintf(path, sizeof(path), "%s-shm", h.path);
	unlink(path);
	snprintf(path, sizeof(path), "%s-wal", h.path);
	unlink(path);
	check_int("no -shm", as_nobody(open_history_code, &h, 65534),
		  -ERR_PERMISSION);
	chmod(h.folder, 0777);
	check_int("may make it", as_nobody(open_history_code, &h, 65534), 0);
	db_fixture_gone(&h);
}

/* As with sudo p1logger --import in the logger's folder. */
static void root_makes_it_for_the_owner_of_the_folder(void **state)
{
	struct db_fixture h;
	struct stat st;

	(void)state;
	if (geteuid() != 0)
		skip();
	db_fixture_new(&h);
	db_fixture_empty(&h);
	check_int("chown", chown(h.folder, 65534, 4242), 0);
	db_fixture_open(&h);
	check_int("stat", stat(h.path, &st), 0);
	check_int("owner", st.st_uid, 65534);
	check_int("group", st.st_gid, 4242);
	db_fixture_close(&h);
	check_int("the logger", as_nobody(open_journal_code, &h, 4242), 0);
	db_fixture_gone(&h);
}

static void a_lock_is_waited_for_and_then_told(void **state)
{
	struct db_fixture h;
	sqlite3 *other;
	struct err e = { 0 };

	(void)state;
	db_fixture_new(&h);
	put_at(&h, "2026-05-01T00:00:00Z");
	other = other_program(&h, "BEGIN IMMEDIATE");
	check_int("held", journal_commit(h.journal, &e), ERR_BUSY);
	if (strstr(e.text, "database is locked") != NULL)
		fail_msg("nobody wants to read '%s'", e.text);
	check_int("still waits", (int)journal_waiting(h.journal), 1);
	sqlite3_close(other);
	check_int("after it", commit(&h) > 0, 1);
	check_sql(&h, "SELECT count(*) FROM electricity", "1");
	db_fixture_gone(&h);
}

static void a_reader_does_not_hold_the_writer_up(void **state)
{
	struct history *history;
	struct db_fixture h;
	struct err e = { 0 };
	int64_t first, last, later;

	(void)state;
	db_fixture_new(&h);
	put_at(&h, "2026-05-01T00:00:00Z");
	commit(&h);
	history = db_fixture_history(&h);
	must(history_hold(history, &e), &e);
	must(history_extent(history, MEDIUM_ELECTRICITY, &first, &last, &e),
	     &e);
	put_at(&h, "2026-05-01T00:01:00Z");
	check_int("written", commit(&h) > 0, 1);
	must(history_extent(history, MEDIUM_ELECTRICITY, &first, &later, &e),
	     &e);
	check_int("one state while held", later, last);
	history_release(history);
	must(history_extent(history, MEDIUM_ELECTRICITY, &first, &later, &e),
	     &e);
	check_int("the next one after", later, last + 60);
	history_close(history);
	db_fixture_gone(&h);
}

static void allow_pages(struct db_fixture *h, long pages)
{
	char sql[64];

	snprintf(sql, sizeof(sql), "PRAGMA max_page_count = %ld", pages);
	if (sqlite3_exec(h->journal->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s", sqlite3_errmsg(h->journal->db));
}

static void a_full_disk_costs_nothing(void **state)
{
	struct db_fixture h;
	struct err e = { 0 };

	(void)state;
	db_fixture_new(&h);
	for (int i = 0; i < 4000; i++) {
		struct reading r = reading_of(
			"M1", at("2026-05-01T00:00:00Z") + i * 10, i, i);

		take(&h, &r);
	}
	allow_pages(&h, atol(ask(&h, "PRAGMA page_count")) + 2);
	check_int("full", journal_commit(h.journal, &e), ERR_IO);
	check_int("still waits", (int)journal_waiting(h.journal), 4000);
	check_sql(&h, "SELECT count(*) FROM electricity", "0");
	check_sql(&h, "SELECT count(*) FROM meter", "0");
	allow_pages(&h, 100000);
	check_int("with room", commit(&h) > 4000, 1);
	check_sql(&h, "SELECT count(*) FROM electricity", "4000");
	check_sql(&h, "PRAGMA integrity_check", "ok");
	db_fixture_gone(&h);
}

/* The next process finds what one that died has written. */
static int die_after_commit(const struct db_fixture *h)
{
	struct db_fixture mine = *h;
	struct reading r = reading_of("M1", at("2026-05-01T00:00:00Z"), 1, 1);
	struct err e = { 0 };

	mine.journal = journal_open(h->path, &h->options, &e);
	take(&mine, &r);
	if (journal_commit(mine.journal, &e) <= 0)
		return 1;
	r.time.utc += 10;
	take(&mine, &r);
	raise(SIGKILL);
	return 2;
}

static void a_killed_logger_loses_no_commit(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	db_fixture_empty(&h);
	chmod(h.folder, 0777);
	check_int("killed", as_nobody(die_after_commit, &h, 65534), -1);
	check_sql(&h, "SELECT count(*) FROM electricity", "1");
	db_fixture_open(&h);
	put_at(&h, "2026-05-01T00:00:20Z");
	check_int("goes on", commit(&h) > 0, 1);
	check_sql(&h, "SELECT count(*) FROM electricity", "2");
	db_fixture_gone(&h);
}

/* The WAL reaches the file within the hour, so that a plain copy has it. */
static void a_copy_of_the_file_is_whole(void **state)
{
	struct db_fixture h, copy;
	char command[256];

	(void)state;
	db_fixture_new(&h);
	put_at(&h, "2026-05-01T00:00:00Z");
	commit(&h); /* the first of the hour */
	copy = h;
	snprintf(copy.path, sizeof(copy.path), "%s/copy.db", h.folder);
	snprintf(command, sizeof(command), "cp %s %s", h.path, copy.path);
	check_int("copied", system(command), 0);
	check_sql(&copy, "SELECT count(*) FROM electricity", "1");
	copy.journal = NULL;
	unlink(copy.path);
	snprintf(command, sizeof(command), "rm -f %s-*", copy.path);
	check_int("removed", system(command), 0);
	db_fixture_gone(&h);
}

static void two_make_the_database_at_once(void **state)
{
	struct db_fixture h;
	pid_t child[4];

	(void)state;
	db_fixture_new(&h);
	db_fixture_empty(&h);
	h.options.wait_ms = 10000;
	fflush(NULL);
	for (int i = 0; i < 4; i++) {
		child[i] = fork();
		if (child[i] == 0)
			_exit(open_journal_code(&h));
	}
	for (int i = 0; i < 4; i++) {
		int status = -1;

		waitpid(child[i], &status, 0);
		check_int("child", status, 0);
	}
	check_sql(&h, "PRAGMA integrity_check", "ok");
	check_sql(&h, "PRAGMA auto_vacuum", "2");
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_of_others_are_refused),
		cmocka_unit_test(a_text_is_no_database),
		cmocka_unit_test(what_is_not_there_is_named),
		cmocka_unit_test(nobody_may_write),
		cmocka_unit_test(the_group_reads),
		cmocka_unit_test(what_a_reader_cannot_do_is_told),
		cmocka_unit_test(root_makes_it_for_the_owner_of_the_folder),
		cmocka_unit_test(a_lock_is_waited_for_and_then_told),
		cmocka_unit_test(a_reader_does_not_hold_the_writer_up),
		cmocka_unit_test(a_full_disk_costs_nothing),
		cmocka_unit_test(a_killed_logger_loses_no_commit),
		cmocka_unit_test(a_copy_of_the_file_is_whole),
		cmocka_unit_test(two_make_the_database_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
