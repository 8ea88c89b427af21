/*
 * The settings of all programs: one file, one table, one struct. Only main.c
 * files include this; the rooms take what they need as parameters.
 */
#ifndef BASE_SETTINGS_H
#define BASE_SETTINGS_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"

#define SETTINGS_FILE "/etc/p1logger.ini"

enum { SETTING_PATH = 512 }; /* bytes of a path, NUL included */

struct settings {
	/* [meter] */
	char port[SETTING_PATH]; /* "" finds it by itself */
	/* [storage] */
	char database[SETTING_PATH];
	char rrd[SETTING_PATH]; /* folder; "" keeps no RRD files */
	long interval;          /* seconds between kept rows */
	long commit;            /* seconds between commits of the service */
	char timezone[64];      /* "" is the machine's */
	/* [graphs] */
	char graphs_folder[SETTING_PATH];
	/* [log] */
	int log_target; /* 0 stderr, 1 syslog */
};

/*
 * Defaults, then the file: `path`, or SETTINGS_FILE when path is NULL. Only the
 * latter may be missing. Errors as conf_load's.
 */
int settings_load(struct settings *s, const char *path, struct err *e);

/* As conf_print. */
void settings_print(FILE *out, const struct settings *s, int shipped);

#endif
