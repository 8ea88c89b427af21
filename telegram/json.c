#include "telegram/json.h"

#include <string.h>

#include "base/jsonout.h"

/* Write a text, unless it is empty: then the meter did not send it. */
static void text(struct jsonout *o, const char *name, struct span s)
{
	if (s.n > 0)
		jsonout_text(o, name, s);
}

/*
 * UTC with a Z, or local time without one for meters that send neither S nor W.
 */
static void put_time(struct jsonout *o, const char *name,
		     const struct timestamp *s)
{
	char buf[UTC_TEXT];
	int64_t shown =
		s->kind == TIMESTAMP_UTC ? s->utc : utc_from_civil(&s->civil);

	if (s->kind == TIMESTAMP_NONE)
		return;
	utc_format(buf, shown);
	text(o, name,
	     (struct span){ buf, strlen(buf) - (s->kind == TIMESTAMP_CIVIL) });
}

static void quantity(struct jsonout *o, const struct reading *r,
		     enum quantity q)
{
	const struct quantity_info *info = &quantities[q];

	if (!reading_has(r, q))
		return;
	if (units[info->unit].decimals == 0)
		jsonout_whole(o, info->name, r->value[q]);
	else
		jsonout_decimal(o, info->name, r->value[q]);
}

/* Write a limiter that is not a power; a power is among the quantities. */
static void limiter(struct jsonout *o, const struct reading *r)
{
	if (r->limiter_unit.n == 0)
		return;
	jsonout_decimal(o, quantities[Q_LIMITER].name, r->limiter);
	text(o, "limiter_unit", r->limiter_unit);
}

static void peaks(struct jsonout *o, const struct reading *r)
{
	if (r->peaks == 0)
		return;
	jsonout_open(o, "demand_peaks", '[');
	for (int i = 0; i < r->peaks; i++) {
		jsonout_open(o, NULL, '{');
		put_time(o, "month_end", &r->peak[i].month_end);
		put_time(o, "time", &r->peak[i].time);
		jsonout_decimal(o, "value", r->peak[i].w);
		jsonout_close(o, '}');
	}
	jsonout_close(o, ']');
}

static void failures(struct jsonout *o, const struct reading *r)
{
	if (r->failures == 0)
		return;
	jsonout_open(o, "power_failure_log", '[');
	for (int i = 0; i < r->failures; i++) {
		jsonout_open(o, NULL, '{');
		put_time(o, "end", &r->failure[i].end);
		jsonout_whole(o, "seconds", r->failure[i].seconds);
		jsonout_close(o, '}');
	}
	jsonout_close(o, ']');
}

static void channel(struct jsonout *o, const struct mbus *m)
{
	char medium[MEDIUM_TEXT];

	jsonout_open(o, NULL, '{');
	jsonout_whole(o, "channel", m->channel);
	if (m->medium != MEDIUM_UNKNOWN)
		text(o, "medium", span_of(medium_text(medium, m)));
	text(o, "meter", m->meter);
	put_time(o, "time", &m->time);
	jsonout_decimal(o, "value", m->value);
	text(o, "unit", span_of(units[m->unit].json));
	jsonout_close(o, '}');
}

static void channels(struct jsonout *o, const struct reading *r)
{
	bool any = false;

	for (int i = 0; i < MBUS_CHANNELS; i++) {
		if (!r->mbus[i].has_value)
			continue;
		if (!any)
			jsonout_open(o, "mbus", '[');
		any = true;
		channel(o, &r->mbus[i]);
	}
	if (any)
		jsonout_close(o, ']');
}

static void place(struct jsonout *o, const struct reading *r, enum place p)
{
	for (int q = 0; q < Q_COUNT; q++) {
		if (quantities[q].place != p || q == Q_TARIFF)
			continue;
		quantity(o, r, (enum quantity)q);
		if (q == Q_LIMITER)
			limiter(o, r);
	}
}

static void identity(struct jsonout *o, const struct reading *r)
{
	put_time(o, "time", &r->time);
	text(o, "header", r->header);
	text(o, "version", r->version);
	text(o, "meter", r->meter);
	text(o, "crc", r->crc == CRC_OK ? SPAN("ok") : SPAN("none"));
}

static void measures(struct jsonout *o, const struct reading *r)
{
	quantity(o, r, Q_TARIFF);
	place(o, r, PLACE_COUNTER);
	place(o, r, PLACE_POWER);
	place(o, r, PLACE_PHASE);
	place(o, r, PLACE_QUALITY);
	place(o, r, PLACE_DEMAND);
	if (reading_has(r, Q_DEMAND_PEAK))
		put_time(o, "demand_peak_time", &r->demand_peak_time);
	peaks(o, r);
	place(o, r, PLACE_STATE);
}

/* Name the counters that were in the telegram but are held. */
static void held(struct jsonout *o, const struct reading *r)
{
	char medium[MEDIUM_TEXT];

	if (r->held == 0)
		return;
	jsonout_open(o, "held", '[');
	if (r->held & 1)
		text(o, NULL, span_of(medium_name(MEDIUM_ELECTRICITY)));
	for (int i = 0; i < MBUS_CHANNELS; i++)
		if (r->held >> (i + 1) & 1)
			text(o, NULL,
			     r->mbus[i].medium == MEDIUM_UNKNOWN
				     ? SPAN("unknown")
				     : span_of(medium_text(medium,
							   &r->mbus[i])));
	jsonout_close(o, ']');
}

size_t json_reading(const struct reading *r, char *buf, size_t size)
{
	struct jsonout o = jsonout(buf, size);

	jsonout_open(&o, NULL, '{');
	identity(&o, r);
	measures(&o, r);
	failures(&o, r);
	text(&o, "message", r->message);
	text(&o, "message_code", r->message_code);
	channels(&o, r);
	held(&o, r);
	jsonout_close(&o, '}');
	return jsonout_end(&o);
}
