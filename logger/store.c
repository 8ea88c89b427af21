#include "logger/store.h"

#include <errno.h>
#include <poll.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/print.h"
#include "base/safe_file.h"
#include "logger/lock.h"
#include "logger/port/holder.h"
#include "logger/recover_damaged_database.h"
#include "logger/reopen_replaced.h"

enum {
	LOOK_MS = 100,		/* interval of trying to get the lock */
	QUIET_LOOKS = 10,	/* attempts before the wait is reported */
	SQLITE_WAIT_MS = 10000, /* wait for another lock on the database */
};

char *store_beside(char path[static STORE_PATH], const char *database,
		   const char *suffix)
{
	snprintf(path, STORE_PATH, "%s%s", database, suffix);
	return path;
}

/* The database's folder; "." for a plain name. */
static void folder_of(char path[static STORE_PATH], const char *database)
{
	const char *slash = strrchr(database, '/');

	if (slash == NULL)
		snprintf(path, STORE_PATH, ".");
	else
		snprintf(path, STORE_PATH, "%.*s",
			 slash == database ? 1 : (int)(slash - database),
			 database);
}

int store_check(const char *database, struct err *e)
{
	struct stat st;

	if (database[0] == '\0')
		return err_set(e, ERR_CONFIG, "it is not a file name");
	if (stat(database, &st) == 0 && S_ISDIR(st.st_mode))
		return err_set(e, ERR_CONFIG, "%s is a folder", database);
	return 0;
}

/*
 * Readable for its group, so that p1graph and sqlite3 need no write access.
 * Parent folders are not created: the path may be misspelt, or its disk not
 * mounted.
 */
static int make_folder(const char *database, struct err *e)
{
	char folder[STORE_PATH];

	folder_of(folder, database);
	if (safe_file_make_folder(folder, 02750) == 0 || errno == EEXIST)
		return 0;
	if (errno == ENOENT)
		return err_set(e, ERR_CREATE,
			       "neither the folder %s of the database nor the "
			       "one above it exists: create them, or correct "
			       "[storage] database",
			       folder);
	return err_errno(e, errno == EACCES ? ERR_PERMISSION : ERR_CREATE,
			 "creating the folder %s", folder);
}

/*
 * Files created by root must belong to the folder's owner, or the service would
 * be locked out.
 */
static void give_to_owner(const char *database)
{
	static const char *const suffixes[] = { "", "-wal", "-shm", ".lock",
						".port" };
	char path[STORE_PATH];

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++)
		safe_file_give(store_beside(path, database, suffixes[i]));
}

/*
 * Explain the error of a user who ran p1logger by hand on the service's folder.
 */
static int not_ours(const char *database, struct err *e)
{
	char folder[STORE_PATH];
	struct stat st;
	const struct passwd *owner;

	folder_of(folder, database);
	if (stat(folder, &st) < 0 || (owner = getpwuid(st.st_uid)) == NULL)
		return e->code;
	return err_set(e, ERR_PERMISSION,
		       "cannot write to %s: run it as the user %s", folder,
		       owner->pw_name);
}

/* Sleep briefly; false if a signal asks us to stop. */
static bool pause_a_bit(int signals)
{
	struct pollfd p = { .fd = signals, .events = POLLIN };

	return poll(&p, 1, LOOK_MS) <= 0;
}

static void report_wait(const struct store_options *o, int64_t until_ms,
			const struct err *e)
{
	int64_t ms = until_ms - clock_monotonic_ms(o->clock);

	if (o->log != NULL)
		log_line(o->log, store_news(o), "%s; waiting for up to %lld s",
			 e->text, (long long)(ms + 999) / 1000);
}

/*
 * Returns 1: locked, 0: a service is running, negative: no lock until until_ms.
 */
static int take_lock(struct store *k, int64_t until_ms, bool yield,
		     struct err *e)
{
	const struct store_options *o = k->o;
	char path[STORE_PATH];

	store_beside(path, o->database, ".lock");
	for (int look = 0;; look++) {
		k->lock = lock_try(path, o->service, e);
		if (k->lock >= 0)
			return 1;
		if (e->code == ERR_PERMISSION)
			return not_ours(o->database, e);
		if (yield && e->code == ERR_BUSY && lock_is_service(path))
			return 0;
		if (e->code != ERR_BUSY ||
		    clock_monotonic_ms(o->clock) >= until_ms ||
		    !pause_a_bit(o->signals))
			return e->code;
		if (look == QUIET_LOOKS)
			report_wait(o, until_ms, e);
	}
}

int store_lock(struct store *k, const struct store_options *o, int64_t wait_s,
	       bool yield, struct err *e)
{
	*k = (struct store){ .o = o, .lock = -1 };
	if (make_folder(o->database, e) < 0)
		return e->code;
	return take_lock(k, clock_monotonic_ms(o->clock) + wait_s * 1000, yield,
			 e);
}

/* Add the holder of the database and the remedy to the message. */
static int explain(const struct store_options *o, struct err *e)
{
	char by[HOLDER_TEXT] = "another program";

	if (e->code != ERR_BUSY)
		return e->code;
	holder_of_database(o->database, by);
	return err_set(e, ERR_BUSY,
		       "%s is in use by %s: stop it, or try again later",
		       o->database, by);
}

static struct journal_options options_of(const struct store_options *o)
{
	return (struct journal_options){
		.interval = o->interval,
		.phases_interval = o->phases_interval,
		.timezone = o->timezone,
		.now = clock_utc(o->clock),
		.synchronised = clock_synchronised(o->clock),
		.wait_ms = SQLITE_WAIT_MS,
		.service = o->service,
		.whole_calendar = o->whole_calendar,
		.commit_s = o->commit_s,
		.extra = o->extra,
		.house = o->house,
		.also = o->also,
		.keep = o->keep,
		.limits = o->limits,
	};
}

int store_begin(struct store *k, struct err *e)
{
	const struct store_options *o = k->o;
	const struct journal_options options = options_of(o);

	k->journal = recover_open(o, &options, e);
	give_to_owner(o->database);
	return k->journal != NULL ? 1 : explain(o, e);
}

int store_open(struct store *k, const struct store_options *o, int64_t wait_s,
	       bool yield, struct err *e)
{
	int rc = store_lock(k, o, wait_s, yield, e);

	return rc > 0 ? store_begin(k, e) : rc;
}

int store_open_alone(struct store *k, const struct store_options *o,
		     int64_t wait_s, struct err *e)
{
	int rc = store_open(k, o, wait_s, true, e);

	return rc != 0 ? rc
		       : err_set(e, ERR_BUSY,
				 "the service is using %s: stop it first, "
				 "sudo systemctl stop p1logger",
				 o->database);
}

int store_set_aside(struct store *k, struct err *e)
{
	journal_close(k->journal);
	k->journal = NULL;
	*e = k->damage;
	k->damage.code = ERR_NONE;
	return recover_set_aside(k->o, clock_utc(k->o->clock), e);
}

void store_close(struct store *k)
{
	struct err ignored;

	if (k->damage.code != ERR_NONE)
		store_set_aside(k, &ignored);
	journal_close(k->journal);
	if (k->lock >= 0)
		close(k->lock);
	*k = (struct store){ .lock = -1 };
}

/* Pending rows would be refused later, too. */
static int note_damage(struct store *k, struct err *e)
{
	size_t waiting = journal_waiting(k->journal);

	err_while(e, "database %s", k->o->database);
	err_after(e, "%zu %s not written", waiting,
		  print_noun((int64_t)waiting, "row was", "rows were"));
	k->damage = *e;
	return e->code;
}

/*
 * If the database was removed, its lock may be gone as well, and another
 * process may create it.
 */
static int hold_lock(struct store *k, struct err *e)
{
	char path[STORE_PATH];
	int lock;

	store_beside(path, k->o->database, ".lock");
	if (lock_is_at(k->lock, path))
		return 0;
	lock = make_folder(k->o->database, e) < 0
		       ? e->code
		       : lock_try(path, k->o->service, e);
	if (lock < 0)
		return lock;
	close(k->lock);
	k->lock = lock;
	return 0;
}

/* Make sure that we write to the file that is the database now. */
static int follow_file(struct store *k, struct err *e)
{
	const struct journal_options options = options_of(k->o);
	int rc = hold_lock(k, e);

	if (k->journal == NULL)
		return err_set(e, ERR_ABSENT, "the database is not open");
	return rc < 0 ? rc
		      : reopen_journal(k->o, &options, &k->journal, &k->saved,
				       e);
}

int store_commit(struct store *k, struct err *e)
{
	int rows = follow_file(k, e);

	if (rows == 0)
		rows = journal_commit(k->journal, e);
	if (rows == ERR_BUSY)
		return explain(k->o, e);
	if (rows == ERR_DAMAGED)
		return note_damage(k, e);
	return rows < 0 ? err_while(e, "%s", k->o->database) : rows;
}

struct journal_now store_now(const struct store *k)
{
	return (struct journal_now){
		.utc = clock_utc(k->o->clock),
		.synchronised = clock_synchronised(k->o->clock),
	};
}
