/*
 * Data for responses: the journal and the newest reading. The event loop has
 * one, which never opens the journal, and each query thread has another.
 */
#ifndef WEB_HANDLER_DATA_H
#define WEB_HANDLER_DATA_H

#include "base/clock.h"
#include "base/err.h"
#include "base/log.h"
#include "forward/service_state.h"
#include "storage/history/query.h"
#include "telegram/json.h"
#include "web/metrics_memory.h"

struct amounts;
struct jobs;

/* Filled in by the server's owner. */
struct handler_data {
	const char *database;	      /* path */
	const struct amounts *prices; /* see tariffs/cost.h */
	const char *currency;	      /* "EUR" */
	const struct clock *clock;
	const struct log *log;
	/* Workers only: */
	struct query *query;	      /* NULL until the database is open */
	int64_t opened_ms;	      /* when it was opened, monotonic */
	const atomic_bool *cancelled; /* see storage/history/query.h */
	/* Newest reading from the feed, with a NUL; "" if none. */
	char line[JSON_MAX];
	size_t line_n;
	int64_t line_ms;	       /* when it arrived, monotonic */
	struct jobs *jobs;	       /* NULL for a query thread */
	struct log_burst foreign;      /* readings from other users than
				     p1logger's */
	struct metrics_memory metrics; /* query threads only */
	/* For /metrics. */
	bool stated; /* the feed has reported the service's state: */
	struct service_state state;
	int64_t state_ms; /* when it arrived, monotonic */
	uint64_t readings, requests, refused;
	long live_clients;
};

/*
 * Copy the settings for a query thread; copy the data that it receives with
 * each query.
 */
void handler_data_copy_settings(struct handler_data *to,
				const struct handler_data *from);
void handler_data_copy_newest(struct handler_data *to,
			      const struct handler_data *from);

/* Is the newest reading a recent one from the feed? */
bool handler_data_is_fed(const struct handler_data *w);

/* Open the journal if it is not open; close it. */
int handler_data_query(struct handler_data *w, struct err *e);
void handler_data_close(struct handler_data *w);

/*
 * The newest reading, malloc'd: from the feed while fresh, else from the
 * journal. ERR_ABSENT if there is none.
 */
int handler_data_newest(struct handler_data *w, char **line, size_t *n,
			struct err *e);

/* Time of the newest reading, UTC; 0 if there is none. */
int handler_data_last(struct handler_data *w, int64_t *out, struct err *e);

#endif
