#include "forward/smartmeter.h"

#include "base/jsonout.h"

static void text(struct jsonout *o, const char *name, struct span s)
{
	if (s.n > 0)
		jsonout_text(o, name, s);
	else
		jsonout_raw(o, name, "null");
}

static void put_time(struct jsonout *o, const char *name,
		     const struct timestamp *s)
{
	if (s->kind == TIMESTAMP_UTC)
		jsonout_whole(o, name, s->utc);
	else
		jsonout_raw(o, name, "null");
}

static void quantity(struct jsonout *o, const char *name,
		     const struct reading *r, enum quantity q)
{
	if (!reading_has(r, q))
		jsonout_raw(o, name, "null");
	else if (units[quantities[q].unit].decimals == 0)
		jsonout_whole(o, name, r->value[q]);
	else
		jsonout_decimal(o, name, r->value[q]);
}

/*
 * Write digits only: in this format the version of a Dutch telegram is a
 * number.
 */
static void version(struct jsonout *o, struct span s)
{
	int64_t v = 0;

	for (size_t i = 0; i < s.n && i < 9; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			break;
		v = v * 10 + (s.p[i] - '0');
	}
	if (s.n > 0)
		jsonout_whole(o, "version", v);
	else
		jsonout_raw(o, "version", "null");
}

static void tariff(struct jsonout *o, const char *name, const struct reading *r,
		   enum quantity consumed, enum quantity produced)
{
	jsonout_open(o, name, '{');
	quantity(o, "consumed", r, consumed);
	quantity(o, "produced", r, produced);
	jsonout_close(o, '}');
}

static void electricity(struct jsonout *o, const struct reading *r)
{
	jsonout_open(o, "kwh", '{');
	text(o, "eid", r->meter);
	quantity(o, "tariff", r, Q_TARIFF);
	quantity(o, "switch", r, Q_BREAKER);
	quantity(o, "threshold", r, Q_LIMITER);
	tariff(o, "low", r, Q_IMPORT_T1, Q_EXPORT_T1);
	tariff(o, "high", r, Q_IMPORT_T2, Q_EXPORT_T2);
	quantity(o, "current_consumed", r, Q_POWER_IMPORT);
	quantity(o, "current_produced", r, Q_POWER_EXPORT);
	jsonout_close(o, '}');
}

/* In this format missing watts are 0, missing volts and amperes null. */
static void phases(struct jsonout *o, const struct reading *r)
{
	static const struct {
		const char *name;
		enum quantity volts, amps, watts;
	} phase[] = {
		{ "l1", Q_VOLTAGE_L1, Q_CURRENT_L1, Q_POWER_IMPORT_L1 },
		{ "l2", Q_VOLTAGE_L2, Q_CURRENT_L2, Q_POWER_IMPORT_L2 },
		{ "l3", Q_VOLTAGE_L3, Q_CURRENT_L3, Q_POWER_IMPORT_L3 },
	};

	jsonout_open(o, "instantaneous", '{');
	for (size_t i = 0; i < COUNT(phase); i++) {
		enum quantity w = phase[i].watts;

		jsonout_open(o, phase[i].name, '{');
		quantity(o, "volts", r, phase[i].volts);
		quantity(o, "amps", r, phase[i].amps);
		jsonout_whole(o, "watts", reading_has(r, w) ? r->value[w] : 0);
		jsonout_close(o, '}');
	}
	jsonout_close(o, '}');
}

/*
 * Use the first gas meter; without one its total is 0, or null if it is held.
 */
static void gas(struct jsonout *o, const struct reading *r)
{
	const struct mbus none = { .type = -1, .valve = -1 };
	const struct mbus *m = &none;

	for (int i = MBUS_CHANNELS - 1; i >= 0; i--)
		if (r->mbus[i].channel != 0 && r->mbus[i].medium == MEDIUM_GAS)
			m = &r->mbus[i];
	jsonout_open(o, "gas", '{');
	text(o, "eid", m->meter);
	if (m->type >= 0)
		jsonout_whole(o, "device_type", m->type);
	else
		jsonout_raw(o, "device_type", "null");
	if (m->channel > 0 && r->held >> m->channel & 1)
		jsonout_raw(o, "total", "null");
	else
		jsonout_decimal(o, "total", m->has_value ? m->value : 0);
	if (m->valve >= 0)
		jsonout_whole(o, "valve", m->valve);
	else
		jsonout_raw(o, "valve", "null");
	put_time(o, "measured_at", &m->time);
	jsonout_close(o, '}');
}

size_t smartmeter(const struct reading *r, char *buf, size_t size)
{
	struct jsonout o = jsonout(buf, size);

	jsonout_open(&o, NULL, '{');
	text(&o, "header", r->header);
	version(&o, r->version);
	put_time(&o, "timestamp", &r->time);
	electricity(&o, r);
	phases(&o, r);
	gas(&o, r);
	jsonout_open(&o, "msg", '{');
	text(&o, "code", r->message_code);
	text(&o, "text", r->message);
	jsonout_close(&o, '}');
	jsonout_close(&o, '}');
	return jsonout_end(&o);
}
