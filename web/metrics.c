#include "web/metrics.h"

#include <stdlib.h>

#include "base/printable.h"
#include "telegram/obis_quantities.h"
#include "web/handler_data.h"

/* Units in Prometheus style: full words, base units. */
static const struct {
	const char *word;
	double scale; /* factor for the JSON value */
} words[UNIT_COUNT] = {
	[UNIT_WH] = { "_watthours", 1000 },
	[UNIT_VARH] = { "_varhours", 1000 },
	[UNIT_W] = { "_watts", 1000 },
	[UNIT_VAR] = { "_vars", 1000 },
	[UNIT_MV] = { "_volts", 1 },
	[UNIT_MA] = { "_amperes", 1 },
	[UNIT_DM3] = { "_cubic_meters", 1 },
	[UNIT_MJ] = { "_joules", 1e9 },
	[UNIT_NUMBER] = { "", 1 },
};

static void metric(FILE *out, const char *name, const char *tail,
		   const char *type, const char *help)
{
	fprintf(out, "# HELP p1_%s%s %s\n# TYPE p1_%s%s %s\n", name, tail, help,
		name, tail, type);
}

static bool counts(const struct quantity_info *q)
{
	return q->place == PLACE_COUNTER || q->place == PLACE_QUALITY;
}

static void quantity(void *ctx, const struct span cell[QUERY_CELLS])
{
	struct span key = cell[0], value = cell[1];
	FILE *out = ctx;

	for (int i = 0; i < Q_COUNT; i++) {
		const struct quantity_info *q = &quantities[i];
		char tail[32], text[32];

		if (!span_eq(span_of(q->name), key) || value.n >= sizeof(text))
			continue;
		memcpy(text, value.p, value.n);
		text[value.n] = '\0';
		snprintf(tail, sizeof(tail), "%s%s", words[q->unit].word,
			 counts(q) ? "_total" : "");
		metric(out, q->name, tail, counts(q) ? "counter" : "gauge",
		       q->obis.p);
		fprintf(out, "p1_%s%s %.15g\n", q->name, tail,
			atof(text) * words[q->unit].scale);
	}
}

static void time_of(void *ctx, const struct span cell[QUERY_CELLS])
{
	metric(ctx, "reading_timestamp", "_seconds", "gauge",
	       "time of the newest reading");
	fprintf(ctx, "p1_reading_timestamp_seconds %.*s\n", SPAN_ARG(cell[0]));
}

/* Rows are grouped by unit, since a metric has one header for all its rows. */
struct mbus_metric {
	FILE *out;
	char unit[8];
};

/* Write a label: its value made printable, then escaped for the format. */
static void label(FILE *out, const char *name, struct span text)
{
	char piece[PRINTABLE_PIECE];

	fprintf(out, "%s=\"", name);
	while (text.n > 0) {
		size_t n = printable_next(&text, piece);

		for (size_t i = 0; i < n; i++) {
			if (piece[i] == '\\' || piece[i] == '"')
				putc('\\', out);
			putc(piece[i], out);
		}
	}
	putc('"', out);
}

static void mbus(void *ctx, const struct span cell[QUERY_CELLS])
{
	struct mbus_metric *m = ctx;

	for (int u = 0; u < UNIT_COUNT; u++) {
		if (!span_eq(cell[3], span_of(units[u].json)))
			continue;
		if (strcmp(m->unit, units[u].suffix) != 0) {
			char tail[32];

			snprintf(m->unit, sizeof(m->unit), "%s",
				 units[u].suffix);
			snprintf(tail, sizeof(tail), "%s_total", words[u].word);
			metric(m->out, "mbus", tail, "counter",
			       "counter of an M-Bus meter");
		}
		fprintf(m->out, "p1_mbus%s_total{", words[u].word);
		label(m->out, "channel", cell[0]);
		label(m->out, ",medium", cell[1]);
		label(m->out, ",meter", cell[2]);
		fprintf(m->out, "} %.15g\n",
			strtod(cell[4].p, NULL) * words[u].scale);
	}
}

static void own(const struct handler_data *w, FILE *out)
{
	metric(out, "web_readings", "_total", "counter",
	       "readings received from p1logger");
	fprintf(out, "p1_web_readings_total %llu\n",
		(unsigned long long)w->readings);
	metric(out, "web_requests", "_total", "counter", "requests answered");
	fprintf(out, "p1_web_requests_total %llu\n",
		(unsigned long long)w->requests);
	metric(out, "web_refused", "_total", "counter", "requests refused");
	fprintf(out, "p1_web_refused_total %llu\n",
		(unsigned long long)w->refused);
	metric(out, "web_live_clients", "", "gauge", "open WebSockets");
	fprintf(out, "p1_web_live_clients %ld\n", w->live_clients);
}

/* Without a reading, only p1web's own counters. */
int handle_metrics(struct handler_data *w, const struct request *r, FILE *out,
		   struct err *e)
{
	struct mbus_metric m = { out, "" };
	struct span text;
	char *line = NULL;
	size_t n = 0;

	(void)r;
	own(w, out);
	if (handler_data_query(w, e) < 0 ||
	    handler_data_newest(w, &line, &n, e) < 0)
		return 0;
	text = (struct span){ line, n };
	query_line(w->query, QUERY_TIME, text, time_of, out, e);
	query_line(w->query, QUERY_MEMBERS, text, quantity, out, e);
	query_line(w->query, QUERY_MBUS, text, mbus, &m, e);
	free(line);
	return 0;
}
