/* p1web: serve the history and live readings over HTTP. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/all_settings.h"
#include "base/cmdline.h"
#include "base/log.h"
#include "base/origin.h"
#include "base/process.h"
#include "base/token_file.h"
#include "tariffs/price_settings.h"
#include "web/access_rules.h"
#include "web/feed_socket.h"
#include "web/handler_data.h"
#include "web/job_queue.h"
#include "web/server.h"
#include "web/static_files.h"

enum { NAMES = 8192 }; /* size of the names of this machine */

struct request_line {
	const char *config; /* NULL: the default path */
	bool verbose;
};

static struct server *serving; /* for the signal handler */
static volatile sig_atomic_t stopping;

static const struct cmdline_option options[] = {
	{ 'c', "config", "FILE", "settings file (default: " SETTINGS_FILE ")",
	  CMDLINE_NAME(struct request_line, config) },
	{ 'v', "verbose", NULL, "print more details",
	  CMDLINE_TURN(struct request_line, verbose, true) },
	CMDLINE_HELP_ROW,
	CMDLINE_VERSION_ROW,
};

static const struct cmdline command = {
	.program = "p1web",
	.above = "Usage: p1web [OPTION]...\n"
		 "Serves the history and the live readings of p1logger over "
		 "HTTP.\n\n",
	.rows = options,
	.count = COUNT(options),
};

static void stop(int sig)
{
	(void)sig;
	stopping = 1;
	if (serving != NULL)
		server_wake(serving);
}

static void catch_signals(void)
{
	struct sigaction a = { .sa_handler = stop };

	sigaction(SIGTERM, &a, NULL);
	sigaction(SIGINT, &a, NULL);
	process_serve();
}

/*
 * Create the socket beside the database or in the other folder; a user who may
 * write to neither does without. `path` receives its location.
 */
static int open_feed(int *fd, char path[static SETTING_SOCKET],
		     const struct all_settings *s, const struct log *log,
		     struct err *e)
{
	char elsewhere[SETTING_SOCKET];
	struct err other;

	*fd = feed_socket_open(path, e);
	if (*fd >= 0)
		return 0;
	if (*s->feed.socket != '\0' ||
	    (*fd != ERR_CREATE && *fd != ERR_PERMISSION))
		return *fd;
	if (*all_settings_elsewhere(elsewhere, s) != '\0')
		*fd = feed_socket_open(elsewhere, &other);
	if (*fd >= 0) {
		memcpy(path, elsewhere, sizeof(elsewhere));
		return 0;
	}
	if (*fd == ERR_BUSY) {
		*e = other;
		return *fd;
	}
	log_line(log, LOG_LEVEL_NOTICE,
		 "without a feed, only stored readings are shown: %s", e->text);
	*fd = -1;
	return 0;
}

/* p1logger may start later; or -c was forgotten. */
static void note_absence(const char *database, const struct log *log)
{
	if (access(database, F_OK) < 0 && errno == ENOENT)
		log_line(log, LOG_LEVEL_NOTICE,
			 "the database %s does not exist yet: p1logger creates "
			 "it with its first reading",
			 database);
}

static int serve(const struct server_options *o, struct handler_data *w,
		 const struct log *log, struct err *e)
{
	serving = server_open(o, w, e);
	if (serving == NULL)
		return e->code;
	note_absence(w->database, log);
	log_line(log,
		 isatty(STDERR_FILENO) ? LOG_LEVEL_NOTICE : LOG_LEVEL_DEBUG,
		 "listening on http://%s/", o->listen);
	while (!stopping && server_run(serving) >= 0)
		;
	server_close(serving);
	serving = NULL;
	return 0;
}

/* Checks to pass before opening anything. */
static int check(const struct all_settings *s, char token[static TOKEN_TEXT],
		 struct amounts *prices, struct err *e)
{
	if (token_file_read(s->web.token_file, token, e) < 0 ||
	    price_settings_read(prices, s, e) < 0)
		return e->code;
	if (s->web.frame[0] != '\0' &&
	    origin_check(s->web.frame, "[web] frame", e) < 0)
		return e->code;
	if (s->web.token_for_reading && token[0] == '\0')
		return err_set(e, ERR_CONFIG,
			       "[web] token_for_reading needs a "
			       "token_file");
	return 0;
}

/*
 * One allocation for both, freed through the first. Returns NULL if out of
 * memory.
 */
static struct handler_data *new_web(void)
{
	struct {
		struct handler_data web;
		struct jobs jobs;
	} *both = calloc(1, sizeof(*both));

	if (both == NULL)
		return NULL;
	both->web.jobs = &both->jobs;
	return &both->web;
}

/* Fill in what the handlers need. */
static void fill(struct handler_data *w, const struct request_line *r,
		 const struct all_settings *s, const struct amounts *prices,
		 const char *requests)
{
	w->database = s->database;
	w->prices = prices;
	w->currency = s->prices.currency;
	w->clock = w->jobs->clock = &clock_machine;
	w->jobs->how.config = r->config;
	w->jobs->how.requests = requests;
	w->jobs->how.database = s->database;
}

static int run(const struct request_line *r, const struct all_settings *s,
	       struct err *e)
{
	struct handler_data *w = new_web();
	struct amounts prices = { 0 };
	char token[TOKEN_TEXT], names[NAMES], host[256] = "";
	char feed[SETTING_SOCKET], requests[SETTING_SOCKET];
	struct server_options o = {
		.listen = s->web.listen,
		.names = names,
		.frame = s->web.frame,
		.token = token,
		.token_for_reading = s->web.token_for_reading,
		.clients = s->web.clients,
		.rate = s->web.rate,
		.work = s->web.work,
		.feed = -1,
	};
	struct log log;
	int rc;

	if (w == NULL)
		return err_memory(e);
	log_open(&log, "p1web", s->log_target == 1,
		 r->verbose ? LOG_LEVEL_DEBUG : LOG_LEVEL_NOTICE);
	rc = check(s, token, &prices, e);
	all_settings_socket(requests, s, s->backup.socket, ".requests");
	all_settings_socket(feed, s, s->feed.socket, ".feed");
	if (rc == 0 && feed[0] != '\0')
		rc = open_feed(&o.feed, feed, s, &log, e);
	gethostname(host, sizeof(host) - 1);
	access_rules_own_names(names, sizeof(names), host, s->web.hosts);
	catch_signals();
	if (rc == 0) {
		fill(w, r, s, &prices, requests);
		w->log = &log;
		rc = serve(&o, w, &log, e);
		job_close(w->jobs);
	}
	feed_socket_close(o.feed, feed);
	static_files_close();
	free(w);
	return rc;
}

int main(int argc, char **argv)
{
	struct request_line r = { 0 };
	struct all_settings s;
	struct log log;
	struct err e = { 0 };
	int rc;

	process_begin();
	log_open(&log, "p1web", false, LOG_LEVEL_NOTICE);
	rc = cmdline_read(&command, argc, argv, &r, NULL, &e);
	if (rc > 0)
		rc = cmdline_say(&command, rc, stdout, &e);
	else if (rc == 0 && (rc = all_settings_load(&s, r.config, &e)) == 0)
		rc = run(&r, &s, &e);
	if (rc < 0)
		log_line(&log, LOG_LEVEL_ERROR, "%s", e.text);
	return err_exit_status(rc);
}
