#include "logger/settings_to_outputs.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "forward/endpoint.h"

enum { HOST = 256 };

/* Does p1web listen on all addresses of this machine, or for this machine only? */
static bool is_any(const char *address)
{
	return strcmp(address, "0.0.0.0") == 0 || strcmp(address, "::") == 0;
}

static bool is_loopback(const char *address)
{
	return strncmp(address, "127.", 4) == 0 ||
	       strcmp(address, "localhost") == 0 || strcmp(address, "::1") == 0;
}

/*
 * Where another machine finds p1web: at its address, or at the machine's name if
 * that is every address. Behind a proxy the address is not known.
 */
static void find_page(const struct all_settings *s, char out[SETTING_PATH])
{
	char host[HOST] = "";
	struct err ignored;
	long port;

	out[0] = '\0';
	if (endpoint_split(s->web.listen, 0, host, sizeof(host), &port,
			   &ignored) < 0 ||
	    is_loopback(host))
		return;
	if (is_any(host) && gethostname(host, sizeof(host) - 1) < 0)
		return;
	snprintf(out, SETTING_PATH,
		 strchr(host, ':') ? "http://[%s]:%ld/" : "http://%s:%ld/",
		 host, port);
}

static void take_udp(const struct all_settings *s,
		     struct settings_to_outputs *out)
{
	const struct ini_pairs *pairs = &s->udp_values.ports;
	struct outputs_settings *f = &out->forward;

	f->udp_json.target = s->udp_json.target;
	f->udp_json.interface = s->udp_json.interface;
	f->udp_json.ttl = s->udp_json.ttl;
	f->udp_lines.target = s->udp_lines.target;
	f->udp_values.host = s->udp_values.host;
	f->udp_values.timer_s = s->udp_values.timer;
	f->udp_values.ports = out->ports;
	f->udp_values.n = pairs->n;
	for (size_t i = 0; i < pairs->n; i++)
		out->ports[i] = (struct outputs_port){ pairs->pair[i].key,
						       pairs->pair[i].value };
}

static void take_mqtt(const struct all_settings *s, struct outputs_settings *f)
{
	f->mqtt.broker = s->mqtt.broker;
	f->mqtt.topic = s->mqtt.topic;
	f->mqtt.client_id = s->mqtt.client_id;
	f->mqtt.user = s->mqtt.user;
	f->mqtt.password_file = s->mqtt.password_file;
	f->mqtt.tls = s->mqtt.tls;
	f->mqtt.ca_file = s->mqtt.ca_file;
	f->mqtt.cert_file = s->mqtt.cert_file;
	f->mqtt.key_file = s->mqtt.key_file;
	f->mqtt.qos = s->mqtt.qos;
	f->mqtt.interval_s = s->mqtt.interval;
	f->mqtt.refresh_s = s->mqtt.refresh;
	f->mqtt.expire_s = s->mqtt.expire;
	f->mqtt.reading = s->mqtt.reading;
	f->mqtt.values = s->mqtt.values;
	f->mqtt.homeassistant = s->mqtt.homeassistant;
	f->mqtt.smart_meter = s->mqtt.smart_meter;
}

void settings_to_outputs(const struct all_settings *s,
			 struct settings_to_outputs *out)
{
	struct outputs_settings *f = &out->forward;

	take_udp(s, out);
	take_mqtt(s, f);
	find_page(s, out->page);
	f->mqtt.page = out->page;
	f->tcp.listen = s->tcp.listen;
	f->files.telegrams = s->files.telegrams;
	f->files.json = s->files.json;
	f->files.csv = s->files.csv;
	f->files.interval_s = s->files.interval;
	f->files.gzip = s->files.gzip;
	f->files.limit_mb = s->files.limit;
	f->feed.socket =
		all_settings_socket(out->feed, s, s->feed.socket, ".feed");
	f->feed.elsewhere = all_settings_elsewhere(out->elsewhere, s);
}

int settings_to_outputs_check(const struct all_settings *s, struct err *e)
{
	struct settings_to_outputs o;

	settings_to_outputs(s, &o);
	return outputs_check(&o.forward, e);
}
