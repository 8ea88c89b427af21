#include "telegram/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/fixed.h"

/* The line as far as it is written. */
struct out {
	char *buf;
	size_t size;
	size_t n;    /* bytes written, or wanted */
	bool opened; /* an object or array has just begun: no comma */
};

static void put_bytes(struct out *o, const char *p, size_t n)
{
	if (o->n + n < o->size)
		memcpy(o->buf + o->n, p, n);
	o->n += n;
}

static void put(struct out *o, const char *text)
{
	put_bytes(o, text, strlen(text));
}

static void begin(struct out *o, const char *bracket)
{
	put(o, bracket);
	o->opened = true;
}

static void end(struct out *o, const char *bracket)
{
	put(o, bracket);
	o->opened = false;
}

static void comma(struct out *o)
{
	if (!o->opened)
		put(o, ",");
	o->opened = false;
}

static void key(struct out *o, const char *name)
{
	comma(o);
	put(o, "\"");
	put(o, name);
	put(o, "\":");
}

static void put_char(struct out *o, char c)
{
	char escape[8];

	if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
		put_bytes(o, &c, 1);
		return;
	}
	if (c == '"' || c == '\\')
		snprintf(escape, sizeof(escape), "\\%c", c);
	else
		snprintf(escape, sizeof(escape), "\\u%04x", (unsigned char)c);
	put(o, escape);
}

static void text(struct out *o, const char *name, struct span s)
{
	if (s.n == 0)
		return;
	key(o, name);
	put(o, "\"");
	for (size_t i = 0; i < s.n; i++)
		put_char(o, s.p[i]);
	put(o, "\"");
}

static void whole(struct out *o, const char *name, int64_t v)
{
	char buf[FIXED_TEXT];

	key(o, name);
	snprintf(buf, sizeof(buf), "%" PRId64, v);
	put(o, buf);
}

static void decimal(struct out *o, const char *name, int64_t thousandths)
{
	char buf[FIXED_TEXT];

	key(o, name);
	put(o, fixed_format(buf, thousandths));
}

/* UTC with a Z; the local time of a meter that sends no S or W without one. */
static void stamp(struct out *o, const char *name, const struct stamp *s)
{
	char buf[UTC_TEXT];
	int64_t shown =
		s->kind == STAMP_UTC ? s->utc : utc_from_civil(&s->civil);

	if (s->kind == STAMP_NONE)
		return;
	utc_format(buf, shown);
	text(o, name,
	     (struct span){buf, strlen(buf) - (s->kind == STAMP_CIVIL)});
}

static void quantity(struct out *o, const struct reading *r, enum quantity q)
{
	const struct quantity_info *info = &quantities[q];

	if (!reading_has(r, q))
		return;
	if (units[info->unit].decimals == 0)
		whole(o, info->name, r->value[q]);
	else
		decimal(o, info->name, r->value[q]);
}

/* One that is no power; else the quantity says it. */
static void limiter(struct out *o, const struct reading *r)
{
	if (r->limiter_unit.n == 0)
		return;
	decimal(o, quantities[Q_LIMITER].name, r->limiter);
	text(o, "limiter_unit", r->limiter_unit);
}

static void peaks(struct out *o, const struct reading *r)
{
	if (r->peaks == 0)
		return;
	key(o, "demand_peaks");
	begin(o, "[");
	for (int i = 0; i < r->peaks; i++) {
		comma(o);
		begin(o, "{");
		stamp(o, "month_end", &r->peak[i].month_end);
		stamp(o, "time", &r->peak[i].time);
		decimal(o, "value", r->peak[i].w);
		end(o, "}");
	}
	end(o, "]");
}

static void failures(struct out *o, const struct reading *r)
{
	if (r->failures == 0)
		return;
	key(o, "power_failure_log");
	begin(o, "[");
	for (int i = 0; i < r->failures; i++) {
		comma(o);
		begin(o, "{");
		stamp(o, "end", &r->failure[i].end);
		whole(o, "seconds", r->failure[i].seconds);
		end(o, "}");
	}
	end(o, "]");
}

static void channel(struct out *o, const struct mbus *m)
{
	char medium[MEDIUM_TEXT];

	comma(o);
	begin(o, "{");
	whole(o, "channel", m->channel);
	if (m->medium != MEDIUM_UNKNOWN)
		text(o, "medium", span_of(medium_text(medium, m)));
	text(o, "meter", m->meter);
	stamp(o, "time", &m->time);
	decimal(o, "value", m->value);
	text(o, "unit", span_of(units[m->unit].json));
	end(o, "}");
}

static void channels(struct out *o, const struct reading *r)
{
	bool any = false;

	for (int i = 0; i < MBUS_CHANNELS; i++) {
		if (!r->mbus[i].has_value)
			continue;
		if (!any) {
			key(o, "mbus");
			begin(o, "[");
			any = true;
		}
		channel(o, &r->mbus[i]);
	}
	if (any)
		end(o, "]");
}

static void place(struct out *o, const struct reading *r, enum place p)
{
	for (int q = 0; q < Q_COUNT; q++) {
		if (quantities[q].place != p || q == Q_TARIFF)
			continue;
		quantity(o, r, (enum quantity)q);
		if (q == Q_LIMITER)
			limiter(o, r);
	}
}

static void identity(struct out *o, const struct reading *r)
{
	stamp(o, "time", &r->time);
	text(o, "header", r->header);
	text(o, "version", r->version);
	text(o, "meter", r->meter);
	text(o, "crc", r->crc == CRC_OK ? SPAN("ok") : SPAN("none"));
}

static void measures(struct out *o, const struct reading *r)
{
	quantity(o, r, Q_TARIFF);
	place(o, r, PLACE_COUNTER);
	place(o, r, PLACE_POWER);
	place(o, r, PLACE_PHASE);
	place(o, r, PLACE_QUALITY);
	place(o, r, PLACE_DEMAND);
	if (reading_has(r, Q_DEMAND_PEAK))
		stamp(o, "demand_peak_time", &r->demand_peak_time);
	peaks(o, r);
	place(o, r, PLACE_STATE);
}

size_t json_reading(const struct reading *r, char *buf, size_t size)
{
	struct out o = {.buf = buf, .size = size};

	begin(&o, "{");
	identity(&o, r);
	measures(&o, r);
	failures(&o, r);
	text(&o, "message", r->message);
	text(&o, "message_code", r->message_code);
	channels(&o, r);
	end(&o, "}");
	if (o.n >= size)
		return 0;
	buf[o.n] = '\0';
	return o.n;
}
