#include "sim/render.h"

#include <string.h>

#include "base/span.h"
#include "sim/line.h"
#include "telegram/crc16.h"

/* Output so far; every telegram fits easily. */
struct out {
	char *p;
};

static void put(struct out *o, const char *text)
{
	size_t n = strlen(text);

	memcpy(o->p, text, n);
	o->p += n;
}

static void put_char(struct out *o, char c)
{
	*o->p++ = c;
}

/* The last `digits` digits of v, zero-padded. */
static void put_digits(struct out *o, int64_t v, int digits)
{
	for (int i = digits - 1; i >= 0; i--) {
		o->p[i] = (char)('0' + v % 10);
		v /= 10;
	}
	o->p += digits;
}

/*
 * v is a count of 10^-scale; extra decimals are truncated, missing ones are 0.
 */
static void put_decimal(struct out *o, int64_t v, int scale, int whole,
			int decimals)
{
	v /= power_of_ten(scale - decimals);
	v *= power_of_ten(decimals - scale);
	put_digits(o, v / power_of_ten(decimals), whole);
	if (decimals == 0)
		return;
	put_char(o, '.');
	put_digits(o, v, decimals);
}

static void put_hex(struct out *o, const char *text)
{
	static const char digit[] = "0123456789ABCDEF";

	for (; *text != '\0'; text++) {
		put_char(o, digit[(unsigned char)*text >> 4]);
		put_char(o, digit[(unsigned char)*text & 15]);
	}
}

static void put_id(struct out *o, const struct dialect *d, const char *id)
{
	put_char(o, '(');
	if (d->plain_id)
		put(o, id);
	else
		put_hex(o, id);
	put_char(o, ')');
}

/* YYMMDDhhmmss on the meter's clock. */
static void put_civil(struct out *o, const struct zone *z, int64_t utc)
{
	struct civil c = zone_local(z, utc);

	put_digits(o, c.year, 2);
	put_digits(o, c.month, 2);
	put_digits(o, c.day, 2);
	put_digits(o, c.hour, 2);
	put_digits(o, c.minute, 2);
	put_digits(o, c.second, 2);
}

static void put_time(struct out *o, const struct zone *z, int64_t utc)
{
	put_char(o, '(');
	put_civil(o, z, utc);
	put_char(o, zone_letter(z, utc));
	put_char(o, ')');
}

/* "Never" as printed by meters: a date of all ones. */
#define NEVER "(632525252525W)"

static void put_number(struct out *o, const struct sent_line *l, int64_t v)
{
	put(o, v < 0 ? "(-" : "(");
	put_decimal(o, v < 0 ? -v : v, l->scale, l->whole, l->decimals);
	if (l->unit[0] != '\0')
		put_char(o, '*');
	put(o, l->unit);
	put_char(o, ')');
}

static void put_failures(struct out *o, const struct zone *z,
			 const struct display *f)
{
	put_char(o, '(');
	put_digits(o, f->failures, f->failures < 10 ? 1 : 2);
	put(o, ")(0-0:96.7.19)");
	for (int i = 0; i < f->failures; i++) {
		put_time(o, z, f->failure[i].end);
		put_char(o, '(');
		put_digits(o, f->failure[i].seconds, 10);
		put(o, "*s)");
	}
}

static void put_peaks(struct out *o, const struct zone *z,
		      const struct display *f)
{
	put_char(o, '(');
	put_digits(o, f->peaks, f->peaks < 10 ? 1 : 2);
	put(o, ")(1-0:1.6.0)(1-0:1.6.0)");
	for (int i = 0; i < f->peaks; i++) {
		const struct display_peak *p = &f->peak[i];

		put_time(o, z, p->month_end);
		if (p->w > 0)
			put_time(o, z, p->utc);
		else
			put(o, NEVER);
		put_char(o, '(');
		put_decimal(o, p->w, 3, 2, 3);
		put(o, "*kW)");
	}
}

/* A text that was never written: all FF bytes. */
static void put_ones(struct out *o)
{
	enum { ONES = 1024 };

	put_char(o, '(');
	memset(o->p, 0xFF, ONES);
	o->p += ONES;
	put_char(o, ')');
}

/* One counter of the month's close: rounded down to 100, to have a value. */
static void put_closed(struct out *o, int64_t v, const char *unit)
{
	enum { HUNDRED = 100000, WHOLE = 6, THOUSANDTHS = 3 };

	put_char(o, '(');
	put_decimal(o, v - v % HUNDRED, THOUSANDTHS, WHOLE, THOUSANDTHS);
	put(o, unit);
	put_char(o, ')');
}

/* Total, tariffs 1 and 2 of import and export; reactive ones, sum, peaks. */
static void put_close(struct out *o, const struct zone *z,
		      const struct display *f)
{
	const int64_t *v = f->value;
	const int64_t energy[] = {
		v[DISPLAY_IMPORT_TOTAL], v[DISPLAY_IMPORT_T1],
		v[DISPLAY_IMPORT_T2],	 v[DISPLAY_EXPORT_TOTAL],
		v[DISPLAY_EXPORT_T1],	 v[DISPLAY_EXPORT_T2]
	};

	put_time(o, z, zone_month_start(z, f->utc));
	for (size_t i = 0; i < COUNT(energy); i++)
		put_closed(o, energy[i], "*kWh");
	for (int i = 0; i < 6; i++)
		put_closed(o, 0, "*kvarh");
	put_closed(o, v[DISPLAY_IMPORT_TOTAL] + v[DISPLAY_EXPORT_TOTAL],
		   "*kWh");
	for (int i = 0; i < 6; i++)
		put(o, "(03.500*kW)");
}

static const char *const media_units[DISPLAY_MEDIA] = {
	[DISPLAY_GAS] = "m3",
	[DISPLAY_WATER] = "m3",
	[DISPLAY_HEAT] = "GJ",
};

/* M-Bus device types, EN 13757-3. */
static const int media_types[DISPLAY_MEDIA] = {
	[DISPLAY_GAS] = 3,
	[DISPLAY_WATER] = 7,
	[DISPLAY_HEAT] = 4,
};

static void put_value(struct out *o, const struct zone *z,
		      const struct display_device *d)
{
	if (!d->has_value) {
		put(o, NEVER "(00000.000)");
		return;
	}
	put_time(o, z, d->utc);
	put_char(o, '(');
	put_decimal(o, d->value, 3, 5, 3);
	put_char(o, '*');
	put(o, media_units[d->medium]);
	put_char(o, ')');
}

/* (time)(status)(minutes)(values)(reference)(unit), the value on a new line. */
static void put_profile(struct out *o, const struct dialect *l,
			const struct display_device *d)
{
	put_char(o, '(');
	if (d->has_value)
		put_civil(o, &l->zone, d->utc);
	else
		put(o, "632525252525");
	put(o, ")(00)(");
	put_digits(o, l->mbus_interval / 60, 2);
	put(o, ")(1)(0-");
	put_digits(o, d->channel, 1);
	put(o, ":24.2.1)(");
	put(o, media_units[d->medium]);
	put(o, ")\r\n(");
	put_decimal(o, d->has_value ? d->value : 0, 3, 5, 3);
	put_char(o, ')');
}

/* (value)(YY-MM-DD hh:mm:ss) for each hour since midnight UTC. */
static void put_ring(struct out *o, const struct dialect *l,
		     const struct device_line *line,
		     const struct display_device *d)
{
	for (int i = 0; i < DISPLAY_RING; i++) {
		struct civil c = zone_local(&l->zone, d->past[i].utc);
		/* clang-format off */
		const struct { int number; char behind; } parts[] = {
			{ c.year, '-' }, { c.month, '-' }, { c.day, ' ' },
			{ c.hour, ':' }, { c.minute, ':' }, { c.second, ')' },
		};
		/* clang-format on */

		if (d->past[i].utc == 0)
			continue;
		put(o, line->text);
		put_char(o, '(');
		put_decimal(o, d->past[i].value, 3, 5, 3);
		put(o, "*m3)(");
		for (size_t k = 0; k < COUNT(parts); k++) {
			put_digits(o, parts[k].number, 2);
			put_char(o, parts[k].behind);
		}
		put(o, "\r\n");
	}
}

static void put_device_line(struct out *o, const struct dialect *l,
			    const struct device_line *line,
			    const struct display_device *d)
{
	if (line->kind == DEVICE_RING) {
		put_ring(o, l, line, d);
		return;
	}
	if (strchr(line->text, ':') == NULL) {
		put(o, "0-");
		put_digits(o, d->channel, 1);
		put_char(o, ':');
	}
	put(o, line->text);
	if (line->kind == DEVICE_TYPE) {
		put_char(o, '(');
		put_digits(o, media_types[d->medium], line->digits);
		put_char(o, ')');
	} else if (line->kind == DEVICE_ID) {
		put_id(o, l, d->id);
	} else if (line->kind == DEVICE_PADDED) {
		put_char(o, '(');
		put(o, d->id);
		put(o, "         )");
	} else if (line->kind == DEVICE_VALUE) {
		put_value(o, &l->zone, d);
	} else if (line->kind == DEVICE_PROFILE) {
		put_profile(o, l, d);
	}
	put(o, "\r\n");
}

static void put_devices(struct out *o, const struct dialect *l,
			const struct display *f)
{
	for (int i = 0; i < f->devices; i++)
		for (size_t k = 0; k < l->device_lines->count; k++)
			if (l->device_lines->line[k].media >>
				    f->device[i].medium &
			    1)
				put_device_line(o, l, &l->device_lines->line[k],
						&f->device[i]);
}

static void put_line(struct out *o, const struct dialect *d,
		     const struct sent_line *l, const struct display *f)
{
	put(o, l->text);
	switch (l->kind) {
	case LINE_TEXT:
		break;
	case LINE_TIME:
		put_time(o, &d->zone, f->utc);
		break;
	case LINE_ID:
		put_id(o, d, f->id);
		break;
	case LINE_NUMBER:
		put_number(o, l, f->value[l->item]);
		break;
	case LINE_NET:
		put_number(o, l,
			   f->value[l->item] -
				   f->value[display_returned(l->item)]);
		break;
	case LINE_FAILURES:
		put_failures(o, &d->zone, f);
		break;
	case LINE_PEAK:
		put_time(o, &d->zone, f->month.utc);
		put_number(o, l, f->value[l->item]);
		break;
	case LINE_PEAKS:
		put_peaks(o, &d->zone, f);
		break;
	case LINE_ONES:
		put_ones(o);
		break;
	case LINE_PROFILE:
		put_close(o, &d->zone, f);
		break;
	case LINE_DEVICES:
		put_devices(o, d, f);
		return; /* its lines have ended already */
	}
	put(o, "\r\n");
}

static void put_crc(struct out *o, const char *from, bool zeros)
{
	static const char digit[] = "0123456789ABCDEF";
	uint16_t crc = crc16(0, from, (size_t)(o->p - from));

	for (int shift = 12; shift >= 0; shift -= 4)
		if (zeros || crc >> shift != 0 || shift == 0)
			put_char(o, digit[crc >> shift & 15]);
}

size_t render(const struct dialect *d, const struct display *f,
	      char out[static TELEGRAM_SIZE])
{
	struct out o = { out };
	struct dialect own = *d;

	own.zone.wrong_letter = f->wrong_letter;
	d = &own;
	put(&o, d->header);
	put(&o, d->no_blank_line ? "\r\n" : "\r\n\r\n");
	for (size_t i = 0; i < d->lines->count; i++)
		if (display_phases[d->lines->line[i].item] <= f->phases)
			put_line(&o, d, &d->lines->line[i], f);
	put_char(&o, '!');
	if (d->crc)
		put_crc(&o, out, !d->short_crc);
	put(&o, "\r\n");
	return (size_t)(o.p - out);
}
