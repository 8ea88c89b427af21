#include "forward/homeassistant.h"

#include <stdio.h>

#include "base/jsonout.h"

/* Home Assistant's terms for a count of this unit. NULL: none. */
struct sensor_kind {
	const char *device_class;
	const char *state_class;
	const char *unit; /* as JSON, since not all are ASCII */
};

static const struct sensor_kind kinds[UNIT_COUNT] = {
	[UNIT_WH] = { "energy", "total_increasing", "\"kWh\"" },
	[UNIT_VARH] = { NULL, "total_increasing", "\"kvarh\"" },
	[UNIT_W] = { "power", "measurement", "\"kW\"" },
	[UNIT_VAR] = { NULL, "measurement", "\"kvar\"" },
	[UNIT_MV] = { "voltage", "measurement", "\"V\"" },
	[UNIT_MA] = { "current", "measurement", "\"A\"" },
	[UNIT_DM3] = { "volume", "total_increasing", "\"m\\u00b3\"" },
	[UNIT_MJ] = { "energy", "total_increasing", "\"GJ\"" },
	[UNIT_NUMBER] = { NULL, NULL, NULL },
};

/* A value and its device, as described in both kinds of documents. */
struct sensor {
	const char *name;  /* as in its topic: "import_t1" */
	const char *words; /* for display */
	struct sensor_kind kind;
	bool diagnostic;	     /* not among the main values */
	const char *device;	     /* device name */
	const char *device_id, *via; /* NULL: the meter itself */
	struct span model, serial;
};

static void put_text(struct jsonout *o, const char *key, const char *text)
{
	if (text != NULL)
		jsonout_text(o, key, span_of(text));
}

static void put_device(struct jsonout *o, const struct sensor *s)
{
	jsonout_open(o, "device", '{');
	jsonout_open(o, "identifiers", '[');
	put_text(o, NULL, s->device_id);
	jsonout_close(o, ']');
	put_text(o, "name", s->device);
	if (s->model.n > 0)
		jsonout_text(o, "model", s->model);
	if (s->serial.n > 0)
		jsonout_text(o, "serial_number", s->serial);
	put_text(o, "via_device", s->via);
	jsonout_close(o, '}');
}

static void put_origin(struct jsonout *o)
{
	jsonout_open(o, "origin", '{');
	put_text(o, "name", "p1logger");
	put_text(o, "sw_version", VERSION);
	jsonout_close(o, '}');
}

static bool document(const struct ha_place *at, const struct sensor *s,
		     struct ha_document *out)
{
	struct jsonout o = jsonout(out->text, sizeof(out->text));
	char id[TOPIC_PREFIX], unique[TOPIC_PREFIX + TOPIC_NAME];
	char state[TOPIC_PREFIX + TOPIC_NAME];

	topic_id(id, at->topic);
	snprintf(unique, sizeof(unique), "%s_%s", id, s->name);
	snprintf(state, sizeof(state), "%s/%s", at->topic, s->name);
	snprintf(out->topic, sizeof(out->topic), "%s/sensor/%s/config",
		 at->prefix, unique);
	jsonout_open(&o, NULL, '{');
	put_text(&o, "name", s->words);
	put_text(&o, "unique_id", unique);
	put_text(&o, "state_topic", state);
	put_text(&o, "availability_topic", at->status);
	put_text(&o, "device_class", s->kind.device_class);
	put_text(&o, "state_class", s->kind.state_class);
	if (s->kind.unit != NULL)
		jsonout_raw(&o, "unit_of_measurement", s->kind.unit);
	if (s->diagnostic)
		put_text(&o, "entity_category", "diagnostic");
	put_device(&o, s);
	put_origin(&o);
	jsonout_close(&o, '}');
	out->n = jsonout_end(&o);
	return out->n > 0;
}

/* Limit the length: documents are bounded, a damaged header is not. */
static struct span head(struct span s, size_t n)
{
	return (struct span){ s.p, s.n < n ? s.n : n };
}

bool ha_quantity(const struct ha_place *at, const struct reading *r,
		 enum quantity q, struct ha_document *out)
{
	const struct quantity_info *info = &quantities[q];
	char words[TOPIC_NAME], id[TOPIC_PREFIX];
	struct sensor s = {
		.name = info->name,
		.words = topic_words(words, info->name),
		.kind = kinds[info->unit],
		.device = "Smart meter",
		.device_id = topic_id(id, at->topic),
		.model = head(span_skip(r->header, 1), 64),
		.serial = head(r->meter, 96),
	};

	s.diagnostic =
		info->place == PLACE_QUALITY || info->place == PLACE_STATE;
	if (info->place == PLACE_QUALITY)
		s.kind.state_class = "total_increasing";
	return document(at, &s, out);
}

bool ha_channel(const struct ha_place *at, const struct mbus *m,
		struct ha_document *out)
{
	char name[TOPIC_NAME], words[TOPIC_NAME], medium[MEDIUM_TEXT];
	char device[TOPIC_NAME + 8], id[TOPIC_PREFIX];
	char own[TOPIC_PREFIX + TOPIC_NAME];
	struct sensor s = {
		.name = topic_channel(name, m),
		.words = words,
		.kind = kinds[m->unit],
		.device = device,
		.device_id = own,
		.via = topic_id(id, at->topic),
		.serial = head(m->meter, 96),
	};

	if (m->medium == MEDIUM_UNKNOWN)
		snprintf(words, sizeof(words), "M-Bus %d", m->channel);
	else
		topic_words(words, medium_text(medium, m));
	snprintf(device, sizeof(device), "%s meter", words);
	snprintf(own, sizeof(own), "%s_%s", id, name);
	if (m->unit == UNIT_DM3 && m->medium == MEDIUM_GAS)
		s.kind.device_class = "gas";
	else if (m->unit == UNIT_DM3 &&
		 (m->medium == MEDIUM_WATER || m->medium == MEDIUM_WARM_WATER))
		s.kind.device_class = "water";
	return document(at, &s, out);
}
