/*
 * Send a bare number per register, each to its own port, in the format of
 * "p1_listener": "0.087" to 7116.
 */
#include <stdlib.h>

#include "base/span.h"
#include "forward/outputs.h"
#include "forward/udp.h"
#include "forward/udp_values_format.h"

struct port {
	struct endpoint to;
	struct value_source from;
	struct value_state state;
};

struct udp_values {
	struct udp udp;
	int64_t timer_ms;
	int64_t counters_ms; /* when to send the counters, monotonic */
	size_t n;
	struct port port[];
};

static bool wanted(const struct outputs_settings *s)
{
	return s->udp_values.host[0] != '\0';
}

static int settings(struct udp_values *u, const struct outputs_settings *s,
		    struct err *e)
{
	for (size_t i = 0; i < s->udp_values.n; i++) {
		const struct outputs_port *p = &s->udp_values.ports[i];
		struct port *port = &u->port[i];

		if (!value_source_find(span_of(p->obis), &port->from))
			return err_set(e, ERR_CONFIG,
				       "%s: unknown register; write an OBIS "
				       "reference such as 1-0:1.8.1",
				       p->obis);
		if (endpoint_make(s->udp_values.host, p->port, &port->to, e) <
		    0)
			return err_while(e, "host");
		u->n++;
	}
	return 0;
}

static void shut(void *self)
{
	struct udp_values *u = self;

	udp_close(&u->udp);
	free(u);
}

static void *open_output(struct output *o, const struct outputs_settings *s,
			 struct err *e)
{
	struct udp_values *u = output_alloc(
		sizeof(*u) + s->udp_values.n * sizeof(u->port[0]), e);

	if (u == NULL)
		return NULL;
	udp_init(&u->udp, o);
	u->timer_ms = s->udp_values.timer_s * 1000;
	if (settings(u, s, e) == 0)
		return u;
	shut(u);
	return NULL;
}

/* Send the counters when their timer expires, or with a new M-Bus value. */
static bool counters_due(struct udp_values *u, const struct live *live)
{
	bool due = live->now_ms >= u->counters_ms;

	for (size_t i = 0; i < u->n; i++)
		due = due || value_fresh(&u->port[i].from, live->reading,
					 &u->port[i].state);
	if (due)
		u->counters_ms = live->now_ms + u->timer_ms;
	return due;
}

static void reading(void *self, const struct live *live)
{
	struct udp_values *u = self;
	bool counters = counters_due(u, live);
	char text[VALUE_TEXT];

	for (size_t i = 0; i < u->n; i++)
		if (value_news(&u->port[i].from, live->reading, counters,
			       &u->port[i].state, text))
			udp_send(&u->udp, &u->port[i].to, span_of(text));
}

const struct output_ops udp_values_ops = {
	.name = "udp_values",
	.wanted = wanted,
	.open = open_output,
	.reading = reading,
	.close = shut,
};
