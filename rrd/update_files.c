#include "rrd/update_files.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atomic_write.h"
#include "base/utc.h"
#include "rrd/file_build.h"
#include "rrd/rrdfile.h"

enum { PATH = 1024, WHY = 512, MONTH = 30 * DAY_S };

#define NEXT ".p1rrd" /* suffix of a file being written */

/* The file of one medium. */
struct medium_file {
	const struct update_files *o;
	struct history *h;
	enum medium medium;
	int64_t first, last;	    /* UTC range of the medium's readings */
	char path[PATH];	    /* folder/electricity.rrd */
	char next[PATH];	    /* where it is rebuilt */
	struct rrdfile file;	    /* the file at path */
	struct medium_state before; /* p1rrd.state's description of it */
	struct change change;	    /* changes of the journal since */
	bool booted;		    /* the machine was restarted since */
	bool trusted;		    /* it can be appended to */
	char why[WHY]; /* reason for rebuilding; "": not worth logging */
};

/*
 * The columns of all series that the meters have counted since `from`, found by
 * sampling.
 */
static int needed_columns(const struct medium_file *j, int64_t from,
			  uint32_t *set, struct err *e)
{
	struct counter_point p;
	uint32_t have = 0;
	int64_t t = from;

	for (; t < j->last + MONTH; t += MONTH) {
		int rc = history_at(j->h, j->medium, t < j->last ? t : j->last,
				    &p, e);

		if (rc < 0)
			return rc;
		have |= p.have;
	}
	*set = columns_of_medium(j->medium, have);
	return 0;
}

/* Other programs leave a modification time that is not a whole second. */
static bool untouched(const char *path, int64_t since)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_mtim.tv_sec == since &&
	       st.st_mtim.tv_nsec == 0;
}

/* Does the file match the journal, as far back as its fine archive goes? */
static int compare(struct medium_file *j, bool *same, struct err *e)
{
	const struct file_build b = { j->h, j->medium, j->file.columns, NULL,
				      NULL };
	int64_t start = file_build_start(j->first, j->last);
	int64_t fine =
		j->before.fed - (archives[0].rows - 1) * archives[0].width;
	struct medium_state ignored;
	int64_t rc;

	if (start < fine)
		start = fine;
	rc = file_build_new(&b, j->next, start, &ignored, e);
	if (rc >= 0)
		rc = rrdfile_same(j->path, j->next, start, j->before.fed, same,
				  NULL, e);
	if (rc == 0 && *same)
		rc = rrdfile_gathered_same(j->path, j->next, same, e);
	unlink(j->next);
	return (int)rc;
}

static int distrust(struct medium_file *j, const char *why)
{
	snprintf(j->why, sizeof(j->why), "%s", why);
	j->trusted = false;
	return 0;
}

/* Can the file be appended to, judging by the disk? See trust. */
static int trust_file(struct medium_file *j, struct err *e)
{
	struct err unread;
	uint32_t set;
	int rc = rrdfile_look(j->path, j->medium, &j->file, &unread);

	if (rc < 0)
		return distrust(j, unread.text);
	if (rc == 0)
		return distrust(j, j->before.known ? "it was missing" : "");
	if (access(j->path, W_OK) != 0)
		return distrust(j, "it was not writable");
	if (needed_columns(j, j->last, &set, e) < 0)
		return e->code;
	if (j->file.columns == 0)
		return distrust(j, "it did not have this program's layout");
	if ((set & ~j->file.columns) != 0)
		return distrust(j, "the meter has a new register");
	if (!j->before.known)
		return distrust(j, "p1rrd.state did not describe it");
	if (j->before.fed != j->file.last ||
	    !untouched(j->path, j->before.touched))
		return distrust(j, "it was left unfinished, or changed by "
				   "another program");
	return 0;
}

/* Can it be appended to, judging by the journal? See trust. */
static int trust_journal(struct medium_file *j, struct err *e)
{
	struct steps f;
	bool same;
	int rc = steps_begin(&f, j->h, j->medium, j->before.fed, e);

	if (rc < 0)
		return rc;
	if (j->change.id < j->before.change)
		return distrust(j,
				"it was made from another or a newer database");
	if (j->change.min_ts <= j->before.fed)
		return distrust(j, "older readings were added");
	if (file_build_print(&f.at) != j->before.print)
		return distrust(j, "the database has changed");
	if (!j->booted)
		return 0;
	rc = compare(j, &same, e);
	if (rc < 0 || same)
		return rc;
	return distrust(j, "it was damaged when the machine stopped");
}

/*
 * Find out whether the file can be appended to: j->trusted, else j->why.
 * Returns 0 or a negative code.
 */
static int trust(struct medium_file *j, struct err *e)
{
	int rc;

	j->trusted = true;
	rc = trust_file(j, e);
	if (rc == 0 && j->trusted)
		rc = trust_journal(j, e);
	if (j->o->rebuild && rc == 0)
		rc = distrust(j, "");
	return rc;
}

static int append(struct medium_file *j, struct medium_state *p, struct err *e)
{
	const struct file_build b = { j->h, j->medium, j->file.columns, NULL,
				      NULL };
	int64_t n = file_build_append(&b, j->path, j->before.fed, p, e);

	return n > 0 ? 1 : (int)n;
}

static void note(const struct medium_file *j)
{
	char text[PATH + WHY + 16];

	snprintf(text, sizeof(text), "%s: rebuilt (%s)", j->path,
		 *j->why ? j->why : "requested");
	j->o->note(j->o->ctx, *j->why != '\0', text);
}

static void pass_progress(void *ctx, int64_t from, int64_t at, int64_t to)
{
	const struct medium_file *j = ctx;

	if (j->o->progress != NULL)
		j->o->progress(j->o->ctx, j->medium, from, at, to);
}

static int make_again(struct medium_file *j, struct medium_state *p,
		      struct err *e)
{
	struct file_build b = { .h = j->h,
				.medium = j->medium,
				.progress = pass_progress,
				.ctx = j };
	int64_t start = file_build_start(j->first, j->last);
	int rc = needed_columns(j, start, &b.columns, e);

	note(j);
	b.columns |= j->file.columns;
	if (rc == 0 && file_build_new(&b, j->next, start, p, e) < 0)
		rc = e->code;
	if (rc == 0 && rename(j->next, j->path) != 0)
		rc = err_errno(e, ERR_CREATE, "replacing %s", j->path);
	if (rc == 0)
		rc = atomic_sync_name(j->path, e);
	if (rc < 0)
		unlink(j->next);
	return rc < 0 ? rc : 1;
}

/* Returns 1 if the file was written and *p is new, 0, or a negative code. */
static int update_files_medium(struct medium_file *j, struct medium_state *p,
			       struct err *e)
{
	struct medium_state now = { .known = true };
	int rc = history_extent(j->h, j->medium, &j->first, &j->last, e);

	if (rc <= 0)
		return rc;
	rc = history_changes(j->h, j->medium, j->before.change, &j->change, e);
	if (rc < 0)
		return rc;
	if (rc == 0)
		j->change.min_ts = INT64_MAX;
	now.change = j->change.id;
	rc = trust(j, e);
	if (rc == 0)
		rc = j->trusted ? append(j, &now, e) : make_again(j, &now, e);
	if (rc > 0)
		*p = now;
	return rc;
}

static int update_files_all(const struct update_files *o, struct history *h,
			    struct state_file *c, bool booted, struct err *e)
{
	int written = 0, failed = 0;

	for (enum medium m = MEDIUM_ELECTRICITY; m < MEDIUM_OTHER; m++) {
		struct medium_file j = { .o = o,
					 .h = h,
					 .medium = m,
					 .before = c->of[m],
					 .booted = booted };
		struct err one;
		int rc;

		snprintf(j.path, sizeof(j.path), "%s/%s.rrd", o->folder,
			 medium_name(m));
		snprintf(j.next, sizeof(j.next), "%s/%s.rrd" NEXT, o->folder,
			 medium_name(m));
		rc = update_files_medium(&j, &c->of[m], &one);
		if (rc < 0 && failed == 0)
			*e = one;
		failed = rc < 0 ? e->code : failed;
		written += rc > 0;
	}
	return failed ? failed : written;
}

/* Remove temporary files of an interrupted run; librrd extends their names. */
static void sweep(const char *folder)
{
	DIR *dir = opendir(folder);
	int fd = dir == NULL ? -1 : dirfd(dir);
	const struct dirent *d;

	if (fd < 0)
		return;
	while ((d = readdir(dir)) != NULL)
		if (strstr(d->d_name, ".rrd" NEXT) != NULL)
			unlinkat(fd, d->d_name, 0);
	closedir(dir);
}

int update_files_run(const struct update_files *o, struct history *h,
		     struct err *e)
{
	struct state_file c;
	char path[PATH], boot[STATE_FILE_BOOT];
	bool booted;
	int rc = history_hold(h, e);

	if (rc < 0)
		return rc;
	sweep(o->folder);
	snprintf(path, sizeof(path), "%s/p1rrd.state", o->folder);
	state_file_load(&c, path);
	booted = strcmp(c.boot, state_file_this_boot(boot)) != 0;
	memcpy(c.boot, boot, sizeof(boot));
	rc = update_files_all(o, h, &c, booted, e);
	history_release(h);
	if ((rc != 0 || booted) && state_file_save(&c, path, e) < 0)
		return e->code;
	return rc;
}
