/*
 * Send each line of the raw telegram as a datagram without CR LF; an empty line
 * is an empty datagram. This is the format of "Python Smart Meter".
 */
#include <stdlib.h>

#include "forward/outputs.h"
#include "forward/udp.h"

struct udp_lines {
	struct udp udp;
	struct endpoint to;
};

static bool wanted(const struct outputs_settings *s)
{
	return s->udp_lines.target[0] != '\0';
}

static void shut(void *self)
{
	struct udp_lines *u = self;

	udp_close(&u->udp);
	free(u);
}

static void *open_output(struct output *o, const struct outputs_settings *s,
			 struct err *e)
{
	struct udp_lines *u = output_alloc(sizeof(*u), e);

	if (u == NULL)
		return NULL;
	udp_init(&u->udp, o);
	if (endpoint_parse(s->udp_lines.target, &u->to, e) == 0)
		return u;
	err_while(e, "target");
	shut(u);
	return NULL;
}

static void reading(void *self, const struct live *live)
{
	struct udp_lines *u = self;
	struct span rest = live->reading->raw, line;
	bool sent = true;

	while (sent && rest.n > 0) {
		if (!span_cut(&rest, '\n', &line)) {
			line = rest;
			rest.n = 0;
		}
		if (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		sent = udp_send(&u->udp, &u->to, line);
	}
}

const struct output_ops udp_lines_ops = {
	.name = "udp_lines",
	.telegrams = true,
	.wanted = wanted,
	.open = open_output,
	.reading = reading,
	.close = shut,
};
