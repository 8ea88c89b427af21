/* The command line of p1logger, and what it asks for. */
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
	const char *config;    /* NULL: the usual file, if there is one */
	const char *time_from; /* NULL: not given */
	const char *at;	       /* of --closing, --opening; NULL: not given */
	const char *meter;     /* of --quarantine; NULL: not given */
	bool yes;	       /* of --quarantine */
	const char *target;    /* of --backup its folder, of --restore its file,
				  of --closing and --opening the meter */
	bool force;	       /* of --restore */
	bool json;	       /* of --backup, and of --verify of one */
	bool last_backup;      /* of --verify */
	bool repair;	       /* of --verify */
	int64_t keep;	       /* of --backup: days; 0: not given */
	int64_t wait_s;	       /* 1 to 3600 */
	const char *capture;   /* of --discover: a file; NULL: none */
	bool redact;	       /* of --discover */
	char **files;	       /* what is left; ends with NULL */
};

/*
 * Read the command line; the arguments borrow from argv, whose words are put in
 * another order. 0; ERR_USAGE; or more than 0 when help or the version is asked
 * for, which options_say prints.
 */
int options_parse(int argc, char **argv, struct arguments *a, struct err *e);

/* Print that to stdout. 0, or ERR_IO when it cannot be written. */
int options_say(int asked, struct err *e);

#endif
