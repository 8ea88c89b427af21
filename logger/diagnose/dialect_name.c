#include "logger/diagnose/dialect_name.h"

#include <stdio.h>

#include "telegram/country_utc_offset.h"
#include "telegram/lines.h"
#include "telegram/obis_code.h"
#include "telegram/obis_description.h"

/* Properties that distinguish dialects. */
enum fact {
	FACT_VERSION = 1 << 0, /* 1-3:0.2.8 */
	FACT_EMUCS = 1 << 1,   /* 0-0:96.1.4 */
	FACT_TIME = 1 << 2,    /* the telegram has a time */
	FACT_TOTAL = 1 << 3,   /* 1.8.0 */
	FACT_TARIFFS = 1 << 4, /* 1.8.1 */
	FACT_B1 = 1 << 5,      /* registers with B = 1 */
	FACT_WH = 1 << 6,      /* total in Wh, without decimals */
	FACT_EAST = 1 << 7,    /* two hours ahead of UTC */
	FACT_DEVICE = 1 << 8,  /* 0-0:42.0.0 */
	FACT_ACE = 1 << 9,     /* gas lines of DSMR 2.2 on paper */
	FACT_EASY = 1 << 10,   /* EasyMeter's header */
	FACT_ISKRA = 1 << 11,  /* Iskraemeco's header */
	FACT_EBZ = 1 << 12,    /* eBZ's header */
};

/* The first row with all its required facts and no excluded one. */
static const struct {
	unsigned all, none;
	const char *text;
} kinds[] = {
	{ FACT_EMUCS | FACT_B1, 0, "e-MUCS, Switzerland" },
	{ FACT_EMUCS, 0, "e-MUCS, Belgium" },
	{ FACT_ACE, 0, "DSMR 2.2 of the Actaris ACE4000, the Netherlands" },
	{ FACT_EASY, 0, "EasyMeter, Germany" },
	{ FACT_EBZ, 0, "eBZ, Germany" },
	{ FACT_ISKRA, 0, "Iskraemeco IE.5 or IE.7" },
	{ FACT_EAST, 0, "Lithuania" },
	{ FACT_TOTAL | FACT_WH | FACT_VERSION, 0, "Austria" },
	{ FACT_TOTAL | FACT_DEVICE | FACT_TARIFFS, 0, "Hungary" },
	{ FACT_TOTAL | FACT_VERSION, FACT_TARIFFS, "Smarty, Luxembourg" },
	{ FACT_TOTAL | FACT_TIME, FACT_TARIFFS | FACT_VERSION,
	  "H1, Sweden or Finland" },
	{ FACT_TOTAL | FACT_TARIFFS | FACT_TIME, 0,
	  "P1 with totals, like Hungary's" },
	{ FACT_TARIFFS | FACT_VERSION, 0, "DSMR, the Netherlands" },
	{ FACT_TARIFFS, FACT_TIME | FACT_TOTAL,
	  "DSMR 2.2 or 3.0, the Netherlands" },
	{ 0, FACT_TARIFFS | FACT_TOTAL, "no electricity, like a heat meter" },
	{ 0, 0, "an unknown dialect of P1" },
};

static unsigned fact_of(const struct line *line)
{
	struct span unit = line_value(line->groups).unit;
	uint32_t obis = obis_parse(line->obis);

	switch (obis) {
	case OBIS(1, 3, 0, 2, 8):
		return FACT_VERSION;
	case OBIS(0, 0, 96, 1, 4):
		return FACT_EMUCS;
	case OBIS(0, 0, 1, 0, 0):
	case OBIS(0, 0, 1, 1, 0):
		return FACT_TIME;
	case OBIS(1, 0, 1, 8, 0):
		return span_eq(unit, SPAN("Wh")) ? FACT_TOTAL | FACT_WH
						 : FACT_TOTAL;
	case OBIS(1, 0, 1, 8, 1):
		return FACT_TARIFFS;
	case OBIS(1, 1, 1, 8, 1):
		return FACT_TARIFFS | FACT_B1;
	case OBIS(0, 0, 42, 0, 0):
		return FACT_DEVICE;
	case OBIS(7, 0, 23, 1, 0):
		return FACT_ACE;
	default:
		return 0;
	}
}

static unsigned facts_of(const struct reading *r)
{
	enum { IRELAND = 0, EAST = 7200 };
	int base = country_utc_offset(r->header, r->kilovolts);
	struct span rest = r->raw;
	struct line line;
	unsigned facts = 0;

	if (span_starts(r->header, SPAN("/ESY")))
		facts |= FACT_EASY;
	if (span_starts(r->header, SPAN("/EBZ")))
		facts |= FACT_EBZ;
	if (span_starts(r->header, SPAN("/ISk9\\2MIE")))
		facts |= FACT_ISKRA;
	if (base == IRELAND || base == EAST)
		facts |= base == EAST ? FACT_EAST : FACT_ISKRA;
	while (telegram_line(&rest, &line))
		facts |= fact_of(&line);
	return facts;
}

/* DSMR prints "42" for 4.2 and "50" for 5.0. */
static void put_version(char *buf, struct span version, const char *rest)
{
	snprintf(buf, DIALECT_NAME_TEXT, "DSMR %c.%c%s", version.p[0],
		 version.p[1], rest);
}

char *dialect_name_text(char buf[static DIALECT_NAME_TEXT],
			const struct reading *r)
{
	unsigned facts = facts_of(r);
	size_t i = 0;

	while ((facts & kinds[i].all) != kinds[i].all ||
	       (facts & kinds[i].none) != 0)
		i++;
	snprintf(buf, DIALECT_NAME_TEXT, "%s", kinds[i].text);
	if (span_starts(span_of(kinds[i].text), SPAN("DSMR,")) &&
	    r->version.n == 2)
		put_version(buf, r->version, kinds[i].text + 4);
	return buf;
}
