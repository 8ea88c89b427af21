/* The command line of p1logger. */
#ifndef LOGGER_OPTIONS_H
#define LOGGER_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum mode {
	MODE_SERVICE,
	MODE_ONCE,
	MODE_DECODE,
	MODE_IMPORT,
	MODE_IMPORT_READINGS,
	MODE_BACKUP,
	MODE_RESTORE,
	MODE_VERIFY,
	MODE_QUARANTINE,
	MODE_CLOSING,
	MODE_OPENING,
	MODE_DISCOVER,
	MODE_PRINT_CONFIG,
	MODE_CHECK_CONFIG,
};

struct arguments {
	enum mode mode;
	bool verbose;
	const char *config;    /* NULL: the default file, if present */
	const char *time_from; /* NULL: not given */
	const char *at;	       /* --closing, --opening; NULL: not given */
	const char *meter;     /* --quarantine; NULL: not given */
	bool yes;	       /* --quarantine */
	const char *target;    /* --backup: folder; --restore: file;
				  --closing, --opening: meter */
	bool force;	       /* --restore */
	bool json;	       /* --backup, and --verify of a backup */
	bool last_backup;      /* --verify */
	bool repair;	       /* --verify */
	int64_t keep;	       /* --backup: days; 0: not given */
	int64_t wait_s;	       /* 1 to 3600 */
	const char *capture;   /* --discover: a file; NULL if none */
	bool redact;	       /* --discover */
	char **files;	       /* remaining arguments; ends with NULL */
};

/*
 * Read the command line; the arguments point into argv, which is reordered.
 * Returns 0; ERR_USAGE; or above 0 if help or the version was requested, to be
 * printed by options_say.
 */
int options_parse(int argc, char **argv, struct arguments *a, struct err *e);

/*
 * Print the requested text to stdout. Returns 0, or ERR_IO if it cannot be
 * written.
 */
int options_say(int asked, struct err *e);

#endif
