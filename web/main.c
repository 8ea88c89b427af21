/* p1web: serve the history and live readings over HTTP. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cmdline.h"
#include "base/log.h"
#include "base/process.h"
#include "base/settings.h"
#include "tariffs/cost.h"
#include "web/feed_socket.h"
#include "web/guard.h"
#include "web/job.h"
#include "web/server.h"
#include "web/web.h"

struct request_line {
	const char *config; /* NULL: the default path */
	bool verbose;
};

static struct server *serving; /* for the signal handler */
static volatile sig_atomic_t stopping;

static const struct cmdline_option options[] = {
	{ 'c', "config", "FILE", "settings (" SETTINGS_FILE ")",
	  CMDLINE_NAME(struct request_line, config) },
	{ 'v', "verbose", NULL, "report each step",
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

/* Read the file's first line; refuse a token that others can read. */
static int read_token(const char *path, char *token, size_t size, struct err *e)
{
	FILE *f;
	struct stat st;
	bool open_to_all;

	token[0] = '\0';
	if (*path == '\0')
		return 0;
	f = fopen(path, "re");
	if (f == NULL)
		return err_errno(e,
				 errno == EACCES ? ERR_PERMISSION : ERR_CONFIG,
				 "[web] token_file %s", path);
	if (fgets(token, (int)size, f) != NULL)
		token[strcspn(token, "\r\n")] = '\0';
	open_to_all = fstat(fileno(f), &st) == 0 && (st.st_mode & S_IROTH);
	fclose(f);
	if (open_to_all)
		return err_set(e, ERR_CONFIG,
			       "[web] token_file %s: anybody "
			       "can read it: chmod 640",
			       path);
	if (!guard_is_token(span_of(token)))
		return err_set(e, ERR_CONFIG,
			       "[web] token_file %s: its first line must have "
			       "%d characters or more, without blanks and "
			       "\",;\\",
			       path, GUARD_TOKEN_MIN);
	return 0;
}

/* Names of this machine, plus those in the settings. */
static void own_names(char *names, size_t size, const char *more)
{
	char host[256] = "";

	gethostname(host, sizeof(host) - 1);
	snprintf(names, size, "%s %s.local %s", host, host, more);
}

/*
 * Create the socket beside the database or in the other folder; a user who may
 * write to neither does without. `path` receives its location.
 */
static int open_feed(int *fd, char path[static SETTING_SOCKET],
		     const struct settings *s, const struct log *log,
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
	if (*settings_elsewhere(elsewhere, s) != '\0')
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

static int serve(const struct server_options *o, struct web *w,
		 const struct log *log, struct err *e)
{
	serving = server_open(o, w, e);
	if (serving == NULL)
		return e->code;
	log_line(log, LOG_LEVEL_DEBUG, "listening on %s", o->listen);
	while (!stopping && server_run(serving) >= 0)
		;
	server_close(serving);
	serving = NULL;
	return 0;
}

/* The settings' texts, in the order of enum price. */
static int read_prices(struct amounts *prices, const struct settings *s,
		       struct err *e)
{
	const char *const texts[PRICE_COUNT] = {
		s->prices.import,     s->prices.import_t1, s->prices.import_t2,
		s->prices.import_t3,  s->prices.import_t4, s->prices.export,
		s->prices.export_t1,  s->prices.export_t2, s->prices.export_t3,
		s->prices.export_t4,  s->prices.gas,	   s->prices.water,
		s->prices.warm_water, s->prices.heat,	   s->prices.cold,
		s->prices.fixed,
	};

	for (int i = 0; i < PRICE_COUNT; i++)
		if (price_read(prices, (enum price)i, texts[i], e) < 0)
			return err_while(e, "[prices]");
	if (strspn(s->prices.currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") !=
	    strlen(s->prices.currency))
		return err_set(
			e, ERR_CONFIG,
			"[prices] currency: '%s' is not a currency code such as EUR",
			s->prices.currency);
	return 0;
}

/* Checks to pass before opening anything. */
static int check(const struct settings *s, char *token, size_t size,
		 struct amounts *prices, struct err *e)
{
	if (read_token(s->web.token_file, token, size, e) < 0 ||
	    read_prices(prices, s, e) < 0)
		return e->code;
	if (s->web.token_for_reading && token[0] == '\0')
		return err_set(e, ERR_CONFIG,
			       "[web] token_for_reading needs a "
			       "token_file");
	return 0;
}

/* One allocation for both, freed through the first. NULL: out of memory. */
static struct web *new_web(void)
{
	struct {
		struct web web;
		struct laters laters;
	} *both = calloc(1, sizeof(*both));

	if (both == NULL)
		return NULL;
	both->web.laters = &both->laters;
	return &both->web;
}

/* Fill in what the handlers need. */
static void fill(struct web *w, const struct request_line *r,
		 const struct settings *s, const struct amounts *prices,
		 const char *requests)
{
	w->database = s->database;
	w->prices = prices;
	w->currency = s->prices.currency;
	w->clock = w->laters->clock = &clock_machine;
	w->laters->how.config = r->config;
	w->laters->how.requests = requests;
	w->laters->how.database = s->database;
}

static int run(const struct request_line *r, const struct settings *s,
	       struct err *e)
{
	struct web *w = new_web();
	struct amounts prices = { 0 };
	char token[256], names[1100];
	char feed[SETTING_SOCKET], requests[SETTING_SOCKET];
	struct server_options o = {
		.listen = s->web.listen,
		.names = names,
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
		return err_set(e, ERR_FAILED, "out of memory");
	log_open(&log, "p1web", s->log_target == 1,
		 r->verbose ? LOG_LEVEL_DEBUG : LOG_LEVEL_NOTICE);
	rc = check(s, token, sizeof(token), &prices, e);
	settings_socket(requests, s, s->backup.socket, ".requests");
	settings_socket(feed, s, s->feed.socket, ".feed");
	if (rc == 0 && feed[0] != '\0')
		rc = open_feed(&o.feed, feed, s, &log, e);
	own_names(names, sizeof(names), s->web.hosts);
	catch_signals();
	if (rc == 0) {
		fill(w, r, s, &prices, requests);
		w->log = &log;
		rc = serve(&o, w, &log, e);
		job_close(w->laters);
	}
	feed_socket_close(o.feed, feed);
	free(w);
	return rc;
}

int main(int argc, char **argv)
{
	struct request_line r = { 0 };
	struct settings s;
	struct log log;
	struct err e = { 0 };
	int rc;

	process_begin();
	log_open(&log, "p1web", false, LOG_LEVEL_NOTICE);
	rc = cmdline_read(&command, argc, argv, &r, NULL, &e);
	if (rc > 0)
		rc = cmdline_say(&command, rc, stdout, &e);
	else if (rc == 0 && (rc = settings_load(&s, r.config, &e)) == 0)
		rc = run(&r, &s, &e);
	if (rc < 0)
		log_line(&log, LOG_LEVEL_ERROR, "%s", e.text);
	return err_exit_status(rc);
}
