#include "logger/options.h"

#include <getopt.h>
#include <stdlib.h>

enum { WAIT_S = 30 }; /* of --once for a telegram, and of all for the lock */

enum { OPTION_WAIT = 256, OPTION_TIME_FROM, OPTION_MODE };

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
	{ "print-config", no_argument, NULL, OPTION_MODE + MODE_PRINT_CONFIG },
	{ "check-config", no_argument, NULL, OPTION_MODE + MODE_CHECK_CONFIG },
	{ 0 },
};

static int set_mode(struct arguments *a, int mode, struct err *e)
{
	if (a->mode != MODE_SERVICE && a->mode != (enum mode)mode)
		return err_set(e, ERR_USAGE, "more than one of --once, "
			       "--decode, --import, --print-config and "
			       "--check-config; see p1logger --help");
	a->mode = (enum mode)mode;
	return 0;
}

static int set_wait(struct arguments *a, const char *text, struct err *e)
{
	char *end;

	a->wait_s = strtol(text, &end, 10);
	if (end == text || *end != '\0' || a->wait_s < 1 || a->wait_s > 3600)
		return err_set(e, ERR_USAGE,
			       "--wait: '%s' is not a number from 1 to 3600",
			       text);
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
		return set_wait(a, optarg, e);
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
	bool takes = a->mode == MODE_DECODE || a->mode == MODE_IMPORT;

	if (a->files[0] != NULL && !takes)
		return err_set(e, ERR_USAGE, "'%s': a file needs --decode or "
			       "--import; see p1logger --help", a->files[0]);
	if (a->files[0] == NULL && a->mode == MODE_IMPORT)
		return err_set(e, ERR_USAGE, "--import needs a FILE");
	if (a->time_from != NULL && a->mode != MODE_IMPORT)
		return err_set(e, ERR_USAGE, "--time-from needs --import");
	return 0;
}

int options_parse(int argc, char **argv, struct arguments *a, struct err *e)
{
	int option;

	*a = (struct arguments){ .wait_s = WAIT_S };
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":c:vhV", options, NULL)) != -1) {
		int rc = take_option(a, option, argv, e);

		if (rc != 0)
			return rc < 0 ? rc : 0;
	}
	a->files = argv + optind;
	return check_words(a, e);
}
