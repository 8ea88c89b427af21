/* What an administrator does on the server: the schema, and its homes. */
#ifndef FLEET_ADMINISTER_H
#define FLEET_ADMINISTER_H

#include <stdio.h>

#include "fleet/server.h"

/*
 * Install fleet/schema.sql, or upgrade it, in one transaction. Returns 0 or a
 * negative code (server_ask).
 */
int administer_init(struct server *s, struct err *e);

/*
 * Add a home and print the settings for its p1logger.ini, with `string` as the
 * server, and a new password. Returns 0 or a negative code.
 */
int administer_add_home(struct server *s, const char *name, const char *string,
			FILE *out, struct err *e);

/* Forget a home with all its rows. Returns 0 or a negative code. */
int administer_remove_home(struct server *s, const char *name, struct err *e);

#endif
