#include "logger/options.h"

#include <getopt.h>
#include <stdlib.h>

enum {
	WAIT_S = 30,     /* of --once for a telegram, and of all for the lock */
	DISCOVER_S = 60, /* of --discover for two */
};

enum {
	OPTION_WAIT = 256,
	OPTION_TIME_FROM,
	OPTION_KEEP,
	OPTION_FORCE,
	OPTION_CAPTURE,
	OPTION_REDACT,
	OPTION_MODE,
};

static const struct option options[] = {
	{ "config", required_argument, NULL, 'c' },
	{ "verbose", no_argument, NULL, 'v' },
	{ "wait", required_argument, NULL, OPTION_WAIT },
	{ "time-from", required_argument, NULL, OPTION_TIME_FROM },
	{ "help", no_argument, NULL, 'h' },
	{ "version", no_argument, NULL, 'V' },
	{ "once", no_argument, NULL, OPTION_MODE + MODE_ONCE },
	{ "decode", no_argument, NULL, OPTION_MODE + MODE_DECODE },
	{ "import", no_argument, NULL, OPTION_MODE + MODE_IMPORT },
	{ "backup", required_argument, NULL, OPTION_MODE + MODE_BACKUP },
	{ "restore", required_argument, NULL, OPTION_MODE + MODE_RESTORE },
	{ "verify", no_argument, NULL, OPTION_MODE + MODE_VERIFY },
	{ "force", no_argument, NULL, OPTION_FORCE },
	{ "keep", required_argument, NULL, OPTION_KEEP },
	{ "discover", no_argument, NULL, OPTION_MODE + MODE_DISCOVER },
	{ "capture", required_argument, NULL, OPTION_CAPTURE },
	{ "redact", no_argument, NULL, OPTION_REDACT },
	{ "print-config", no_argument, NULL, OPTION_MODE + MODE_PRINT_CONFIG },
	{ "check-config", no_argument, NULL, OPTION_MODE + MODE_CHECK_CONFIG },
	{ 0 },
};

static int set_mode(struct arguments *a, int mode, struct err *e)
{
	if (a->mode != MODE_SERVICE && a->mode != (enum mode)mode)
		return err_set(e, ERR_USAGE, "more than one of --once, "
			       "--decode, --import, --backup, --restore, "
			       "--verify, --discover, --print-config and "
			       "--check-config; see p1logger --help");
	a->mode = (enum mode)mode;
	a->target = optarg != NULL ? optarg : a->target;
	return 0;
}

static int set_number(long *out, const char *name, const char *text, long max,
		      struct err *e)
{
	char *end;

	*out = strtol(text, &end, 10);
	if (end == text || *end != '\0' || *out < 1 || *out > max)
		return err_set(e, ERR_USAGE,
			       "%s: '%s' is not a number from 1 to %ld", name,
			       text, max);
	return 0;
}

static int wrong_option(int option, char **argv, struct err *e)
{
	const char *word = argv[optind - 1];
	const char *what = option == ':' ? "needs a value" : "no such option";

	if (optopt == 0 || optopt >= OPTION_WAIT || word[1] == '-')
		return err_set(e, ERR_USAGE, "%s: %s; see p1logger --help",
			       word, what);
	return err_set(e, ERR_USAGE, "-%c: %s; see p1logger --help", optopt,
		       what);
}

static int take_option(struct arguments *a, int option, char **argv,
		       struct err *e)
{
	switch (option) {
	case 'c':
		a->config = optarg;
		return 0;
	case 'v':
		a->verbose = true;
		return 0;
	case 'h':
		a->mode = MODE_HELP;
		return 1;
	case 'V':
		a->mode = MODE_VERSION;
		return 1;
	case OPTION_WAIT:
		return set_number(&a->wait_s, "--wait", optarg, 3600, e);
	case OPTION_FORCE:
		a->force = true;
		return 0;
	case OPTION_KEEP:
		return set_number(&a->keep, "--keep", optarg, 3650, e);
	case OPTION_CAPTURE:
		a->capture = optarg;
		return 0;
	case OPTION_REDACT:
		a->redact = true;
		return 0;
	case OPTION_TIME_FROM:
		a->time_from = optarg;
		return 0;
	case '?':
	case ':':
		return wrong_option(option, argv, e);
	default:
		return set_mode(a, option - OPTION_MODE, e);
	}
}

/* Do the words that are left fit the mode? */
static int check_words(const struct arguments *a, struct err *e)
{
	bool takes = a->mode == MODE_DECODE || a->mode == MODE_IMPORT ||
		     a->mode == MODE_DISCOVER;

	if (a->files[0] != NULL && !takes)
		return err_set(e, ERR_USAGE, "'%s': a file needs --decode or "
			       "--import; see p1logger --help", a->files[0]);
	if (a->files[0] == NULL && a->mode == MODE_IMPORT)
		return err_set(e, ERR_USAGE, "--import needs a FILE");
	if (a->mode == MODE_DISCOVER && a->files[0] != NULL &&
	    a->files[1] != NULL)
		return err_set(e, ERR_USAGE, "--discover takes one port");
	if ((a->capture != NULL || a->redact) && a->mode != MODE_DISCOVER)
		return err_set(e, ERR_USAGE,
			       "--capture and --redact need --discover");
	if (a->time_from != NULL && a->mode != MODE_IMPORT)
		return err_set(e, ERR_USAGE, "--time-from needs --import");
	if (a->keep > 0 && a->mode != MODE_BACKUP)
		return err_set(e, ERR_USAGE, "--keep needs --backup");
	if (a->force && a->mode != MODE_RESTORE)
		return err_set(e, ERR_USAGE, "--force needs --restore");
	return 0;
}

int options_parse(int argc, char **argv, struct arguments *a, struct err *e)
{
	int option;

	*a = (struct arguments){ 0 };
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":c:vhV", options, NULL)) != -1) {
		int rc = take_option(a, option, argv, e);

		if (rc != 0)
			return rc < 0 ? rc : 0;
	}
	a->files = argv + optind;
	if (a->wait_s == 0)
		a->wait_s = a->mode == MODE_DISCOVER ? DISCOVER_S : WAIT_S;
	return check_words(a, e);
}
