#include "storage/db/backup_rotation.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/span.h"
#include "base/utc.h"
#include "storage/db/db.h"
#include "storage/db/fingerprint.h"

enum { DAY = 10 }; /* characters of 2026-11-21 */

static const char timestamp_shape[] = "0000-00-00T0000Z.db";

/* "p1logger" of /var/lib/p1logger/p1logger.db */
static struct span stem_of(const char *database)
{
	const char *slash = strrchr(database, '/');
	struct span s = span_of(slash ? slash + 1 : database);

	if (s.n > 3 && memcmp(s.p + s.n - 3, ".db", 3) == 0)
		s.n -= 3;
	return s;
}

int rotation_join(char path[static ROTATION_PATH], const char *start,
		  const char *end, struct err *e)
{
	int n = snprintf(path, ROTATION_PATH, "%s%s", start, end);

	return n < ROTATION_PATH ? 0
				 : err_set(e, ERR_CONFIG,
					   "%s: the path is too long", start);
}

int rotation_path(char path[static ROTATION_PATH], const char *folder,
		  const char *database, int64_t now, struct err *e)
{
	struct civil c = utc_to_civil(now);
	int n = snprintf(path, ROTATION_PATH,
			 "%s/%.*s-%04d-%02d-%02dT%02d%02dZ.db", folder,
			 SPAN_ARG(stem_of(database)), c.year, c.month, c.day,
			 c.hour, c.minute);

	return n < ROTATION_PATH ? 0
				 : err_set(e, ERR_CONFIG,
					   "%s: the path is too long", folder);
}

/*
 * Find the timestamp in the name of one of our backups. Returns NULL for
 * another file.
 */
static const char *timestamp_in(const char *name, struct span stem)
{
	const char *at = name + stem.n + 1;

	if (strlen(name) != stem.n + sizeof(timestamp_shape) ||
	    memcmp(name, stem.p, stem.n) != 0 || at[-1] != '-')
		return NULL;
	for (size_t i = 0; timestamp_shape[i] != '\0'; i++)
		if (timestamp_shape[i] == '0' ? at[i] < '0' || at[i] > '9'
					      : at[i] != timestamp_shape[i])
			return NULL;
	return at;
}

struct listing {
	char **names; /* newest first */
	size_t n;
};

static int newest_first(const void *a, const void *b)
{
	return -strcmp(*(char *const *)a, *(char *const *)b);
}

static int add_name(struct listing *l, const char *name, struct err *e)
{
	char **more = realloc(l->names, (l->n + 1) * sizeof(*more));

	if (more != NULL)
		l->names = more;
	if (more == NULL || (more[l->n] = strdup(name)) == NULL)
		return err_memory(e);
	l->n++;
	return 0;
}

static int list(struct listing *l, const char *folder, struct span stem,
		struct err *e)
{
	DIR *dir = opendir(folder);
	const struct dirent *d;
	int rc = 0;

	if (dir == NULL)
		return err_errno(e, ERR_CREATE, "reading %s", folder);
	while (rc == 0 && (d = readdir(dir)) != NULL)
		if (timestamp_in(d->d_name, stem) != NULL)
			rc = add_name(l, d->d_name, e);
	closedir(dir);
	if (l->n > 0)
		qsort(l->names, l->n, sizeof(*l->names), newest_first);
	return rc;
}

static void free_list(struct listing *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->names[i]);
	free(l->names);
}

int rotation_newest(const char *folder, const char *database,
		    char path[static ROTATION_PATH], struct err *e)
{
	struct listing l = { 0 };
	int rc = list(&l, folder, stem_of(database), e);

	if (rc == 0 && l.n > 0)
		rc = snprintf(path, ROTATION_PATH, "%s/%s", folder,
			      l.names[0]) < ROTATION_PATH;
	free_list(&l);
	return rc;
}

/*
 * Find the oldest reading of a copy: INT64_MAX if it has none that we could
 * restore, INT64_MIN if that is unknown.
 */
static int64_t oldest_in(const char *path)
{
	int64_t ts = INT64_MIN;
	struct err ignored;
	sqlite3 *db = NULL;
	int rc = db_open_older(&db, path, &ignored);

	if (rc == 0)
		rc = fingerprint_oldest(db, &ts, &ignored);
	db_close(db);
	if (rc == 0)
		return ts;
	return rc == ERR_CONFIG || rc == ERR_DAMAGED ? INT64_MAX : INT64_MIN;
}

/* State of walking from the newest to the oldest. */
struct removal {
	const char *folder, *made;
	struct span stem;
	const char *day; /* day of the previous file */
	int64_t keep;	 /* days that may still have one */
	int64_t oldest;	 /* oldest reading of those that stay */
};

/* Is this backup kept? */
static bool stays(struct removal *w, const char *name, const char *path)
{
	const char *timestamp = timestamp_in(name, w->stem);
	bool new_day = strncmp(timestamp, w->day, DAY) != 0;
	int64_t oldest = oldest_in(path);
	bool reaches = oldest < w->oldest;

	w->day = timestamp;
	w->keep -= new_day;
	if (reaches && oldest != INT64_MIN)
		w->oldest = oldest;
	return reaches || (new_day && w->keep >= 0) ||
	       strcmp(path, w->made) == 0;
}

static int remove_old(const struct listing *l, struct removal *w, struct err *e)
{
	int removed = 0;

	for (size_t i = 0; i < l->n; i++) {
		char path[ROTATION_PATH];

		if (snprintf(path, sizeof(path), "%s/%s", w->folder,
			     l->names[i]) >= (int)sizeof(path) ||
		    stays(w, l->names[i], path))
			continue;
		if (unlink(path) < 0 && errno != ENOENT)
			return err_errno(e, ERR_CREATE, "removing %s", path);
		removed++;
	}
	return removed;
}

int rotation_prune(const char *folder, const char *database, const char *made,
		   int64_t keep, struct err *e)
{
	struct removal w = { .folder = folder,
			     .made = made,
			     .day = "",
			     .stem = stem_of(database),
			     .keep = keep,
			     .oldest = INT64_MAX };
	struct listing l = { 0 };
	int rc = list(&l, folder, w.stem, e);

	if (rc == 0)
		rc = remove_old(&l, &w, e);
	free_list(&l);
	return rc;
}
