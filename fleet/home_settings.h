/* The settings with which a new home reaches the server. */
#ifndef FLEET_HOME_SETTINGS_H
#define FLEET_HOME_SETTINGS_H

#include <stdio.h>

#include "base/err.h"

/*
 * Print the section [fleet] for a home's p1logger.ini, and what to do with the
 * password, which is the last line. `string` is the administrator's connection string:
 * all of it is printed but its user. Returns 0; ERR_CONFIG if libpq cannot read
 * the string; or ERR_FAILED if memory ran out.
 */
int home_settings_print(const char *string, const char *role,
			const char *password, FILE *out, struct err *e);

#endif
