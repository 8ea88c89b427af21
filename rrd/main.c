/* p1rrd: bring the RRD files up to date with the journal. */
#include <stdio.h>
#include <unistd.h>

#include "base/all_settings.h"
#include "base/clock.h"
#include "base/cmdline.h"
#include "base/log.h"
#include "base/print.h"
#include "base/process.h"
#include "rrd/file_verify.h"
#include "rrd/rrd_lock.h"
#include "rrd/update_files.h"

enum {
	WAIT_MS = 5000, /* for another p1rrd, which does our work as well */
	WAIT_REBUILD_MS = 60000, /* the same while a person waits */
	PASSES = 10,		 /* until no readings were added meanwhile */
	BAR = 40,		 /* characters */
};

struct arguments {
	const char *config; /* NULL: the default path */
	bool rebuild, verify, verbose;
};

/* Context of the callbacks. */
struct callbacks {
	struct log log;
	int shown; /* parts of the bar on the screen; -1 if none */
};

/* clang-format off */
static const struct cmdline_option options[] = {
	{ 0, "rebuild", NULL, "rebuild all files",
	  CMDLINE_TURN(struct arguments, rebuild, true) },
	{ 0, "verify", NULL, "only compare the files with the database;\n"
	  "exit status 65 if they differ",
	  CMDLINE_TURN(struct arguments, verify, true) },
	{ 'c', "config", "FILE", "settings file (default: " SETTINGS_FILE ")",
	  CMDLINE_NAME(struct arguments, config) },
	{ 'v', "verbose", NULL, "report each step",
	  CMDLINE_TURN(struct arguments, verbose, true) },
	CMDLINE_HELP_ROW,
	CMDLINE_VERSION_ROW,
};
/* clang-format on */

static const struct cmdline command = {
	.program = "p1rrd",
	.above =
		"Usage: p1rrd [OPTION]...\n"
		"Brings the RRD files up to date with p1logger's database.\n\n",
	.rows = options,
	.count = COUNT(options),
};

static void say(void *ctx, bool worth_a_line, const char *sentence)
{
	const struct callbacks *run = ctx;

	log_line(&run->log, worth_a_line ? LOG_LEVEL_NOTICE : LOG_LEVEL_DEBUG,
		 "%s", sentence);
}

static void draw_bar(void *ctx, enum medium m, int64_t from, int64_t at,
		     int64_t to)
{
	static const char full[] = "########################################";
	struct callbacks *run = ctx;
	int percent = to > from ? (int)(100 * (at - from) / (to - from)) : 100;
	int parts = percent * BAR / 100;

	if (percent == run->shown)
		return;
	run->shown = percent;
	print_return(stderr);
	print_piece(stderr, "%-12s [%.*s%*s] %3d %%", medium_name(m), parts,
		    full, BAR - parts, "", percent);
}

static int follow(struct update_files *o, const struct all_settings *s,
		  struct err *e)
{
	struct history *h = NULL;
	int lock, rc;

	h = history_open(s->database, e);
	if (h == NULL)
		return e->code;
	lock = rrd_lock_take(s->rrd, o->rebuild ? WAIT_REBUILD_MS : WAIT_MS,
			     &clock_machine, e);
	rc = lock < 0 ? lock : 1;
	for (int pass = 0; pass < PASSES && rc > 0; pass++) {
		rc = update_files_run(o, h, e);
		o->rebuild = false;
	}
	if (lock >= 0 && rc < 0 && rc != ERR_CREATE)
		err_while(e, "database %s", s->database);
	if (lock >= 0)
		close(lock);
	history_close(h);
	return rc < 0 ? rc : 0;
}

static void print(void *ctx, const char *sentence)
{
	(void)ctx;
	print_line(stdout, "%s", sentence);
}

static int verify(const struct all_settings *s, struct err *e)
{
	const struct file_verify_rrd v = { .folder = s->rrd, .say = print };
	struct history *h = history_open(s->database, e);
	int lock, rc;

	if (h == NULL)
		return e->code;
	lock = rrd_lock_take(s->rrd, WAIT_REBUILD_MS, &clock_machine, e);
	rc = lock < 0 ? lock : file_verify_rrd(&v, h, e);
	if (rc > 0)
		rc = err_set(e, ERR_FORMAT,
			     "run p1rrd --rebuild to fix the files");
	if (lock >= 0)
		close(lock);
	history_close(h);
	return rc;
}

static int run(const struct arguments *r, const struct all_settings *s,
	       struct err *e)
{
	struct callbacks run = { .shown = -1 };
	struct update_files o = { .folder = s->rrd,
				  .rebuild = r->rebuild,
				  .note = say,
				  .ctx = &run };
	int rc;

	log_open(&run.log, "p1rrd", s->log_target == 1,
		 r->verbose ? LOG_LEVEL_DEBUG : LOG_LEVEL_NOTICE);
	if (*s->rrd == '\0')
		return !r->rebuild ? 0
				   : err_set(e, ERR_CONFIG,
					     "[storage] rrd is empty: no RRD "
					     "files are written");
	if (r->verify)
		return verify(s, e);
	if (r->rebuild && isatty(STDERR_FILENO))
		o.progress = draw_bar;
	rc = follow(&o, s, e);
	if (run.shown >= 0)
		print_clear(stderr);
	if (rc != ERR_BUSY || r->rebuild)
		return rc;
	say(&run, false, e->text);
	return 0;
}

int main(int argc, char **argv)
{
	struct arguments r = { 0 };
	struct all_settings s;
	struct log log;
	struct err e = { 0 };
	int rc;

	process_begin();
	log_open(&log, "p1rrd", false, LOG_LEVEL_NOTICE);
	rc = cmdline_read(&command, argc, argv, &r, NULL, &e);
	if (rc > 0)
		rc = cmdline_say(&command, rc, stdout, &e);
	else if (rc == 0 && (rc = all_settings_load(&s, r.config, &e)) == 0)
		rc = run(&r, &s, &e);
	if (rc < 0)
		log_line(&log, LOG_LEVEL_ERROR, "%s", e.text);
	return err_exit_status(rc);
}
