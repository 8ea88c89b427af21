/* p1pg: bring a PostgreSQL server's copy of a home up to date. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/all_settings.h"
#include "base/clock.h"
#include "base/cmdline.h"
#include "base/log.h"
#include "base/print.h"
#include "base/process.h"
#include "base/server_string.h"
#include "fleet/administer.h"
#include "fleet/background.h"
#include "fleet/catch_up.h"
#include "fleet/compare_totals.h"

enum { PATH = SETTING_PATH + 16 };

struct arguments {
	const char *config; /* NULL: the default path */
	const char *add_home, *remove_home;
	bool init, verify, again, background, verbose;
};

/* clang-format off */
static const struct cmdline_option options[] = {
	{ 0, "again", NULL, "send everything again",
	  CMDLINE_TURN(struct arguments, again, true) },
	{ 0, "verify", NULL, "then compare all totals on the server with those of\n"
	  "the database; exit status 65 if they differ",
	  CMDLINE_TURN(struct arguments, verify, true) },
	{ 0, "background", NULL, "for a timer: wait a random time of up to half of\n"
	  "[fleet] interval, and longer after failures",
	  CMDLINE_TURN(struct arguments, background, true) },
	{ 'c', "config", "FILE", "settings file (default: " SETTINGS_FILE ")",
	  CMDLINE_NAME(struct arguments, config) },
	{ 'v', "verbose", NULL, "report each step",
	  CMDLINE_TURN(struct arguments, verbose, true) },
	CMDLINE_HEADING("On the server, as an administrator:"),
	{ 0, "init", NULL, "install or upgrade the schema",
	  CMDLINE_TURN(struct arguments, init, true) },
	{ 0, "add-home", "NAME", "add a home and print the settings for it",
	  CMDLINE_NAME(struct arguments, add_home) },
	{ 0, "remove-home", "NAME", "forget a home and all its data",
	  CMDLINE_NAME(struct arguments, remove_home) },
	CMDLINE_HEADING("Other:"),
	CMDLINE_HELP_ROW,
	CMDLINE_VERSION_ROW,
};
/* clang-format on */

static const struct cmdline command = {
	.program = "p1pg",
	.above = "Usage: p1pg [OPTION]...\n"
		 "Sends what changed in p1logger's database to a PostgreSQL "
		 "server.\n\n",
	.rows = options,
	.count = COUNT(options),
};

/* One run. */
struct run {
	const struct arguments *r;
	const struct all_settings *s;
	struct log log;
	struct history *h;
	struct state_file state;
	int lock; /* descriptor of the state */
};

static void note(void *ctx, const char *sentence)
{
	const struct run *run = ctx;

	log_line(&run->log, LOG_LEVEL_DEBUG, "%s", sentence);
}

static void print(void *ctx, const char *sentence)
{
	(void)ctx;
	print_line(stdout, "%s", sentence);
}

static struct server_options server_of(const struct all_settings *s)
{
	return (struct server_options){
		.string = s->fleet.server,
		.home = s->fleet.home,
		.password_file = s->fleet.password_file,
		.ca_file = s->fleet.ca_file,
		.cert_file = s->fleet.cert_file,
		.key_file = s->fleet.key_file,
	};
}

static struct server *open_server(const struct all_settings *s, struct err *e)
{
	const struct server_options o = server_of(s);

	if (server_string_check(s->fleet.server, s->fleet.interval, e) < 0)
		return NULL;
	return server_open(&o, e);
}

static int administer(const struct arguments *r, const struct all_settings *s,
		      struct err *e)
{
	struct server *server = open_server(s, e);
	int rc = server == NULL ? e->code : 0;

	if (rc == 0 && r->init)
		rc = administer_init(server, e);
	else if (rc == 0 && r->add_home != NULL)
		rc = administer_add_home(server, r->add_home, s->fleet.server,
					 stdout, e);
	else if (rc == 0)
		rc = administer_remove_home(server, r->remove_home, e);
	if (rc == 0 && r->init)
		print_line(stdout, "The schema fleet is up to date.");
	else if (rc == 0 && r->remove_home != NULL)
		print_line(stdout,
			   "Removed the home '%s', its rows and its role.",
			   r->remove_home);
	server_close(server);
	return rc;
}

/* Returns how many of the options for an administrator are given. */
static int administering(const struct arguments *r)
{
	return r->init + (r->add_home != NULL) + (r->remove_home != NULL);
}

static int verify(struct run *run, struct server *server, struct err *e)
{
	struct compare_totals c = { .say = print };
	int rc = compare_totals(&c, run->h, server, e);

	if (rc < 0)
		return rc;
	if (c.found > 0)
		return err_set(e, ERR_FORMAT,
			       "%lld of %lld totals differ: run p1pg --again",
			       (long long)c.found, (long long)c.periods);
	print_line(stdout, "%lld totals are the same on the server",
		   (long long)c.periods);
	return 0;
}

static int send_changes(struct run *run, struct err *e)
{
	const struct catch_up o = { .interval = run->s->fleet.interval,
				    .detail = run->s->fleet.detail == 1,
				    .again = run->r->again,
				    .note = note,
				    .ctx = run };
	struct caught_up done;
	struct server *server = open_server(run->s, e);
	int rc = server == NULL ? e->code
				: catch_up_run(&o, run->h, server, &run->state,
					       &done, e);

	if (rc == 0 && run->r->verify)
		rc = verify(run, server, e);
	server_close(server);
	return rc;
}

/* Send what changed, and record whether that worked. */
static int attempt(struct run *run, struct err *e)
{
	struct err unsaved;
	int rc = catch_up_watch(&run->state, run->h, e);

	if (rc == 0)
		rc = send_changes(run, e);
	rc = background_result(&run->state, run->s->fleet.interval, rc,
			       run->r->background, &run->log, e);
	if (state_file_save(&run->state, run->lock, &unsaved) < 0 && rc == 0) {
		*e = unsaved;
		rc = unsaved.code;
	}
	return rc;
}

static int follow(struct run *run, struct err *e)
{
	char path[PATH];
	int rc = 0;

	snprintf(path, sizeof(path), "%s.fleet", run->s->database);
	run->h = history_open(run->s->database, e);
	if (run->h == NULL)
		return e->code;
	run->lock = state_file_open(&run->state, path, e);
	if (run->lock < 0)
		rc = e->code;
	else if (!run->r->background || background_is_due(&run->state))
		rc = attempt(run, e);
	if (run->lock >= 0)
		close(run->lock);
	history_close(run->h);
	return rc == ERR_BUSY && run->r->background ? 0 : rc;
}

static int run(const struct arguments *r, const struct all_settings *s,
	       struct err *e)
{
	struct run run = { .r = r, .s = s, .lock = -1 };

	log_open(&run.log, "p1pg", s->log_target == 1,
		 r->verbose ? LOG_LEVEL_DEBUG : LOG_LEVEL_NOTICE);
	if (s->fleet.server[0] == '\0')
		return r->background
			       ? 0
			       : err_set(e, ERR_CONFIG,
					 "%s: [fleet] server is empty",
					 r->config != NULL ? r->config
							   : SETTINGS_FILE);
	if (administering(r) > 1)
		return err_set(e, ERR_USAGE,
			       "use one of --init, --add-home and "
			       "--remove-home at a time");
	if (administering(r) == 1)
		return administer(r, s, e);
	if (r->background)
		background_wait(s->fleet.interval);
	return follow(&run, e);
}

int main(int argc, char **argv)
{
	struct arguments r = { 0 };
	struct all_settings s;
	struct log log;
	struct err e = { 0 };
	int rc;

	process_begin();
	log_open(&log, "p1pg", false, LOG_LEVEL_NOTICE);
	rc = cmdline_read(&command, argc, argv, &r, NULL, &e);
	if (rc > 0)
		rc = cmdline_say(&command, rc, stdout, &e);
	else if (rc == 0 && (rc = all_settings_load(&s, r.config, &e)) == 0)
		rc = run(&r, &s, &e);
	if (rc < 0 && e.text[0] != '\0')
		log_line(&log, LOG_LEVEL_ERROR, "%s", e.text);
	return err_exit_status(rc);
}
