#include "logger/options.h"

#include <string.h>

#include "base/all_settings.h"
#include "base/cmdline.h"
#include "base/cmdline_wrong.h"

enum {
	WAIT_S = 30,	 /* --once: for a telegram; all modes: for the lock */
	DISCOVER_S = 60, /* --discover: for two telegrams */
};

static int set_mode(void *into, int which, const char *value, struct err *e)
{
	struct arguments *a = into;

	if (a->mode != MODE_SERVICE && a->mode != (enum mode)which)
		return err_set(e, ERR_USAGE,
			       "one mode at a time; see "
			       "p1logger --help");
	a->mode = (enum mode)which;
	a->target = value != NULL ? value : a->target;
	return 0;
}

/* clang-format off */
#define DO(mode) CMDLINE_CALL(set_mode, mode)
#define COUNT_TO(high, field) CMDLINE_COUNT(struct arguments, field, 1, high)
#define NAME(field) CMDLINE_NAME(struct arguments, field)
#define TURN(field) CMDLINE_TURN(struct arguments, field, true)

static const struct cmdline_option options[] = {
	{ 0, "once", NULL, "store one telegram and exit, for cron; print\n"
	  "nothing if all is well", DO(MODE_ONCE) },
	{ 0, "wait", "SECONDS", "with --once: time to wait for a telegram, and for\n"
	  "the lock (default: 30); with --discover: time to\n"
	  "listen (default: 60)", COUNT_TO(3600, wait_s) },
	{ 0, "decode", NULL, "print telegrams as JSON lines; store nothing",
	  DO(MODE_DECODE) },
	{ 0, "import", NULL, "store archived telegrams, plain or .gz",
	  DO(MODE_IMPORT) },
	{ 0, "import-readings", NULL, "store counters of another program, from CSV",
	  DO(MODE_IMPORT_READINGS) },
	{ 0, "time-from", "HOW", "with --import: times for telegrams without one:\n"
	  "2013-01-05T10:00:00Z+10 (first time and seconds\n"
	  "between telegrams) or mtime[+SECONDS]", NAME(time_from) },
	{ 0, "backup", "FOLDER", "copy the database to a dated file, even while\n"
	  "the service runs, and verify the copy", DO(MODE_BACKUP) },
	{ 0, "keep", "DAYS", "with --backup: keep one copy for each of the last\n"
	  "DAYS days (default: 7)", COUNT_TO(3650, keep) },
	{ 0, "restore", "FILE", "replace the database with a backup; the old one\n"
	  "is kept beside it", DO(MODE_RESTORE) },
	{ 0, "force", NULL, "with --restore: do so even if newer readings are\n"
	  "lost",
	  TURN(force) },
	{ 0, "verify", NULL, "check the database, its views and the RRD files\n"
	  "against each other; print each problem and the\n"
	  "ages of the last reading and backup; exit status\n"
	  "65 if there are problems", DO(MODE_VERIFY) },
	{ 0, "repair", NULL, "with --verify: first recompute everything that\n"
	  "is derived from the readings", TURN(repair) },
	{ 0, "last-backup", NULL, "with --verify: check the last backup instead of\n"
	  "the database", TURN(last_backup) },
	{ 0, "json", NULL, "with --backup, or --verify of a backup: print\n"
	  "the result as a line of JSON", TURN(json) },
	{ 0, "quarantine", NULL, "list the held readings and the reasons; accept or\n"
	  "reject one by its ID in the list, or all in a\n"
	  "period, as in 2025-05-20T11:37:12Z[..TO]; clear\n"
	  "withdraws the decisions about a period", DO(MODE_QUARANTINE) },
	{ 0, "meter", "METER", "with --quarantine FROM: the meter, if several have\n"
	  "readings at that time", NAME(meter) },
	{ 0, "yes", NULL, "with --quarantine: do not ask for confirmation", TURN(yes) },
	{ 0, "closing", "METER", "enter the last counters of a replaced meter, read\n"
	  "off its display: import_t1=1234.567 ...", DO(MODE_CLOSING) },
	{ 0, "opening", "METER", "enter the first counters of the new meter",
	  DO(MODE_OPENING) },
	{ 0, "at", "TIME", "with --closing or --opening: time in UTC, such as\n"
	  "2025-05-20T11:37:12Z", NAME(at) },
	{ 0, "discover", NULL, "find the port and its speed, list what the meter\n"
	  "sends, or say what is wrong", DO(MODE_DISCOVER) },
	{ 0, "capture", "FILE", "with --discover: write the raw bytes to FILE",
	  NAME(capture) },
	{ 0, "redact", NULL, "with --discover: mask all identifiers",
	  TURN(redact) },
	{ 'c', "config", "FILE", "settings file (default: " SETTINGS_FILE ")",
	  NAME(config) },
	{ 0, "print-config", NULL, "print the settings in effect",
	  DO(MODE_PRINT_CONFIG) },
	{ 0, "check-config", NULL, "check the settings of all programs and exit; on a\n"
	  "terminal, print those that are not the defaults",
	  DO(MODE_CHECK_CONFIG) },
	{ 'v', "verbose", NULL, "print more details", TURN(verbose) },
	CMDLINE_HELP_ROW,
	CMDLINE_VERSION_ROW,
};
/* clang-format on */

static const struct cmdline command = {
	.program = "p1logger",
	.above =
		"Usage: p1logger [OPTION]...\n"
		"       p1logger --once\n"
		"       p1logger --decode [FILE|-]...\n"
		"       p1logger --import FILE...\n"
		"       p1logger --import-readings FILE...\n"
		"       p1logger --backup FOLDER\n"
		"       p1logger --restore FILE\n"
		"       p1logger --verify [BACKUP | --repair]\n"
		"       p1logger --quarantine [accept|reject ID]\n"
		"       p1logger --quarantine accept|reject|clear "
		"FROM[..TO]\n"
		"       p1logger --closing|--opening METER COUNTER=VALUE...\n"
		"       p1logger --discover [PORT]\n"
		"Stores the readings of a smart meter from its P1 port.\n"
		"\n"
		"By default it runs as a service until SIGTERM or SIGINT; SIGHUP makes\n"
		"it reread its settings and reopen the port.\n"
		"\n",
	.rows = options,
	.count = COUNT(options),
	.below = "\n"
		 "Exit status: 0 done, 1 failed, 2 wrong usage, 65 no valid "
		 "telegram,\n"
		 "69 port or file not found, 73 cannot create a file, 74 "
		 "reading or\n"
		 "writing failed, 75 silent or locked: try again, 77 not "
		 "permitted,\n"
		 "78 wrong settings.\n",
};

static int check_quarantine(const struct arguments *a, struct err *e)
{
	const char *verb = a->files[0];

	if (verb == NULL)
		return 0;
	if (strcmp(verb, "accept") != 0 && strcmp(verb, "reject") != 0 &&
	    strcmp(verb, "clear") != 0)
		return err_set(e, ERR_USAGE,
			       "--quarantine: '%s' is not accept, reject or "
			       "clear",
			       verb);
	if (a->files[1] == NULL || a->files[2] != NULL)
		return err_set(e, ERR_USAGE,
			       "--quarantine %s needs one %sFROM[..TO]", verb,
			       strcmp(verb, "clear") == 0 ? "" : "ID or ");
	return 0;
}

/*
 * Take an argument that belongs to no option: a mode without its dashes, or a
 * file.
 */
static int refuse_word(const struct arguments *a, struct err *e)
{
	const char *word = a->files[0];
	const char *meant = cmdline_meant(&command, word);

	if (a->mode == MODE_BACKUP || a->mode == MODE_RESTORE)
		return err_set(
			e, ERR_USAGE,
			"unexpected argument '%s': %s, which is %s", word,
			a->mode == MODE_BACKUP ? "--backup takes one FOLDER"
					       : "--restore takes one FILE",
			a->target);
	if (meant != NULL)
		return err_set(e, ERR_USAGE, "'%s': did you mean --%s?", word,
			       meant);
	return err_set(e, ERR_USAGE,
		       "'%s': a file needs --decode, --import or --verify; see "
		       "p1logger --help",
		       word);
}

#define IN(mode) (1u << (mode))

/* Do the remaining arguments fit the mode? */
static int check_words(const struct arguments *a, struct err *e)
{
	const unsigned import = IN(MODE_IMPORT) | IN(MODE_IMPORT_READINGS);
	const unsigned take = IN(MODE_DECODE) | import | IN(MODE_DISCOVER) |
			      IN(MODE_VERIFY) | IN(MODE_QUARANTINE) |
			      IN(MODE_CLOSING) | IN(MODE_OPENING);
	const unsigned take_one = IN(MODE_DISCOVER) | IN(MODE_VERIFY);

	if (a->mode == MODE_QUARANTINE && check_quarantine(a, e) < 0)
		return e->code;
	if (a->files[0] == NULL)
		return !(import & IN(a->mode))
			       ? 0
			       : err_set(e, ERR_USAGE,
					 "--import%s needs a FILE",
					 a->mode == MODE_IMPORT ? ""
								: "-readings");
	if (!(take & IN(a->mode)))
		return refuse_word(a, e);
	if (take_one & IN(a->mode) && a->files[1] != NULL)
		return err_set(e, ERR_USAGE,
			       "--discover takes one port, "
			       "--verify one backup");
	return 0;
}

/* Is every option used with a mode that it belongs to? */
static int check_options(const struct arguments *a, struct err *e)
{
	const bool file = a->files[0] != NULL, one = file || a->last_backup;
	const struct {
		bool given;
		unsigned modes;
		const char *needs;
	} rules[] = {
		{ a->capture != NULL || a->redact, IN(MODE_DISCOVER),
		  "--capture and --redact need --discover" },
		{ a->time_from != NULL, IN(MODE_IMPORT),
		  "--time-from needs --import" },
		{ a->at != NULL, IN(MODE_CLOSING) | IN(MODE_OPENING),
		  "--at needs --closing or --opening" },
		{ a->meter != NULL || a->yes, file ? IN(MODE_QUARANTINE) : 0,
		  "--meter and --yes need --quarantine with FROM[..TO]" },
		{ a->keep > 0, IN(MODE_BACKUP), "--keep needs --backup" },
		{ a->last_backup, file ? 0 : IN(MODE_VERIFY),
		  "--last-backup needs --verify without a file" },
		{ a->repair, one ? 0 : IN(MODE_VERIFY),
		  "--repair needs --verify without a file" },
		{ a->json, IN(MODE_BACKUP) | (one ? IN(MODE_VERIFY) : 0),
		  "--json needs --backup, or --verify of a backup" },
		{ a->force, IN(MODE_RESTORE), "--force needs --restore" },
	};

	for (size_t i = 0; i < COUNT(rules); i++)
		if (rules[i].given && !(rules[i].modes & IN(a->mode)))
			return err_set(e, ERR_USAGE, "%s", rules[i].needs);
	return 0;
}

int options_parse(int argc, char **argv, struct arguments *a, struct err *e)
{
	int rc;

	*a = (struct arguments){ 0 };
	rc = cmdline_read(&command, argc, argv, a, &a->files, e);
	if (rc != 0)
		return rc;
	if (a->wait_s == 0)
		a->wait_s = a->mode == MODE_DISCOVER ? DISCOVER_S : WAIT_S;
	rc = check_words(a, e);
	return rc == 0 ? check_options(a, e) : rc;
}

int options_say(int asked, struct err *e)
{
	return cmdline_say(&command, asked, stdout, e);
}
