#include "web/health_json.h"

#include "base/jsonout.h"
#include "base/utc.h"
#include "web/handler_data.h"
#include "web/held_json.h"

enum {
	SILENT_S = 900,	   /* unhealthy after three missed runs from cron */
	SPEAKS_MS = 30000, /* the service sends its state every 10 s */
	OBJECT = 2048,
};

static bool service_speaks(const struct handler_data *w)
{
	return w->stated &&
	       clock_monotonic_ms(w->clock) - w->state_ms < SPEAKS_MS;
}

/*
 * With cron there is no service, but one that has reported should continue to.
 */
static void add_line(struct jsonout *o, const struct handler_data *w,
		     int64_t age_s)
{
	char line[SERVICE_STATE_LINE];

	if (service_speaks(w))
		service_state_line(line, &w->state, age_s);
	else
		snprintf(line, sizeof(line), "%slast %lld s ago",
			 w->stated ? "the service is silent, " : "",
			 (long long)age_s);
	jsonout_text(o, "line", span_of(line));
}

static void add_refused(struct jsonout *o, const struct service_counts *c)
{
	jsonout_open(o, "refused", '{');
	for (int i = 0; i < REFUSAL_COUNT; i++)
		if (c->refused[i] > 0)
			jsonout_whole(o, refusal_words[i], c->refused[i]);
	jsonout_close(o, '}');
}

static void add_disconnected(struct jsonout *o, struct span names)
{
	jsonout_open(o, "disconnected", '[');
	while (names.n > 0) {
		struct span name = span_take(&names, ',');

		jsonout_text(o, NULL, name);
		names = span_skip(names, 1);
	}
	jsonout_close(o, ']');
}

static void add_service(struct jsonout *o, const struct service_state *s)
{
	jsonout_open(o, "service", '{');
	jsonout_text(o, "port", span_of(s->port));
	jsonout_raw(o, "lost", s->lost ? "true" : "false");
	jsonout_decimal(o, "telegrams_per_s", s->rate);
	jsonout_whole(o, "telegrams", s->counts.telegrams);
	add_refused(o, &s->counts);
	jsonout_whole(o, "held", s->held);
	jsonout_whole(o, "not_written", s->unwritten);
	add_disconnected(o, span_of(s->disconnected));
	jsonout_close(o, '}');
}

int handle_health(struct handler_data *w, const struct request *r, FILE *out,
		  struct err *e)
{
	char text[UTC_TEXT], buf[OBJECT];
	struct jsonout o = jsonout(buf, sizeof(buf));
	int64_t last = 0, age;
	int rc = handler_data_last(w, &last, e);

	(void)r;
	if (rc == 0 && last == 0)
		rc = err_set(e, ERR_ABSENT, "there is no reading yet");
	if (rc < 0)
		return rc;
	age = clock_utc(w->clock) - last;
	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, "status",
		     age > SILENT_S ? SPAN("silent") : SPAN("ok"));
	add_line(&o, w, age);
	jsonout_text(&o, "last", span_of(utc_format(text, last)));
	jsonout_whole(&o, "age_s", age);
	if (service_speaks(w))
		add_service(&o, &w->state);
	if (jsonout_end(&o) == 0)
		return err_set(e, ERR_FAILED, "the state is too long");
	fputs(buf, out);
	held_json_media(w, out);
	held_json_others(w, out);
	fputs("}\n", out);
	return age > SILENT_S ? err_set(e, ERR_BUSY, "silent") : 0;
}
