#include "web/handler_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FRESH_MS = 60000,  /* how long a line of the feed counts as newest */
	REOPEN_MS = 60000, /* another file may have replaced the database */
	QUESTION_MS = 1500,
	QUESTION_ROWS = 10000,
};

void handler_data_copy_settings(struct handler_data *to,
				const struct handler_data *from)
{
	to->database = from->database;
	to->prices = from->prices;
	to->currency = from->currency;
	to->clock = from->clock;
}

void handler_data_copy_newest(struct handler_data *to,
			      const struct handler_data *from)
{
	memcpy(to->line, from->line, from->line_n + 1);
	to->line_n = from->line_n;
	to->line_ms = from->line_ms;
	to->stated = from->stated;
	to->state = from->state;
	to->state_ms = from->state_ms;
	to->readings = from->readings;
	to->requests = from->requests;
	to->refused = from->refused;
	to->live_clients = from->live_clients;
}

bool handler_data_is_fed(const struct handler_data *w)
{
	return w->line_n > 0 &&
	       clock_monotonic_ms(w->clock) - w->line_ms < FRESH_MS;
}

int handler_data_query(struct handler_data *w, struct err *e)
{
	const struct query_limits limits = { w->clock, QUESTION_MS,
					     QUESTION_ROWS, w->cancelled };
	int64_t now = clock_monotonic_ms(w->clock);

	if (w->query != NULL && now - w->opened_ms < REOPEN_MS)
		return 0;
	handler_data_close(w);
	w->opened_ms = now;
	w->query = query_open(w->database, &limits, e);
	return w->query != NULL
		       ? 0
		       : err_while(e, "p1web cannot read the database");
}

void handler_data_close(struct handler_data *w)
{
	query_close(w->query);
	w->query = NULL;
	metrics_memory_forget(&w->metrics);
}

static int journal_line(struct handler_data *w, char **line, size_t *n,
			struct err *e)
{
	FILE *out = open_memstream(line, n);
	int rc;

	if (out == NULL)
		return err_memory(e);
	rc = handler_data_query(w, e);
	if (rc == 0)
		rc = query_newest(w->query, out, e);
	if (fclose(out) != 0 && rc == 0)
		rc = err_memory(e);
	if (rc == 0 && *n == 0)
		rc = err_set(e, ERR_ABSENT, "there is no reading yet");
	if (rc < 0) {
		free(*line);
		*line = NULL;
	}
	return rc;
}

int handler_data_newest(struct handler_data *w, char **line, size_t *n,
			struct err *e)
{
	if (!handler_data_is_fed(w))
		return journal_line(w, line, n, e);
	*n = w->line_n;
	*line = malloc(w->line_n);
	if (*line == NULL)
		return err_memory(e);
	memcpy(*line, w->line, w->line_n);
	return 0;
}

int handler_data_last(struct handler_data *w, int64_t *out, struct err *e)
{
	int64_t silent_ms = clock_monotonic_ms(w->clock) - w->line_ms;
	int rc;

	if (handler_data_is_fed(w)) {
		*out = clock_utc(w->clock) - silent_ms / 1000;
		return 0;
	}
	rc = handler_data_query(w, e);
	return rc < 0 ? rc : query_newest_time(w->query, out, e);
}
