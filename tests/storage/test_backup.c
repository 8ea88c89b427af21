/* Backups and their rotation, without the program. */
#include <dirent.h>

#include "storage/db/backup_record.h"
#include "storage/maintenance/backup.h"
#include "tests/storage/db_fixture.h"

static int count_files(const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *d;
	int n = 0;

	while (dir != NULL && (d = readdir(dir)) != NULL)
		n += d->d_name[0] != '.' || strlen(d->d_name) > 2;
	closedir(dir);
	return n;
}

static void empty(const char *folder)
{
	DIR *dir = opendir(folder);
	const struct dirent *d;

	while (dir != NULL && (d = readdir(dir)) != NULL)
		unlinkat(dirfd(dir), d->d_name, 0);
	closedir(dir);
}

struct shelf {
	struct db_fixture db;
	char folder[128];
	struct backup_options options;
};

static void shelf_new(struct shelf *p)
{
	db_fixture_new(&p->db);
	snprintf(p->folder, sizeof(p->folder), "%s/to", p->db.folder);
	mkdir(p->folder, 0750);
	p->options = (struct backup_options){
		.database = p->db.path,
		.folder = p->folder,
		.keep = 2,
		.now = at("2026-11-21T12:00:00Z"),
	};
}

static void shelf_gone(struct shelf *p)
{
	empty(p->folder);
	rmdir(p->folder);
	db_fixture_gone(&p->db);
}

static void read_at(struct shelf *p, const char *iso, int64_t wh)
{
	struct reading r = reading_of("E1", at(iso), wh, 2 * wh);

	with_gas(&r, 1, "G1", at(iso) / 3600 * 3600, wh);
	take(&p->db, &r);
	commit(&p->db);
}

/* A smaller database of the same name is backed up in the same minute. */
static void a_fuller_copy_is_not_replaced(void **state)
{
	struct shelf full, bare;
	struct backup b;
	struct err e = { 0 };
	struct db_fixture copy = { 0 };

	(void)state;
	shelf_new(&full);
	shelf_new(&bare);
	bare.options.folder = full.folder;
	read_at(&full, "2026-11-21T11:59:00Z", 100);
	must(backup_make(&full.options, &b, &e), &e);
	strcpy(copy.path, b.path);
	check_int("bare", backup_make(&bare.options, &b, &e), ERR_CREATE);
	check_sql(&copy, "SELECT max(import_t1_wh) FROM electricity", "100");
	check_int("files", count_files(full.folder), 1);
	read_at(&full, "2026-11-21T11:59:10Z", 101);
	must(backup_make(&full.options, &b, &e), &e);
	check_sql(&copy, "SELECT max(import_t1_wh) FROM electricity", "101");
	shelf_gone(&bare);
	shelf_gone(&full);
}

static void test_open_writer(void **state)
{
	struct shelf p;
	struct backup b;
	struct err e = { 0 };
	struct db_fixture copy = { 0 };

	(void)state;
	shelf_new(&p);
	read_at(&p, "2026-11-21T11:59:00Z", 100);
	must(backup_make(&p.options, &b, &e), &e);
	read_at(&p, "2026-11-21T11:59:10Z", 101);
	assert_true(b.recorded);
	check_int("newest", b.newest, at("2026-11-21T11:59:00Z"));
	strcpy(copy.path, b.path);
	check_sql(&copy, "SELECT max(import_t1_wh) FROM electricity", "100");
	check_sql(&copy, "SELECT value FROM meta WHERE key = 'is_backup'", "1");
	check_sql(&copy, "PRAGMA journal_mode", "delete");
	shelf_gone(&p);
}

static void test_last_is_remembered(void **state)
{
	struct shelf p;
	struct backup b;
	struct err e = { 0 };
	char file[ROTATION_PATH];
	int64_t when = 0;

	(void)state;
	shelf_new(&p);
	check_int("none yet", backup_record_read(p.db.path, file, &when), 0);
	must(backup_make(&p.options, &b, &e), &e);
	check_int("one", backup_record_read(p.db.path, file, &when), 1);
	check_text("file", file, b.path);
	check_int("when", when, p.options.now);
	shelf_gone(&p);
}

static void test_rotation(void **state)
{
	static const struct {
		const char *now;
		int files; /* left afterwards; two days are kept */
	} rows[] = {
		{ "2026-11-21T12:00:00Z", 1 },
		{ "2026-11-21T12:01:00Z", 1 },
		{ "2026-11-22T03:00:00Z", 2 },
		{ "2026-11-22T04:00:00Z", 2 },
		{ "2026-11-23T03:00:00Z", 2 },
		/* The clock lost its time: both good ones stay. */
		{ "1970-01-01T00:00:00Z", 3 },
		{ "2026-11-24T03:00:00Z", 2 },
	};
	struct shelf p;

	(void)state;
	shelf_new(&p);
	read_at(&p, "2026-11-21T11:59:00Z", 100);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct backup b;
		struct err e = { 0 };

		p.options.now = at(rows[i].now);
		must(backup_make(&p.options, &b, &e), &e);
		check_int(rows[i].now, count_files(p.folder), rows[i].files);
		check_int(rows[i].now, access(b.path, R_OK), 0);
	}
	shelf_gone(&p);
}

/* The database was lost on the 21st: later copies are of another one. */
static void test_lost_and_begun_anew(void **state)
{
	static const struct {
		const char *now, *reading;
		bool again;
		int files; /* left afterwards; two days are kept */
	} rows[] = {
		{ "2026-11-20T03:00:00Z", "2026-11-19T12:00:00Z", false, 1 },
		{ "2026-11-21T03:00:00Z", "2026-11-20T12:00:00Z", false, 2 },
		{ "2026-11-21T15:00:00Z", "2026-11-21T12:00:00Z", true, 3 },
		{ "2026-11-22T03:00:00Z", "2026-11-21T12:10:00Z", false, 3 },
		{ "2026-11-23T03:00:00Z", "2026-11-22T12:00:00Z", false, 3 },
		{ "2026-11-24T03:00:00Z", "2026-11-23T12:00:00Z", false, 3 },
		{ "2026-11-25T03:00:00Z", "2026-11-18T12:00:00Z", false, 2 },
	};
	struct shelf p;
	char last_good[ROTATION_PATH] = "";

	(void)state;
	shelf_new(&p);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct backup b;
		struct err e = { 0 };

		if (rows[i].again) {
			db_fixture_empty(&p.db);
			db_fixture_open(&p.db);
		}
		read_at(&p, rows[i].reading, 100 + (int64_t)i);
		p.options.now = at(rows[i].now);
		must(backup_make(&p.options, &b, &e), &e);
		check_int(rows[i].now, count_files(p.folder), rows[i].files);
		if (i == 1)
			strcpy(last_good, b.path);
		check_int(rows[i].now, access(last_good, R_OK),
			  i == 0 || i == 6 ? -1 : 0);
	}
	shelf_gone(&p);
}

static void test_left_over_is_removed(void **state)
{
	struct shelf p;
	struct backup b;
	struct err e = { 0 };
	char path[256];
	FILE *f;

	(void)state;
	shelf_new(&p);
	snprintf(path, sizeof(path), "%s/.p1logger-backup", p.folder);
	f = fopen(path, "w");
	fputs("cut short", f);
	fclose(f);
	must(backup_make(&p.options, &b, &e), &e);
	check_int("left", count_files(p.folder), 1);
	shelf_gone(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fuller_copy_is_not_replaced),
		cmocka_unit_test(test_open_writer),
		cmocka_unit_test(test_last_is_remembered),
		cmocka_unit_test(test_rotation),
		cmocka_unit_test(test_lost_and_begun_anew),
		cmocka_unit_test(test_left_over_is_removed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
