/*
 * What is answered under which path: one row each. Knows the journal and the
 * newest reading; knows no connection.
 */
#ifndef WEB_ROUTES_H
#define WEB_ROUTES_H

#include <stdbool.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/err.h"
#include "storage/query.h"
#include "telegram/json.h"

/* What the answers are made of; filled by the server's owner. */
struct web {
	const char *database; /* path */
	const char *pictures; /* folder of p1graph's */
	const struct clock *clock;
	struct query *query; /* NULL until the database could be opened */
	int64_t opened_ms;   /* monotonic, when that was */
	/* The newest reading that came by the feed; "" none. */
	char line[JSON_MAX];
	size_t line_n;
	int64_t line_ms; /* monotonic, when it came */
	/* For /metrics. */
	uint64_t readings, requests, refused;
	long live_clients;
};

void web_close(struct web *w);

struct request {
	const char *path;
	/* The value of a "name=" in the query string, decoded; NULL: none. */
	const char *(*arg)(void *ctx, const char *name, char *buf, int size);
	void *ctx;
};

struct answer {
	int status;       /* of HTTP */
	const char *type; /* MIME */
	char *body;       /* the caller frees it */
	size_t n;
};

/*
 * Answer a request to read. Always gives an answer: of a failure it is a
 * document {"error": sentence} with the status that fits. ERR_FAILED when
 * memory is short.
 */
int routes_answer(struct web *w, const struct request *r, struct answer *a,
		  struct err *e);

/* The same document for what the server itself refuses. */
int routes_refuse(int status, const char *sentence, struct answer *a,
		  struct err *e);

#endif
