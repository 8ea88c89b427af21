#include "web/metrics.h"

#include <stdlib.h>

#include "web/handler_data.h"
#include "web/metrics_journal.h"
#include "web/metrics_reading.h"
#include "web/metrics_text.h"

enum { RECENT_S = 900 }; /* as long as /health says "ok" */

static const struct metric build_info = { "build_info",
					  "The version of p1web; always 1.",
					  false };
static const struct metric last_reading = {
	"last_reading_timestamp_seconds",
	"Time of the newest reading, since 1970; time() minus this is its age.",
	false
};
static const struct metric telegrams = {
	"telegrams_total",
	"Telegrams that p1logger has read since its service started.", true
};
static const struct metric refused = {
	"refused_telegrams_total",
	"Telegrams that p1logger has refused since its service started.", true
};
static const struct metric web_readings = {
	"web_readings_total", "Readings that p1web received from p1logger.",
	true
};
static const struct metric web_requests = { "web_requests_total",
					    "Requests answered.", true };
static const struct metric web_refused = { "web_refused_requests_total",
					   "Requests refused.", true };
static const struct metric web_live_clients = { "web_live_clients",
						"Open WebSockets.", false };

static void write_web(const struct handler_data *w, FILE *out)
{
	metrics_text_head(out, &build_info);
	fputs("p1_build_info{version=\"" VERSION "\"} 1\n", out);
	metrics_text_one(out, &web_readings, (int64_t)w->readings);
	metrics_text_one(out, &web_requests, (int64_t)w->requests);
	metrics_text_one(out, &web_refused, (int64_t)w->refused);
	metrics_text_one(out, &web_live_clients, w->live_clients);
}

static void write_counts(const struct handler_data *w, FILE *out)
{
	if (!w->stated)
		return;
	metrics_text_one(out, &telegrams, w->state.counts.telegrams);
	metrics_text_head(out, &refused);
	for (int i = 0; i < REFUSAL_COUNT; i++)
		fprintf(out, "p1_refused_telegrams_total{reason=\"%s\"} %lld\n",
			refusal_words[i],
			(long long)w->state.counts.refused[i]);
}

/*
 * The last reading may still wait for a commit, even after the feed fell
 * silent.
 */
static int64_t find_last(const struct handler_data *w)
{
	int64_t silent_ms = clock_monotonic_ms(w->clock) - w->line_ms;
	int64_t heard = clock_utc(w->clock) - silent_ms / 1000;

	return w->line_n > 0 && heard > w->metrics.last ? heard
							: w->metrics.last;
}

static void write_reading(struct handler_data *w, FILE *out)
{
	int64_t last = find_last(w);
	struct err ignored;
	char *line = NULL;
	size_t n = 0;

	if (last == 0 || handler_data_newest(w, &line, &n, &ignored) < 0)
		return;
	metrics_text_one(out, &last_reading, last);
	metrics_reading(w->query, (struct span){ line, n },
			clock_utc(w->clock) - last <= RECENT_S, out);
	free(line);
}

/* Without a reading or a database, only p1web's own counters. */
int handle_metrics(struct handler_data *w, const struct request *r, FILE *out,
		   struct err *e)
{
	(void)r;
	write_web(w, out);
	write_counts(w, out);
	metrics_journal(w, out);
	if (handler_data_query(w, e) == 0)
		write_reading(w, out);
	return 0;
}
