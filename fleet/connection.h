/* Internal: make a connection from the settings. */
#ifndef FLEET_CONNECTION_H
#define FLEET_CONNECTION_H

#include <libpq-fe.h>

#include "base/err.h"
#include "fleet/server_options.h"

/* Connect (see server_open). Returns NULL and sets *e if that fails. */
PGconn *connection_open(const struct server_options *o, struct err *e);

/*
 * Set *e to the sentence that the library left, on one line. Returns `code`.
 */
int connection_error(struct err *e, int code, const char *sentence);

#endif
