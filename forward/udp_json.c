/*
 * Send each reading as a JSON line in a datagram, to one machine, a network
 * (broadcast) or a group (multicast).
 */
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include "forward/outputs.h"
#include "forward/udp.h"
#include "telegram/json.h"

struct udp_json {
	struct udp udp;
	struct endpoint to;
	char line[JSON_MAX + 1];
};

static bool wanted(const struct outputs_settings *s)
{
	return s->udp_json.target[0] != '\0';
}

static int settings(struct udp_json *u, const struct outputs_settings *s,
		    struct err *e)
{
	const char *name = s->udp_json.interface;

	if (endpoint_parse(s->udp_json.target, &u->to, e) < 0)
		return err_while(e, "target");
	u->udp.ttl = (int)s->udp_json.ttl;
	u->udp.ifindex = name[0] != '\0' ? if_nametoindex(name) : 0;
	if (name[0] != '\0' && u->udp.ifindex == 0)
		return err_set(e, ERR_CONFIG,
			       "interface: this machine has no '%s'; 'ip link' "
			       "lists its interfaces",
			       name);
	return 0;
}

static void shut(void *self)
{
	struct udp_json *u = self;

	udp_close(&u->udp);
	free(u);
}

static void *open_output(struct output *o, const struct outputs_settings *s,
			 struct err *e)
{
	struct udp_json *u = output_alloc(sizeof(*u), e);

	if (u == NULL)
		return NULL;
	udp_init(&u->udp, o);
	if (settings(u, s, e) == 0)
		return u;
	shut(u);
	return NULL;
}

static void reading(void *self, const struct live *live)
{
	struct udp_json *u = self;
	size_t n = live->json.n;

	memcpy(u->line, live->json.p, n);
	u->line[n] = '\n';
	udp_send(&u->udp, &u->to, (struct span){ u->line, n + 1 });
}

const struct output_ops udp_json_ops = {
	.name = "udp_json",
	.wanted = wanted,
	.open = open_output,
	.reading = reading,
	.close = shut,
};
