/* Powers with a sign, import minus export. */
#include "telegram/obis_code.h"
#include "telegram/parse.h"
#include "telegram/parse_parts.h"

/* References of the net powers: of all phases, then of each. */
static const struct {
	uint32_t drawn, net;
	enum quantity import, export;
} powers[NET_POWERS] = {
	{ OBIS(1, 0, 1, 7, 0), OBIS(1, 0, 16, 7, 0), Q_POWER_IMPORT,
	  Q_POWER_EXPORT },
	{ OBIS(1, 0, 21, 7, 0), OBIS(1, 0, 36, 7, 0), Q_POWER_IMPORT_L1,
	  Q_POWER_EXPORT_L1 },
	{ OBIS(1, 0, 41, 7, 0), OBIS(1, 0, 56, 7, 0), Q_POWER_IMPORT_L2,
	  Q_POWER_EXPORT_L2 },
	{ OBIS(1, 0, 61, 7, 0), OBIS(1, 0, 76, 7, 0), Q_POWER_IMPORT_L3,
	  Q_POWER_EXPORT_L3 },
};

static bool signed_watts(struct span value, int64_t *w)
{
	bool minus;

	value = span_trim(value);
	minus = value.n > 0 && *value.p == '-';
	if (!printed_count(printed_split(span_skip(value, minus)), UNIT_W, w))
		return false;
	*w = minus ? -*w : *w;
	return true;
}

bool net_power_line(struct parse *p, const struct known_line *l)
{
	const uint32_t reference = l->known->reference;

	for (int i = 0; i < NET_POWERS; i++) {
		struct net_power *net = &p->net[i];

		if (reference != powers[i].drawn && reference != powers[i].net)
			continue;
		if (!net->known)
			net->known = signed_watts(l->value, &net->w);
		return net->known;
	}
	return false;
}

void net_power_finish(struct parse *p)
{
	struct reading *r = p->r;

	for (int i = 0; i < NET_POWERS; i++) {
		int64_t w = p->net[i].w;

		if (!p->net[i].known || reading_has(r, powers[i].import) ||
		    reading_has(r, powers[i].export))
			continue;
		reading_set(r, powers[i].import, w > 0 ? w : 0);
		reading_set(r, powers[i].export, w < 0 ? -w : 0);
		r->minus = r->minus || w < 0;
	}
}

void telegram_no_minus(struct reading *r)
{
	for (int i = 0; i < NET_POWERS; i++)
		if (reading_has(r, powers[i].import) &&
		    !reading_has(r, powers[i].export))
			reading_set(r, powers[i].export, 0);
}
