#include "forward/udp_values_format.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/fixed.h"
#include "telegram/obis_code.h"

bool value_source_find(struct span text, struct value_source *out)
{
	uint32_t obis = obis_parse(text);

	*out = (struct value_source){ .quantity = -1 };
	switch (obis_without_channel(obis)) {
	case OBIS(0, 0, 24, 2, 1):
	case OBIS(0, 0, 24, 2, 3):
	case OBIS(0, 0, 24, 3, 0):
		out->channel = obis_channel(obis);
		return out->channel >= 1 && out->channel <= MBUS_CHANNELS;
	default:
		out->quantity = quantity_of(obis);
		return out->quantity >= 0;
	}
}

char *value_text(char buf[static VALUE_TEXT], int64_t value, int decimals)
{
	size_t n;

	if (decimals == 0) {
		snprintf(buf, VALUE_TEXT, "%" PRId64, value);
		return buf;
	}
	n = strlen(fixed_format(buf, value));
	while (buf[n - 1] == '0' && buf[n - 2] != '.')
		buf[--n] = '\0';
	return buf;
}

/* The slot of the source's channel; NULL without a value. */
static const struct mbus *channel_of(const struct value_source *from,
				     const struct reading *r)
{
	const struct mbus *m =
		from->channel > 0 ? &r->mbus[from->channel - 1] : NULL;

	return m != NULL && m->has_value ? m : NULL;
}

bool value_fresh(const struct value_source *from, const struct reading *r,
		 const struct value_state *s)
{
	const struct mbus *m = channel_of(from, r);

	return m != NULL && (!s->sent || m->time.utc != s->utc);
}

static bool quantity_news(enum quantity q, const struct reading *r,
			  bool counters, const struct value_state *s)
{
	if (!reading_has(r, q))
		return false;
	if (!s->sent)
		return true;
	return quantities[q].place == PLACE_COUNTER ? counters
						    : r->value[q] != s->value;
}

bool value_news(const struct value_source *from, const struct reading *r,
		bool counters, struct value_state *s,
		char buf[static VALUE_TEXT])
{
	const struct mbus *m = channel_of(from, r);
	enum unit unit = UNIT_NUMBER;

	if (from->quantity < 0) {
		if (!value_fresh(from, r, s))
			return false;
		unit = m->unit;
		*s = (struct value_state){ true, m->value, m->time.utc };
	} else {
		enum quantity q = (enum quantity)from->quantity;

		if (!quantity_news(q, r, counters, s))
			return false;
		unit = quantities[q].unit;
		*s = (struct value_state){ true, r->value[q], 0 };
	}
	value_text(buf, s->value, units[unit].decimals);
	return true;
}
