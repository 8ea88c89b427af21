/* p1logger: its modes, errors and the exit status. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/print.h"
#include "base/process.h"
#include "logger/closing_opening.h"
#include "logger/config_check.h"
#include "logger/decode.h"
#include "logger/discover.h"
#include "logger/import_readings.h"
#include "logger/import_telegrams.h"
#include "logger/maintenance_modes.h"
#include "logger/mode_settings.h"
#include "logger/once.h"
#include "logger/port/source.h"
#include "logger/quarantine_decide_held.h"
#include "logger/quarantine_list_held.h"
#include "logger/service.h"
#include "logger/signals.h"

static int serve_once(struct mode_settings *p, int signals, struct err *e)
{
	char socket[SETTING_SOCKET];
	const struct service_options o = {
		.port = p->settings.port,
		.wait_s = p->args.wait_s,
		.how = meter_options_options(&p->meter),
		.forward = &p->outputs.forward,
		.today = mode_settings_today(p),
		.requests = mode_settings_requests(p, socket),
		.store = mode_settings_store(p, signals),
	};

	return service_run(&o, &p->log, e);
}

static int serve(struct mode_settings *p, struct err *e)
{
	int signals = signals_open(e);
	int rc = SERVICE_RELOAD;

	if (signals < 0)
		return signals;
	process_serve();
	while (rc == SERVICE_RELOAD) {
		log_open(&p->log, "p1logger", p->settings.log_target == 1,
			 p->log.up_to);
		rc = serve_once(p, signals, e);
		if (rc == SERVICE_RELOAD && mode_settings_load(p, e) < 0)
			log_line(&p->log, LOG_LEVEL_ERROR,
				 "%s; keeping the old settings", e->text);
	}
	signals_close(signals);
	return rc;
}

static int once(struct mode_settings *p, struct err *e)
{
	const struct once_options o = {
		.port = p->settings.port,
		.wait_s = p->args.wait_s,
		.how = meter_options_options(&p->meter),
		.forward = &p->outputs.forward,
		.today = mode_settings_today(p),
		.store = mode_settings_store(p, -1),
	};

	return once_run(&o, &p->log, e);
}

/*
 * "refused 3: crc 2, cut 1", preceded by the file's name if there are several.
 */
static void say_refused(const struct mode_settings *p, const char *name,
			const struct refusal_counts *r)
{
	char why[REFUSAL_COUNTS_TEXT];
	bool several = p->args.files[0] != NULL && p->args.files[1] != NULL;

	if (refusal_counts_sum(r) > 0)
		print_line(stderr, "%s%srefused %" PRId64 ": %s",
			   several ? name : "", several ? ": " : "",
			   refusal_counts_sum(r), refusal_counts_text(why, r));
}

/* Is it a port, server or pipe, which may never end? */
static bool is_live(const char *name)
{
	struct stat st;

	return strncmp(name, "tcp://", 6) == 0 ||
	       (stat(name, &st) == 0 && !S_ISREG(st.st_mode) &&
		!S_ISDIR(st.st_mode));
}

/*
 * Tell the user which input the program is waiting for. `next`, unless NULL, is
 * read after it.
 */
static void say_input(const struct mode_settings *p, const char *name,
		      const char *next)
{
	if (strcmp(name, "-") == 0 && isatty(STDIN_FILENO))
		log_line(
			&p->log, LOG_LEVEL_NOTICE,
			"reading telegrams from standard input until its end "
			"(Ctrl-D); name a FILE or a port to read that instead");
	else if (p->args.files[0] != NULL && p->args.files[1] != NULL &&
		 is_live(name))
		log_line(&p->log, LOG_LEVEL_NOTICE, "listening to %s%s%s%s",
			 name, next != NULL ? "; " : "",
			 next != NULL ? next : "",
			 next != NULL ? " follows when it ends" : "");
}

/* Decode each file; all are processed, and the first error is returned. */
static int decode(struct mode_settings *p, struct err *e)
{
	char input[] = "-", *alone[] = { input, NULL };
	char **names = p->args.files[0] != NULL ? p->args.files : alone;
	const struct reader_options how = meter_options_options(&p->meter);
	int64_t telegrams = 0, refused = 0;
	int first = 0;

	for (; *names != NULL && first != ERR_IO; names++) {
		struct decoded sum = { 0 };
		int rc;

		say_input(p, *names, names[1]);
		rc = decode_run(*names, &how, stdout, &clock_machine, &sum, e);
		say_refused(p, *names, &sum.refused);
		telegrams += sum.telegrams;
		refused += refusal_counts_sum(&sum.refused);
		if (rc < 0)
			log_line(&p->log, LOG_LEVEL_ERROR, "%s", e->text);
		first = first < 0 ? first : rc;
	}
	e->text[0] = '\0';
	if (first < 0 || telegrams > 0)
		return first;
	return refused > 0 ? ERR_FORMAT
			   : err_set(e, ERR_FORMAT, "no telegrams found");
}

static void say_imported(const struct mode_settings *p, const struct import *im,
			 const char *one, const char *several)
{
	char why[REFUSAL_COUNTS_TEXT];
	struct refusal_counts all = im->refused;

	if (im->untimed > 0)
		log_line(&p->log, LOG_LEVEL_WARNING,
			 "%" PRId64
			 " %s no time: only gas, water and heat were "
			 "stored; see --time-from",
			 im->untimed,
			 print_noun(im->untimed, "telegram has",
				    "telegrams have"));
	if (im->unset > 0)
		log_line(&p->log, LOG_LEVEL_WARNING,
			 "%" PRId64
			 " %s dated before 2008, by a clock that was "
			 "never set, and held; use --time-from to set the time",
			 im->unset,
			 print_noun(im->unset, "telegram is", "telegrams are"));
	all.of[REFUSED_NO_TIME] += im->untimed;
	if (!p->args.verbose && !isatty(STDERR_FILENO) && im->held == 0)
		return;
	print_piece(stderr, "p1logger: %" PRId64 " %s, %" PRId64 " new %s",
		    im->telegrams, print_noun(im->telegrams, one, several),
		    im->rows, print_noun(im->rows, "row", "rows"));
	if (im->held > 0)
		print_piece(stderr,
			    ", held %" PRId64 " (p1logger --quarantine)",
			    im->held);
	if (refusal_counts_sum(&all) > 0)
		print_piece(stderr, ", refused %" PRId64 ": %s",
			    refusal_counts_sum(&all),
			    refusal_counts_text(why, &all));
	putc('\n', stderr);
}

static int import_all(struct mode_settings *p, struct import *im, struct err *e)
{
	int first = 0;

	for (char **name = p->args.files; *name != NULL; name++) {
		int rc = import_telegrams_file(im, *name, e);

		if (rc < 0)
			log_line(&p->log, LOG_LEVEL_ERROR, "%s", e->text);
		first = first < 0 ? first : rc;
	}
	e->text[0] = '\0';
	say_imported(p, im, "telegram", "telegrams");
	if (first < 0 || im->telegrams > 0)
		return first;
	return err_set(e, ERR_FORMAT,
		       "no valid telegram in %s%s; p1logger --discover %s says "
		       "what is in it",
		       p->args.files[0],
		       p->args.files[1] != NULL ? " and the others" : "",
		       p->args.files[0]);
}

static int import(struct mode_settings *p, struct err *e)
{
	struct store_options how = mode_settings_store(p, -1);
	struct store store;
	struct import im = { .store = &store,
			     .clock = &clock_machine,
			     .show = isatty(STDERR_FILENO) == 1,
			     .how = meter_options_options(&p->meter) };
	int rc;

	if (p->args.time_from != NULL &&
	    timefrom_parse(p->args.time_from, &im.timefrom, e) < 0)
		return err_while(e, "--time-from");
	rc = store_open_alone(&store, &how, p->args.wait_s, e);
	if (rc > 0)
		rc = import_all(p, &im, e);
	store_close(&store);
	return import_telegrams_follow(&im, &how, rc, e);
}

static int import_csv(struct mode_settings *p, struct err *e)
{
	const struct store_options how = mode_settings_store(p, -1);
	struct store store;
	struct import im = { .store = &store, .clock = &clock_machine };
	int rc = import_readings(&im, &how, p->args.wait_s, p->args.files, e);

	if (im.telegrams > 0)
		say_imported(p, &im, "reading", "readings");
	return import_telegrams_follow(&im, &how, rc, e);
}

static int backup(struct mode_settings *p, struct err *e)
{
	return maintenance_backup(p->settings.database, p->args.target,
				  p->args.keep, p->args.json ? stdout : NULL,
				  &p->log, e);
}

static int restore(struct mode_settings *p, struct err *e)
{
	const struct store_options how = mode_settings_store(p, -1);

	return maintenance_restore(&how, p->args.target, p->args.force, &p->log,
				   e);
}

static int verify(struct mode_settings *p, struct err *e)
{
	const struct store_options how = mode_settings_store(p, -1);

	if (p->args.repair && maintenance_repair(&how, p->args.wait_s, e) < 0)
		return e->code;
	return p->args.last_backup || p->args.files[0] != NULL
		       ? maintenance_verify_backup(how.database,
						   p->args.files[0],
						   p->args.json, stdout, e)
		       : maintenance_verify(&how, stdout, e);
}

static int quarantine(struct mode_settings *p, struct err *e)
{
	const struct store_options how = mode_settings_store(p, -1);
	const struct quarantine_words words = { p->args.files[0],
						p->args.files[1], p->args.meter,
						p->args.yes };

	return words.verb == NULL
		       ? quarantine_print(how.database, stdout, e)
		       : quarantine_decide(&how, &words, p->args.wait_s, stdout,
					   e);
}

static int enter(struct mode_settings *p, struct err *e)
{
	const struct store_options how = mode_settings_store(p, -1);

	return closing_opening_enter(&how, p->args.mode == MODE_OPENING,
				     p->args.target, p->args.at, p->args.files,
				     p->args.wait_s, stdout, e);
}

static int discover(struct mode_settings *p, struct err *e)
{
	const struct discover_options o = {
		.port = p->args.files[0] ? p->args.files[0] : p->settings.port,
		.how = meter_options_options(&p->meter),
		.capture = p->args.capture,
		.report = { p->args.redact, p->settings.key_file,
			    p->settings.auth_key_file, p->settings.utc_offset },
		.database = p->settings.database,
		.wait_s = p->args.wait_s,
		.clock = &clock_machine,
	};

	if (p->args.files[0] != NULL && source_check(o.port, e) < 0)
		return e->code = ERR_USAGE;
	return discover_run(&o, stdout, e);
}

static int print_config(struct mode_settings *p, struct err *e)
{
	(void)e;
	all_settings_print(stdout, &p->settings, 0);
	return 0;
}

static int check_config(struct mode_settings *p, struct err *e)
{
	if (config_check_more(&p->settings, &p->log, e) < 0)
		return err_while(e, "%s", mode_settings_config(p));
	if (p->args.verbose || isatty(STDOUT_FILENO))
		config_check_report(&p->settings, mode_settings_config(p),
				    stdout);
	return 0;
}

static int work(struct mode_settings *p, struct err *e)
{
	static int (*const modes[])(struct mode_settings *, struct err *) = {
		[MODE_SERVICE] = serve,
		[MODE_ONCE] = once,
		[MODE_DECODE] = decode,
		[MODE_IMPORT] = import,
		[MODE_IMPORT_READINGS] = import_csv,
		[MODE_BACKUP] = backup,
		[MODE_RESTORE] = restore,
		[MODE_VERIFY] = verify,
		[MODE_QUARANTINE] = quarantine,
		[MODE_CLOSING] = enter,
		[MODE_OPENING] = enter,
		[MODE_DISCOVER] = discover,
		[MODE_PRINT_CONFIG] = print_config,
		[MODE_CHECK_CONFIG] = check_config,
	};

	if (p->args.verbose)
		p->log.up_to = LOG_LEVEL_DEBUG;
	if (mode_settings_load(p, e) < 0)
		return e->code;
	return modes[p->args.mode](p, e);
}

int main(int argc, char **argv)
{
	struct mode_settings p = { 0 };
	struct err e = { 0 };
	int rc;

	process_begin();
	log_open(&p.log, "p1logger", false, LOG_LEVEL_NOTICE);
	rc = options_parse(argc, argv, &p.args, &e);
	if (rc > 0)
		rc = options_say(rc, &e);
	else if (rc == 0)
		rc = work(&p, &e);
	if (rc == 0 && fflush(stdout) == EOF)
		rc = err_errno(&e, ERR_IO, "writing");
	if (rc < 0 && e.text[0] != '\0')
		log_line(&p.log, LOG_LEVEL_ERROR, "%s", e.text);
	return err_exit_status(rc);
}
