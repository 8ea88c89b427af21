#include "forward/homeassistant.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/jsonout.h"
#include "forward/ha_manufacturer.h"

/* Home Assistant's terms for a value. NULL if none. */
struct sensor_kind {
	const char *device_class;
	const char *state_class;
	const char *unit;
	int decimals; /* decimals shown; -1: as they are */
};

#define CUBIC_METRES "m\302\263" /* with the superscript 3 */

static const struct sensor_kind kinds[UNIT_COUNT] = {
	[UNIT_WH] = { "energy", "total_increasing", "kWh", 1 },
	[UNIT_VARH] = { NULL, "total_increasing", "kvarh", 1 },
	[UNIT_W] = { "power", "measurement", "kW", 3 },
	[UNIT_VAR] = { NULL, "measurement", "kvar", 3 },
	[UNIT_MV] = { "voltage", "measurement", "V", 0 },
	[UNIT_MA] = { "current", "measurement", "A", 1 },
	[UNIT_DM3] = { "volume", "total_increasing", CUBIC_METRES, 2 },
	[UNIT_MJ] = { "energy", "total_increasing", "GJ", 2 },
	[UNIT_NUMBER] = { NULL, NULL, NULL, -1 },
};

/* A total that restarts each day needs the time at which it did. */
static const struct sensor_kind today_kinds[TODAY_COUNT] = {
	[TODAY_IMPORT] = { "energy", "total", "kWh", 2 },
	[TODAY_EXPORT] = { "energy", "total", "kWh", 2 },
	[TODAY_GAS] = { "gas", "total", CUBIC_METRES, 2 },
	[TODAY_WATER] = { "water", "total", CUBIC_METRES, 2 },
	[TODAY_WARM_WATER] = { "water", "total", CUBIC_METRES, 2 },
	[TODAY_HEAT] = { "energy", "total", "GJ", 3 },
	[TODAY_COLD] = { "energy", "total", "GJ", 3 },
	[TODAY_COST] = { "monetary", "total", NULL, 2 },
	[TODAY_MONTH_PEAK] = { "power", "measurement", "kW", 3 },
};

/* A value and its device, as described in both kinds of documents. */
struct sensor {
	const char *id;	    /* the end of its unique_id: "import_t1" */
	const char *topic;  /* the end of its topic, the same unless in JSON */
	const char *member; /* its key in that JSON; NULL if the payload is the
			       value */
	const char *words;  /* for display */
	struct sensor_kind kind;
	bool diagnostic; /* not among the main values */
	struct {
		const char *name, *id;
		const char *via; /* NULL: the electricity meter itself */
		const char *model, *serial, *manufacturer;
	} device;
};

static void put_text(struct jsonout *o, const char *key, const char *text)
{
	if (text != NULL && text[0] != '\0')
		jsonout_text(o, key, span_of(text));
}

/* Units alone are not ASCII; jsonout_text would escape their bytes one by one. */
static void put_unit(struct jsonout *o, const char *unit)
{
	if (unit != NULL && strcmp(unit, CUBIC_METRES) == 0)
		jsonout_raw(o, "unit_of_measurement", "\"m\\u00b3\"");
	else
		put_text(o, "unit_of_measurement", unit);
}

static void put_device(struct jsonout *o, const struct ha_options *at,
		       const struct sensor *s)
{
	jsonout_open(o, "device", '{');
	jsonout_open(o, "identifiers", '[');
	put_text(o, NULL, s->device.id);
	jsonout_close(o, ']');
	put_text(o, "name", s->device.name);
	put_text(o, "manufacturer", s->device.manufacturer);
	put_text(o, "model", s->device.model);
	put_text(o, "serial_number", s->device.serial);
	put_text(o, "sw_version", "p1logger " VERSION);
	put_text(o, "configuration_url", at->page);
	put_text(o, "via_device", s->device.via);
	jsonout_close(o, '}');
}

static void put_origin(struct jsonout *o)
{
	jsonout_open(o, "origin", '{');
	put_text(o, "name", "p1logger");
	put_text(o, "sw_version", VERSION);
	jsonout_close(o, '}');
}

static void put_kind(struct jsonout *o, const struct sensor_kind *k)
{
	put_text(o, "device_class", k->device_class);
	put_text(o, "state_class", k->state_class);
	put_unit(o, k->unit);
	if (k->decimals >= 0)
		jsonout_whole(o, "suggested_display_precision", k->decimals);
}

/* Write where the value is, and when its count began. */
static void put_value(struct jsonout *o, const struct ha_options *at,
		      const struct sensor *s)
{
	char text[TOPIC_PREFIX + TOPIC_NAME];

	snprintf(text, sizeof(text), "%s/%s", at->topic, s->topic);
	put_text(o, "state_topic", text);
	if (s->member == NULL)
		return;
	snprintf(text, sizeof(text), "{{ value_json.%s | default('') }}",
		 s->member);
	put_text(o, "value_template", text);
	if (strcmp(s->kind.state_class, "total") == 0)
		put_text(o, "last_reset_value_template",
			 "{{ value_json.since }}");
}

static bool document(const struct ha_options *at, const struct sensor *s,
		     struct ha_document *out)
{
	struct jsonout o = jsonout(out->text, sizeof(out->text));
	char id[TOPIC_PREFIX], unique[TOPIC_PREFIX + TOPIC_NAME];

	topic_id(id, at->topic);
	snprintf(unique, sizeof(unique), "%s_%s", id, s->id);
	snprintf(out->topic, sizeof(out->topic), "%s/sensor/%s/config",
		 at->prefix, unique);
	jsonout_open(&o, NULL, '{');
	put_text(&o, "name", s->words);
	put_text(&o, "unique_id", unique);
	put_value(&o, at, s);
	put_text(&o, "availability_topic", at->status);
	if (at->expire_s > 0)
		jsonout_whole(&o, "expire_after", at->expire_s);
	put_kind(&o, &s->kind);
	if (s->diagnostic)
		put_text(&o, "entity_category", "diagnostic");
	put_device(&o, at, s);
	put_origin(&o);
	jsonout_close(&o, '}');
	out->n = jsonout_end(&o);
	return out->n > 0;
}

void ha_meter(struct ha_options *o, const struct reading *r)
{
	struct span model = span_skip(r->header, 1);

	snprintf(o->model, sizeof(o->model), "%.*s", SPAN_ARG(model));
	o->serial[0] = '\0';
	if (r->meter.n > 0)
		meter_serial(o->serial, r->meter);
	o->manufacturer = ha_manufacturer(r->header);
}

/* Let a sensor belong to the electricity meter. */
static void set_device(struct sensor *s, const struct ha_options *o,
		       char id[static TOPIC_PREFIX])
{
	s->device.name = "Smart meter";
	s->device.id = topic_id(id, o->topic);
	s->device.model = o->model;
	s->device.serial = o->serial;
	s->device.manufacturer = o->manufacturer;
}

bool ha_quantity(const struct ha_options *o, enum quantity q,
		 struct ha_document *out)
{
	const struct quantity_info *info = &quantities[q];
	char words[TOPIC_NAME], id[TOPIC_PREFIX];
	struct sensor s = {
		.id = info->name,
		.topic = info->name,
		.words = topic_words(words, info->name),
		.kind = kinds[info->unit],
	};

	s.diagnostic =
		info->place == PLACE_QUALITY || info->place == PLACE_STATE;
	if (info->place == PLACE_QUALITY)
		s.kind.state_class = "total_increasing";
	set_device(&s, o, id);
	return document(o, &s, out);
}

bool ha_today(const struct ha_options *o, enum today_item item,
	      const char *currency, struct ha_document *out)
{
	char id[TOPIC_PREFIX], own[TOPIC_NAME];
	struct sensor s = {
		.id = own,
		.topic = "today",
		.member = today_names[item],
		.words = today_words[item],
		.kind = today_kinds[item],
	};

	snprintf(own, sizeof(own), "today_%s", today_names[item]);
	if (item == TODAY_COST)
		s.kind.unit = currency;
	set_device(&s, o, id);
	return document(o, &s, out);
}

/* The class of a volume depends on the medium. */
static const char *class_of(const struct mbus *m)
{
	if (m->unit != UNIT_DM3)
		return kinds[m->unit].device_class;
	if (m->medium == MEDIUM_GAS)
		return "gas";
	return m->medium == MEDIUM_WATER || m->medium == MEDIUM_WARM_WATER
		       ? "water"
		       : kinds[m->unit].device_class;
}

bool ha_channel(const struct ha_options *o, const struct mbus *m,
		struct ha_document *out)
{
	char name[TOPIC_NAME], words[TOPIC_NAME], medium[MEDIUM_TEXT];
	char device[TOPIC_NAME + 8], id[TOPIC_PREFIX];
	char own[TOPIC_PREFIX + TOPIC_NAME], serial[METER_SERIAL_TEXT] = "";
	struct sensor s = {
		.id = topic_channel(name, m),
		.topic = name,
		.words = words,
		.kind = kinds[m->unit],
		.device = { .name = device,
			    .id = own,
			    .via = topic_id(id, o->topic),
			    .serial = serial },
	};

	s.kind.device_class = class_of(m);
	if (m->medium == MEDIUM_UNKNOWN)
		snprintf(words, sizeof(words), "M-Bus %d", m->channel);
	else
		topic_words(words, medium_text(medium, m));
	if (m->meter.n > 0)
		meter_serial(serial, m->meter);
	snprintf(device, sizeof(device), "%s meter", words);
	snprintf(own, sizeof(own), "%s_%s", id, name);
	return document(o, &s, out);
}
