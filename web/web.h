/*
 * What the answers are made of: the journal, and the newest reading. The loop has
 * one, which never opens the journal, and each worker another.
 */
#ifndef WEB_WEB_H
#define WEB_WEB_H

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "storage/history/query.h"
#include "telegram/json.h"

struct amounts;
struct laters;

/* Filled by the server's owner. */
struct web {
	const char *database;	      /* path */
	const struct amounts *prices; /* of tariffs/cost.h */
	const char *currency;	      /* "EUR" */
	const struct clock *clock;
	const struct log *log;
	/* Of a worker: */
	struct query *query; /* NULL until the database was opened */
	int64_t opened_ms;   /* monotonic, when that was */
	const atomic_bool
		*cancelled; /* the question: storage/history/query.h */
	/* The newest reading that came by the feed; "" none. */
	char line[JSON_MAX];
	size_t line_n;
	int64_t line_ms;	  /* monotonic, when it came */
	struct laters *laters;	  /* what others produce; NULL of a worker */
	struct log_burst foreign; /* readings from others than p1logger */
	/* For /metrics. */
	uint64_t readings, requests, refused;
	long live_clients;
};

/* A worker's settings, and what it is told with each question. */
void web_copy_settings(struct web *to, const struct web *from);
void web_copy_newest(struct web *to, const struct web *from);

/* Is the newest reading one of the feed, just now? */
bool web_is_fed(const struct web *w);

/* The journal, opened when it was not yet; closed. */
int web_query(struct web *w, struct err *e);
void web_close(struct web *w);

/* The newest reading: of the feed while that is fresh, else the journal's;
 * malloc'd. ERR_ABSENT when there is none. */
int web_newest(struct web *w, char **line, size_t *n, struct err *e);

/* When that was taken, UTC; 0: there is none. */
int web_last(struct web *w, int64_t *out, struct err *e);

#endif
