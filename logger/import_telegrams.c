#include "logger/import_telegrams.h"

#include <string.h>

#include "logger/choose_reading_time.h"
#include "logger/follower_processes.h"
#include "logger/ingest.h"
#include "logger/loop.h"
#include "logger/port/source.h"
#include "logger/progress_bar.h"

static int commit(struct import *im, struct err *e)
{
	int rows = store_commit(im->store, e);

	if (rows > 0)
		im->rows += rows;
	return rows < 0 ? rows : 0;
}

/* A file being imported. */
struct file_import {
	struct loop loop;
	struct timestamper timestamper;
	struct ingest ingest;
};

static int put(struct import *im, struct file_import *w, struct reading *r,
	       struct err *e)
{
	const struct journal *j = im->store->journal;

	im->telegrams++;
	if (!timestamp_reading(&w->timestamper, r))
		im->untimed++;
	im->unset += timestamp_is_unset(&r->time);
	if (ingest_reading(&w->ingest, r, e) < 0)
		return e->code;
	return journal_urgent(j) || journal_full(j) ? commit(im, e) : 0;
}

/* Returns 0 to continue, 1 at the end, or a negative code. */
static int take(struct import *im, struct file_import *w,
		struct loop_turn *turn, struct err *e)
{
	switch (turn->what) {
	case NEXT_READING:
		return put(im, w, &turn->reading, e);
	case NEXT_REFUSED:
		im->refused.of[turn->why]++;
		return 0;
	default:
		return loop_over(turn, e);
	}
}

static void show(const struct import *im, struct progress_bar *p,
		 const struct listener *l)
{
	int64_t at = 0, size = 0;

	if (!im->show)
		return;
	listener_progress(l, &at, &size);
	progress_bar_show(p, im->clock, listener_name(l), at, size,
			  im->telegrams);
}

static int read_all(struct import *im, struct file_import *w, struct err *e)
{
	struct progress_bar bar = { 0 };
	struct loop_turn turn;
	int rc = 0;

	while (rc == 0 &&
	       (rc = loop_next(&w->loop, INT64_MAX, &turn, e)) == 0) {
		rc = take(im, w, &turn, e);
		show(im, &bar, w->loop.port[0]);
	}
	progress_bar_clear(&bar);
	return rc < 0 ? rc : ingest_end(&w->ingest, e);
}

/*
 * Count the telegrams that need a time, to be placed before the file's mtime.
 */
static int count_untimed(const char *name, const struct clock *clock,
			 const struct reader_options *how, int64_t *n,
			 struct err *e)
{
	const struct port_state nothing = { 0 };
	struct loop loop = { .clock = clock, .signals = -1, .how = *how };
	struct loop_turn turn;
	struct timestamper s;
	int rc = loop_listen(&loop, name, &nothing, e);

	timestamp_begin(&s, NULL);
	*n = 0;
	while (rc == 0 && (rc = loop_next(&loop, INT64_MAX, &turn, e)) == 0)
		if (turn.what == NEXT_READING)
			*n += !timestamp_reading(&s, &turn.reading) ||
			      timestamp_is_unset(&turn.reading.time);
		else
			rc = turn.what != NEXT_REFUSED;
	loop_close(&loop);
	return rc < 0 ? rc : 0;
}

/* The options for this database's meter, as found by listening to it. */
static struct reader_options how_to_read(const struct import *im)
{
	struct port_state state;
	char path[STORE_PATH];

	port_state_load(&state,
			store_beside(path, im->store->o->database, ".port"));
	return utc_offset_use(&state.offset, &im->how);
}

static int begin_mtime(struct import *im, const char *name,
		       struct timestamper *s, struct err *e)
{
	const struct reader_options how = how_to_read(im);
	struct source *source = source_open(name, e);
	int64_t mtime = 0, n;
	bool known;

	if (source == NULL)
		return e->code;
	known = source_modified(source, &mtime);
	source_close(source);
	if (!known || strcmp(name, "-") == 0)
		return err_set(e, ERR_USAGE,
			       "%s: only a file has a modification time", name);
	if (count_untimed(name, im->clock, &how, &n, e) < 0)
		return e->code;
	timestamp_compute(s, mtime - (n - 1) * im->timefrom.step,
			  im->timefrom.step);
	return 0;
}

static int begin_times(struct import *im, const char *name,
		       struct timestamper *s, struct err *e)
{
	timestamp_begin(s, NULL);
	if (im->timefrom.kind == TIMEFROM_MTIME)
		return begin_mtime(im, name, s, e);
	if (im->timefrom.kind == TIMEFROM_STAMP)
		timestamp_compute(s, im->timefrom.first, im->timefrom.step);
	return 0;
}

int import_telegrams_file(struct import *im, const char *name, struct err *e)
{
	const struct port_state nothing = { 0 };
	struct file_import w = { .loop = { .clock = im->clock,
					   .signals = -1,
					   .how = how_to_read(im) },
				 .ingest = { .store = im->store } };
	struct err committing = { 0 };
	int64_t electricity;
	int rc = im->store->journal == NULL
			 ? err_set(e, ERR_ABSENT,
				   "%s: not imported: the database is not open",
				   name)
			 : begin_times(im, name, &w.timestamper, e);

	if (rc == 0)
		rc = loop_listen(&w.loop, name, &nothing, e);
	if (rc == 0)
		rc = read_all(im, &w, e);
	im->timefrom.first =
		w.timestamper.compute ? w.timestamper.next : im->timefrom.first;
	loop_close(&w.loop);
	ingest_close(&w.ingest);
	if (commit(im, &committing) < 0 && rc == 0) {
		*e = committing;
		rc = e->code;
	}
	if (im->store->journal != NULL)
		im->held = journal_held(im->store->journal, &electricity);
	return rc;
}

int import_telegrams_follow(const struct import *im,
			    const struct store_options *o, int rc,
			    struct err *e)
{
	struct err late;

	if (im->telegrams == 0)
		return rc;
	if (rc >= 0)
		return followers_run(o, FOLLOWER_REDO_MS, e);
	followers_run(o, FOLLOWER_REDO_MS, &late);
	return rc;
}
