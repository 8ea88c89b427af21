/*
 * Another file in place of the database is noticed, and so is the loss of files
 * beside it.
 */
#include <fcntl.h>

#include "tests/storage/db_fixture.h"

/* The test inspects the identity, and sets a hook on the connection. */
#include "storage/journal/journal.c"

static const char *const tails[] = { "-wal", "-shm" };

/* The fixture's path with a suffix; valid until the call after the next. */
static const char *path_of(const struct db_fixture *h, const char *tail)
{
	static char paths[2][128];
	static int at;

	at = !at;
	snprintf(paths[at], sizeof(paths[at]), "%s%s", h->path, tail);
	return paths[at];
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	if (f == NULL || fputs(text, f) < 0 || fclose(f) != 0)
		fail_msg("cannot write %s", path);
}

/* What another program may do to the file with that suffix. */
static void remove_it(const struct db_fixture *h, const char *tail)
{
	check_int(tail, unlink(path_of(h, tail)), 0);
}

/* The first one exists until the second has its name: two inodes. */
static void replace_it(const struct db_fixture *h, const char *tail)
{
	write_file(path_of(h, ".other"), "another's");
	check_int(tail, rename(path_of(h, ".other"), path_of(h, tail)), 0);
}

static void take_it_away(const struct db_fixture *h, const char *tail)
{
	check_int(tail, rename(path_of(h, tail), path_of(h, ".away")), 0);
}

static const struct loss {
	const char *name;
	void (*act)(const struct db_fixture *h, const char *tail);
} losses[] = {
	{ "removed", remove_it },
	{ "replaced", replace_it },
};

/* Make a folder with a file and, if `beside`, the files beside it. */
static void files_new(struct db_fixture *h, struct database_replaced *id,
		      bool beside)
{
	struct err e = { 0 };

	*h = (struct db_fixture){ 0 };
	strcpy(h->folder, "/tmp/p1-identity-XXXXXX");
	if (mkdtemp(h->folder) == NULL)
		fail_msg("no folder %s", h->folder);
	snprintf(h->path, sizeof(h->path), "%s/p1.db", h->folder);
	write_file(h->path, "database");
	for (size_t i = 0; beside && i < COUNT(tails); i++)
		write_file(path_of(h, tails[i]), tails[i]);
	must(database_replaced_open(id, h->path, &e), &e);
	check_int("just opened", database_replaced_look(id), STANDING_SAME);
}

static void files_gone(struct db_fixture *h, struct database_replaced *id)
{
	database_replaced_close(id);
	unlink(path_of(h, ".away"));
	db_fixture_gone(h);
}

static void a_file_beside_it_that_goes_is_never_ours_again(void **state)
{
	(void)state;
	for (size_t l = 0; l < COUNT(losses); l++)
		for (size_t i = 0; i < COUNT(tails); i++) {
			struct database_replaced id;
			struct db_fixture h;

			files_new(&h, &id, true);
			losses[l].act(&h, tails[i]);
			check_int(losses[l].name, database_replaced_look(&id),
				  STANDING_TOUCHED);
			database_replaced_written(&id);
			check_int(tails[i], database_replaced_look(&id),
				  STANDING_TOUCHED);
			files_gone(&h, &id);
		}
}

/* A commit may create them; until that is noted they belong to nobody. */
static void a_file_beside_it_that_comes_is_ours(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(tails); i++) {
		struct database_replaced id;
		struct db_fixture h;

		files_new(&h, &id, false);
		write_file(path_of(&h, tails[i]), "made by a commit");
		check_int("made", database_replaced_look(&id), STANDING_SAME);
		database_replaced_written(&id);
		check_int("noted", database_replaced_look(&id), STANDING_SAME);
		write_file(path_of(&h, tails[i]), "");
		check_int("emptied", database_replaced_look(&id),
			  STANDING_SAME);
		remove_it(&h, tails[i]);
		check_int("removed", database_replaced_look(&id),
			  STANDING_TOUCHED);
		files_gone(&h, &id);
	}
}

static void set_time(const struct db_fixture *h, time_t s)
{
	const struct timespec times[2] = { { s, 0 }, { s, 0 } };

	check_int("utimensat", utimensat(AT_FDCWD, h->path, times, 0), 0);
}

static void what_another_writes_into_it_is_noticed(void **state)
{
	struct database_replaced id;
	struct db_fixture h;

	(void)state;
	files_new(&h, &id, true);
	set_time(&h, 1000000000);
	check_int("its time", database_replaced_look(&id), STANDING_TOUCHED);
	database_replaced_written(&id);
	check_int("our own", database_replaced_look(&id), STANDING_SAME);
	check_int("truncate", truncate(h.path, 1), 0);
	set_time(&h, 1000000000);
	check_int("its size", database_replaced_look(&id), STANDING_TOUCHED);
	files_gone(&h, &id);
}

static void where_the_file_itself_is_now_is_told(void **state)
{
	static const struct {
		const char *name;
		void (*act)(const struct db_fixture *h, const char *tail);
		enum standing want;
		const char *tail; /* suffix of the file; NULL: none */
	} cases[] = {
		{ "removed", remove_it, STANDING_REMOVED, NULL },
		{ "replaced", replace_it, STANDING_REMOVED, NULL },
		{ "renamed", take_it_away, STANDING_RENAMED, ".away" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char now[128];
		struct database_replaced id;
		struct db_fixture h;

		files_new(&h, &id, true);
		cases[i].act(&h, "");
		check_int(cases[i].name, database_replaced_look(&id),
			  cases[i].want);
		database_replaced_name(&id, now, sizeof(now));
		check_text(cases[i].name, now,
			   cases[i].tail ? path_of(&h, cases[i].tail) : "");
		files_gone(&h, &id);
	}
}

static void only_our_own_files_beside_it_are_cleared(void **state)
{
	struct database_replaced id;
	struct db_fixture h;

	(void)state;
	files_new(&h, &id, true);
	replace_it(&h, "-shm");
	database_replaced_clear_beside(&id);
	check_int("-wal", access(path_of(&h, "-wal"), F_OK), -1);
	check_int("-shm", access(path_of(&h, "-shm"), F_OK), 0);
	files_gone(&h, &id);
}

static void put_hour(struct db_fixture *h, int hour)
{
	struct reading r = reading_of(
		"M1", at("2026-11-20T00:00:00Z") + hour * 3600, 1000 + hour, 1);

	take(h, &r);
	check_int("written", commit(h) > 0, true);
}

/* What happens during a commit, after SQLite has checked its files. */
struct meanwhile {
	const struct db_fixture *h;
	const struct loss *loss;
	const char *tail;
};

static int in_commit(void *ctx)
{
	struct meanwhile *m = ctx;

	if (m->loss != NULL)
		m->loss->act(m->h, m->tail);
	m->loss = NULL;
	return 0;
}

static void what_goes_during_a_commit_is_noticed_behind_it(void **state)
{
	(void)state;
	for (size_t l = 0; l < COUNT(losses); l++)
		for (size_t i = 0; i < COUNT(tails); i++) {
			struct db_fixture h;
			struct meanwhile m = { &h, &losses[l], tails[i] };

			db_fixture_new(&h);
			put_hour(&h, 0);
			check_int("before", journal_standing(h.journal),
				  STANDING_SAME);
			sqlite3_commit_hook(h.journal->db, in_commit, &m);
			put_hour(&h, 1);
			check_int("was done", m.loss == NULL, true);
			check_int(losses[l].name, journal_standing(h.journal),
				  STANDING_TOUCHED);
			put_hour(&h, 2);
			check_int(tails[i], journal_standing(h.journal),
				  STANDING_TOUCHED);
			db_fixture_gone(&h);
		}
}

/* Every new hour the -wal file is copied into the database. */
static void our_own_commits_and_checkpoints_are_no_alarm(void **state)
{
	struct stat before, after;
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	check_int("stat", stat(path_of(&h, "-wal"), &before), 0);
	for (int hour = 0; hour < 5; hour++) {
		put_hour(&h, hour);
		check_int("a commit", journal_standing(h.journal),
			  STANDING_SAME);
	}
	check_int("empty it",
		  sqlite3_wal_checkpoint_v2(h.journal->db, NULL,
					    SQLITE_CHECKPOINT_TRUNCATE, NULL,
					    NULL),
		  SQLITE_OK);
	check_int("stat", stat(path_of(&h, "-wal"), &after), 0);
	check_int("the same file", after.st_ino == before.st_ino, true);
	check_int("empty", after.st_size, 0);
	put_hour(&h, 5);
	check_int("made longer", journal_standing(h.journal), STANDING_SAME);
	check_sql(&h, "SELECT count(*) FROM electricity", "6");
	db_fixture_gone(&h);
}

/* The last program to close may remove both, as the sqlite3 command does. */
static void files_made_again_before_it_is_opened_are_no_alarm(void **state)
{
	struct db_fixture h;

	(void)state;
	db_fixture_new(&h);
	put_hour(&h, 0);
	db_fixture_close(&h);
	run_sql(&h, "PRAGMA wal_checkpoint(TRUNCATE)");
	for (size_t i = 0; i < COUNT(tails); i++)
		check_int(tails[i], access(path_of(&h, tails[i]), F_OK), -1);
	db_fixture_open(&h);
	check_int("opened", journal_standing(h.journal), STANDING_SAME);
	run_sql(&h, "SELECT count(*) FROM electricity");
	check_int("read", journal_standing(h.journal), STANDING_SAME);
	put_hour(&h, 1);
	check_int("written", journal_standing(h.journal), STANDING_SAME);
	db_fixture_gone(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_file_beside_it_that_goes_is_never_ours_again),
		cmocka_unit_test(a_file_beside_it_that_comes_is_ours),
		cmocka_unit_test(what_another_writes_into_it_is_noticed),
		cmocka_unit_test(where_the_file_itself_is_now_is_told),
		cmocka_unit_test(only_our_own_files_beside_it_are_cleared),
		cmocka_unit_test(
			what_goes_during_a_commit_is_noticed_behind_it),
		cmocka_unit_test(our_own_commits_and_checkpoints_are_no_alarm),
		cmocka_unit_test(
			files_made_again_before_it_is_opened_are_no_alarm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
