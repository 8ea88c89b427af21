/*
 * Each line of the raw telegram as a datagram of its own, without CR LF; an
 * empty line is an empty datagram. The format of "Python Smart Meter". Lines that
 * the judge did not believe are left out.
 */
#include <stdlib.h>

#include "forward/forward.h"
#include "forward/udp.h"

struct udp_lines {
	struct udp udp;
	struct endpoint to;
};

static bool wanted(const struct forward_settings *s)
{
	return s->udp_lines.target[0] != '\0';
}

static void shut(void *self)
{
	struct udp_lines *u = self;

	udp_close(&u->udp);
	free(u);
}

static void *open_output(struct output *o, const struct forward_settings *s,
			 struct err *e)
{
	struct udp_lines *u = calloc(1, sizeof(*u));

	if (u == NULL) {
		err_set(e, ERR_FAILED, "out of memory");
		return NULL;
	}
	udp_init(&u->udp, o);
	if (endpoint_parse(s->udp_lines.target, &u->to, e) == 0)
		return u;
	err_while(e, "target");
	shut(u);
	return NULL;
}

/* The channel of "0-1:24.2.1(...)", or 0. */
static int channel_of(struct span line)
{
	bool is = line.n > 7 && span_starts(line, SPAN("0-")) &&
		  line.p[2] >= '1' && line.p[2] <= '4' &&
		  span_starts(span_skip(line, 3), SPAN(":24."));

	return is && (line.p[7] == '2' || line.p[7] == '3') ? line.p[2] - '0'
							    : 0;
}

/*
 * Was what the line says taken out of the reading, as not to be believed? A value
 * on a line of its own belongs to the line before it.
 */
static bool is_held(const struct reading *r, struct span line, bool before)
{
	struct span obis;
	int channel = channel_of(line);

	if (line.n > 0 && line.p[0] == '(')
		return before;
	if (channel > 0)
		return r->mbus[channel - 1].channel != 0 &&
		       !r->mbus[channel - 1].has_value;
	return r->have == 0 && span_cut(&line, '(', &obis) &&
	       quantity_find(obis) >= 0;
}

static void reading(void *self, const struct live *live)
{
	struct udp_lines *u = self;
	struct span rest = live->reading->raw, line;
	bool sent = true, held = false;

	while (sent && rest.n > 0) {
		if (!span_cut(&rest, '\n', &line)) {
			line = rest;
			rest.n = 0;
		}
		if (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		held = is_held(live->reading, line, held);
		if (!held)
			sent = udp_send(&u->udp, &u->to, line);
	}
}

const struct output_ops udp_lines_ops = {
	.name = "udp_lines",
	.wanted = wanted,
	.open = open_output,
	.reading = reading,
	.close = shut,
};
