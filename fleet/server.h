/*
 * A connection to the PostgreSQL server, and the functions of its schema that a
 * home calls.
 */
#ifndef FLEET_SERVER_H
#define FLEET_SERVER_H

#include <stdbool.h>

#include "fleet/server_options.h"
#include "fleet/slice_text.h"
#include "storage/history/journal_changes.h"

struct server;

/*
 * Connect. A host that is not this machine must prove its name by a certificate
 * (sslmode=verify-full), unless the string says otherwise. Returns NULL and sets
 * *e: ERR_CONFIG for settings that cannot work, ERR_ABSENT if the server cannot
 * be reached or refuses. No message contains the password.
 */
struct server *server_open(const struct server_options *o, struct err *e);
void server_close(struct server *s); /* NULL is fine */

/* How far the server's copy of this home is. */
struct server_cursor {
	struct journal_state at; /* journal "": nothing was stored yet */
	struct slice pending; /* not stored yet, although it is before `at` */
	char house[SLICE_DIGEST]; /* digest of what is known of the house */
};

/*
 * Ask for it. Returns 0; ERR_CONFIG if the server has no or another schema;
 * ERR_PERMISSION if the role is not a home's; or ERR_ABSENT if the connection
 * was lost.
 */
int server_cursor(struct server *s, struct server_cursor *out, struct err *e);

/* One call of store(), which is one transaction. */
struct server_store {
	bool again; /* delete everything of the home first */
	struct journal_state before, after;
	struct slice range, pending;
	const struct slice_text *text;
	const char *house;  /* JSON; NULL: unchanged */
	const char *digest; /* of house */
};

/*
 * Store a slice. Returns 0, or the errors of server_cursor, or ERR_BUSY if the
 * cursor is not at `before`: ask for it and begin again.
 */
int server_store(struct server *s, const struct server_store *what,
		 struct err *e);

/*
 * Run a query with up to eight parameters as text, and call `row` with the cells
 * of each row, "" for NULL; a negative result ends it. Without parameters `sql`
 * may be several statements, which are one transaction. Returns 0, the result of
 * `row`, or an error as above.
 */
struct server_query {
	const char *sql;
	const char *parameters[8];
	int n;
	int (*row)(void *ctx, const char *const *cells, int n, struct err *e);
	void *ctx;
};
int server_ask(struct server *s, const struct server_query *q, struct err *e);

/*
 * The text that the server stores for a password, so that the password itself
 * is never sent. The caller frees it. Returns NULL and sets *e if that fails.
 */
char *server_hide_password(struct server *s, const char *role,
			   const char *password, struct err *e);

#endif
