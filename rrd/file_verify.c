#include "rrd/file_verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/utc.h"
#include "rrd/file_build.h"
#include "rrd/rrdfile.h"

enum { PATH = 1024, SENTENCE = 1600 };

struct check {
	const struct file_verify_rrd *v;
	struct history *h;
	enum medium medium;
	int64_t start, end; /* compared range, UTC */
	char path[PATH], next[PATH];
	struct rrdfile file;
};

static int wrong(const struct check *c, const char *what)
{
	char sentence[SENTENCE];

	snprintf(sentence, sizeof(sentence), "%s: %s", c->path, what);
	c->v->say(c->v->ctx, sentence);
	return 1;
}

static int say_difference(const struct check *c,
			  const struct rrdfile_difference *d)
{
	char what[200], t[UTC_TEXT];

	snprintf(what, sizeof(what),
		 "%s at %s is %.6g, should be %.6g (%s of %lld s)", d->column,
		 utc_format(t, d->t), d->is, d->other, d->archive->cf,
		 (long long)d->archive->width);
	return wrong(c, what);
}

static int compare(const struct check *c, struct err *e)
{
	const struct file_build b = { c->h, c->medium, c->file.columns, NULL,
				      NULL };
	struct rrdfile_difference d;
	struct medium_state ignored;
	int64_t rc = file_build_new(&b, c->next, c->start, &ignored, e);
	bool same = true;

	if (rc >= 0)
		rc = rrdfile_same(c->path, c->next, c->start, c->end, &same, &d,
				  e);
	unlink(c->next);
	if (rc < 0)
		return (int)rc;
	return same ? 0 : say_difference(c, &d);
}

/* Readings added since are left to the next run of p1rrd. */
static int find_end(struct check *c, struct err *e)
{
	char path[PATH];
	struct state_file state;
	const struct medium_state *p = &state.of[c->medium];
	struct change change;
	int rc;

	c->end = c->file.last;
	snprintf(path, sizeof(path), "%s/p1rrd.state", c->v->folder);
	state_file_load(&state, path);
	if (!p->known)
		return 0;
	rc = history_changes(c->h, c->medium, p->change, &change, e);
	if (rc > 0 && change.min_ts <= c->end)
		c->end = change.min_ts - 1;
	return rc < 0 ? rc : 0;
}

/* Returns 0 if it is right, 1 if wrong, or a negative code. */
static int file_verify_medium(struct check *c, struct err *e)
{
	struct err unread;
	int64_t first, last;
	int rc = history_extent(c->h, c->medium, &first, &last, e);

	if (rc <= 0)
		return rc;
	rc = rrdfile_look(c->path, c->medium, &c->file, &unread);
	if (rc < 0)
		return wrong(c, unread.text);
	if (rc == 0)
		return wrong(c, "it is missing");
	if (c->file.columns == 0)
		return wrong(c, "it does not have this program's layout");
	if (c->file.last > last)
		return wrong(c, "it is newer than the journal");
	c->start = file_build_start(first, last);
	if (find_end(c, e) < 0)
		return e->code;
	return compare(c, e);
}

static int file_verify_all(const struct file_verify_rrd *v, struct history *h,
			   const char *scratch, struct err *e)
{
	int found = 0, rc = history_hold(h, e);

	for (enum medium m = MEDIUM_ELECTRICITY; rc >= 0 && m < MEDIUM_OTHER;
	     m++) {
		struct check c = { .v = v, .h = h, .medium = m };

		snprintf(c.path, sizeof(c.path), "%s/%s.rrd", v->folder,
			 medium_name(m));
		snprintf(c.next, sizeof(c.next), "%s/%s.rrd", scratch,
			 medium_name(m));
		rc = file_verify_medium(&c, e);
		found += rc > 0;
	}
	history_release(h);
	return rc < 0 ? rc : found;
}

/* A user with read access only cannot write beside the files. */
int file_verify_rrd(const struct file_verify_rrd *v, struct history *h,
		    struct err *e)
{
	const char *tmp = getenv("TMPDIR");
	char scratch[PATH / 2];
	int rc;

	snprintf(scratch, sizeof(scratch), "%s/p1rrd.XXXXXX",
		 tmp != NULL ? tmp : "/tmp");
	if (mkdtemp(scratch) == NULL)
		return err_errno(e, ERR_CREATE, "creating the folder %s",
				 scratch);
	rc = file_verify_all(v, h, scratch, e);
	rmdir(scratch);
	return rc;
}
