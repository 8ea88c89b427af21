#include "telegram/obis_description.h"

#include <stdio.h>

#include "telegram/lines.h"
#include "telegram/obis_code.h"
#include "telegram/obis_quantities.h"
#include "telegram/units.h"

enum { ANY = -1, TIMESTAMP_DIGITS = 12 /* a 'W' after them is not a unit */ };

/* A reference by its groups; the first matching row counts. */
struct row {
	int a, b, c, d, e;
	const char *text;
	const char *kept; /* table.column; NULL: that of the quantity, or not
			     stored */
	bool personal;
	const char *form; /* see obis_description_form; NULL if none */
};

/* clang-format off */
static const struct row rows[] = {
	{ 1, 3, 0, 2, 8,     "version of the telegram",        "identity.version", false, "c" },
	{ 0, 0, 96, 1, 4,    "version of the telegram",        "identity.version", false, "c" },
	{ 0, 0, 1, 0, 0,     "time of the telegram",           "electricity.ts", false, "t" },
	{ 0, 0, 1, 1, 0,     "time of the telegram",           "electricity.ts", false, "t" },
	{ 0, 0, 96, 1, 1,    "identifier of the meter",        "meter.identifier", true, NULL },
	{ 0, 0, 96, 1, 0,    "serial number of the meter",     "meter.identifier", true, NULL },
	{ 0, 0, 96, 1, 2,    "EAN of the connection, or a key", NULL, true, NULL },
	{ ANY, 0, 96, 1, ANY, "an identifier",                 NULL, true, NULL },
	{ 0, 0, 42, 0, 0,    "logical device name",            "meter.identifier", true, NULL },
	{ ANY, 0, 0, 0, 0,   "identifier of the meter",        "meter.identifier", true, NULL },
	{ ANY, 0, 0, 0, ANY, "an identifier",                  NULL, true, NULL },
	{ 0, 0, 96, 14, 0,   "current tariff",                 NULL, false, "c" },
	{ 0, 0, 96, 14, ANY, "current tariff",                 NULL, false, "c" },
	{ 0, 0, 96, 3, 10,   "breaker: 0 off, 1 on, 2 ready",  NULL, false, "c" },
	{ 0, 0, 96, 50, 68,  "breaker: on or off",             "state.breaker", false, "c|o" },
	{ 0, 0, 24, 4, 0,    "breaker: 0 off, 1 on",           "state.breaker", false, "c|o" },
	{ 0, ANY, 96, 3, 10, "state of relay %d",              NULL, false, "c" },
	{ 0, 0, 17, 0, 0,    "power limit",                    NULL, false, "n" },
	{ 1, ANY, 31, 4, 0,  "fuse: current limit",            NULL, false, "n" },
	{ 1, ANY, 51, 4, 0,  "fuse: current limit, L2",        NULL, false, "n" },
	{ 1, ANY, 71, 4, 0,  "fuse: current limit, L3",        NULL, false, "n" },
	{ 0, 0, 96, 7, 21,   "power failures",                 NULL, false, "c" },
	{ 0, 0, 96, 7, 9,    "long power failures",            NULL, false, "c" },
	{ 1, 0, 99, 97, 0,   "log of long power failures",     "power_failure", false, "cr:tn" },
	{ 0, 0, 98, 1, 0,    "monthly peaks, month-end values","month_peak", false, "crr:ttn|t:n" },
	{ 0, 0, 96, 13, 0,   "text message",                   "message.text", true, NULL },
	{ 0, 0, 96, 13, 1,   "code of the message",            "message.code", true, NULL },
	{ 0, 0, 96, 13, ANY, "text message",                   NULL, true, NULL },
	{ 1, ANY, 1, 4, 0,   "quarter-hour average power", NULL, false, "n|tn" },
	{ 1, ANY, 2, 4, 0,   "quarter-hour average power returned", NULL, false, "n|tn" },
	{ 1, ANY, 1, 6, 0,   "peak power of the month",        NULL, false, "n|tn" },
	{ 1, ANY, 2, 6, 0,   "peak returned power of the month", NULL, false, "n|tn" },
	{ 1, 0, 0, 4, 2,     "ratio of current transformers",  NULL, false, "n" },
	{ 1, 0, 0, 4, 3,     "ratio of voltage transformers",  NULL, false, "n" },
	{ 1, ANY, 0, 2, ANY, "firmware of the meter",          NULL, false, NULL },
	{ ANY, 0, 0, 9, 1,   "time of the meter's clock",      "electricity.ts", false, "c" },
	{ ANY, 0, 0, 9, 2,   "date of the meter's clock",      "electricity.ts", false, "c" },
	{ 1, 0, 96, 5, 0,    "status of the meter",            NULL, false, "c" },
	{ 1, 0, 96, 5, 5,    "status of the meter",            NULL, false, "c" },
	{ 0, 0, 96, 8, 0,    "time in operation",              NULL, false, NULL },
	{ 1, 0, 99, 1, 0,    "load profile",                   NULL, false, NULL },
	{ 0, ANY, 24, 1, 0,  "M-Bus %d: type of meter",        "meter.medium", false, "c" },
	{ 0, ANY, 24, 2, 1,  "M-Bus %d: counter and its time", "mbus.value", false, "tn" },
	{ 0, ANY, 24, 2, 3,  "M-Bus %d: counter and its time", "mbus.value", false, "tn" },
	{ 0, ANY, 24, 2, ANY, "M-Bus %d: counter",             NULL, false, "tn|n" },
	{ 0, ANY, 24, 3, 0,  "M-Bus %d: counter and its time", "mbus.value", false, "tcccrun" },
	{ 0, ANY, 24, 3, ANY, "M-Bus %d: counter and its time", NULL, false, "tcccrun" },
	{ 0, ANY, 24, 4, 0,  "M-Bus %d: valve",                NULL, false, "c" },
	{ 0, ANY, 96, 1, 0,  "M-Bus %d: identifier",           "meter.identifier", true, NULL },
	{ 0, ANY, 96, 1, 1,  "M-Bus %d: identifier",           "meter.identifier", true, NULL },
	{ 0, ANY, 96, 1, ANY, "M-Bus %d: another identifier",  NULL, true, NULL },
	{ 7, 0, 23, 1, 0,    "gas: counter and its time",      "mbus.value", false, "tn|nt" },
	{ 7, 0, 23, 2, 0,    "gas: counter and its time",      "mbus.value", false, "tn|nt" },
	{ 7, 0, 24, 4, 0,    "gas: valve",                     NULL, false, "c" },
	{ 5, 0, 1, 0, 0,     "heat: counter",                  "mbus.value", false, "tn|nt" },
	{ 6, 0, 1, 0, 0,     "cooling: counter",               "mbus.value", false, "tn|nt" },
	{ 8, 0, 1, 0, 0,     "water: counter",                 "mbus.value", false, "tn|nt" },
};

/*
 * Electricity: groups C 1 to 20 cover all phases; each phase adds 20. %d is the
 * tariff.
 */
static const struct {
	int c, d, e;
	const char *text;
} measured[] = {
	{ 1, 8, 0,    "energy from the grid" },
	{ 1, 8, ANY,  "energy from the grid, tariff %d" },
	{ 2, 8, 0,    "energy returned" },
	{ 2, 8, ANY,  "energy returned, tariff %d" },
	{ 3, 8, 0,    "reactive energy drawn" },
	{ 3, 8, ANY,  "reactive energy drawn, tariff %d" },
	{ 4, 8, 0,    "reactive energy returned" },
	{ 4, 8, ANY,  "reactive energy returned, tariff %d" },
	{ 5, 8, ANY,  "reactive energy, quadrant 1" },
	{ 6, 8, ANY,  "reactive energy, quadrant 2" },
	{ 7, 8, ANY,  "reactive energy, quadrant 3" },
	{ 8, 8, ANY,  "reactive energy, quadrant 4" },
	{ 9, 8, ANY,  "apparent energy drawn" },
	{ 10, 8, ANY, "apparent energy returned" },
	{ 15, 8, ANY, "energy drawn plus returned" },
	{ 16, 8, ANY, "energy drawn minus returned" },
	{ 1, 7, 0,    "power from the grid" },
	{ 2, 7, 0,    "power returned" },
	{ 3, 7, 0,    "reactive power drawn" },
	{ 4, 7, 0,    "reactive power returned" },
	{ 5, 7, 0,    "reactive power, quadrant 1" },
	{ 6, 7, 0,    "reactive power, quadrant 2" },
	{ 7, 7, 0,    "reactive power, quadrant 3" },
	{ 8, 7, 0,    "reactive power, quadrant 4" },
	{ 9, 7, 0,    "apparent power drawn" },
	{ 10, 7, 0,   "apparent power returned" },
	{ 11, 7, 0,   "current" },
	{ 12, 7, 0,   "voltage" },
	{ 13, 7, 0,   "power factor" },
	{ 14, 7, 0,   "frequency" },
	{ 15, 7, 0,   "power drawn plus returned" },
	{ 16, 7, 0,   "power drawn minus returned" },
	{ 1, 24, 0,   "average power from the grid" },
	{ 2, 24, 0,   "average power returned" },
	{ 15, 24, 0,  "average power, drawn plus returned" },
	{ 16, 24, 0,  "average power, drawn minus returned" },
	{ 11, 4, 0,   "average current" },
	{ 11, 24, 0,  "average current" },
	{ 12, 24, 0,  "average voltage" },
	{ 12, 32, 0,  "voltage sags" },
	{ 12, 33, 0,  "length of the last voltage sag" },
	{ 12, 34, 0,  "depth of the last voltage sag" },
	{ 12, 36, 0,  "voltage swells" },
	{ 12, 37, 0,  "length of the last voltage swell" },
	{ 12, 38, 0,  "height of the last voltage swell" },
};
/* clang-format on */

enum { PHASE_STEP = 20, PHASES = 3 };

static int group(uint32_t obis, int shift, int mask)
{
	return (int)(obis >> shift) & mask;
}

static bool fits(int wanted, int is)
{
	return wanted == ANY || wanted == is;
}

static const struct row *find_row(uint32_t obis)
{
	int a = group(obis, 28, 15), b = group(obis, 24, 15);
	int c = group(obis, 16, 255), d = group(obis, 8, 255);
	int e = group(obis, 0, 255);

	for (size_t i = 0; i < COUNT(rows); i++)
		if (fits(rows[i].a, a) && fits(rows[i].b, b) &&
		    rows[i].c == c && fits(rows[i].d, d) && fits(rows[i].e, e))
			return &rows[i];
	return NULL;
}

/* The texts contain at most one %d. */
static void put(char *buf, const char *text, int number)
{
	const char *hole = strstr(text, "%d");

	if (hole == NULL)
		snprintf(buf, OBIS_DESCRIPTION_TEXT, "%s", text);
	else
		snprintf(buf, OBIS_DESCRIPTION_TEXT, "%.*s%d%s",
			 (int)(hole - text), text, number, hole + 2);
}

static bool measured_text(char *buf, uint32_t obis)
{
	int c = group(obis, 16, 255), d = group(obis, 8, 255);
	int e = group(obis, 0, 255), phase = (c - 1) / PHASE_STEP;
	size_t n;

	if (group(obis, 28, 15) != 1 || c < 1 || phase > PHASES)
		return false;
	c -= phase * PHASE_STEP;
	for (size_t i = 0; i < COUNT(measured); i++) {
		if (measured[i].c != c || measured[i].d != d ||
		    !fits(measured[i].e, e))
			continue;
		put(buf, measured[i].text, e);
		n = strlen(buf);
		if (phase > 0)
			snprintf(buf + n, OBIS_DESCRIPTION_TEXT - n, ", L%d",
				 phase);
		return true;
	}
	return false;
}

char *obis_description_text(char buf[static OBIS_DESCRIPTION_TEXT],
			    uint32_t obis)
{
	const struct row *row = find_row(obis);

	buf[0] = '\0';
	if (obis == OBIS_NONE)
		return buf;
	if (obis == OBIS(1, 0, 90, 7, 0) || obis == OBIS(1, 0, 91, 7, 0))
		put(buf,
		    group(obis, 16, 255) == 90 ? "sum of the phase currents"
					       : "current, neutral",
		    0);
	else if (row != NULL)
		put(buf, row->text, obis_channel(obis));
	else
		measured_text(buf, obis_common(obis));
	return buf;
}

bool obis_description_is_personal(uint32_t obis)
{
	const struct row *row = find_row(obis);

	return row != NULL && row->personal;
}

const char *obis_description_form(uint32_t obis)
{
	char text[OBIS_DESCRIPTION_TEXT];
	const struct row *row = find_row(obis);

	if (row == NULL)
		row = find_row(obis_common(obis));
	if (row != NULL)
		return row->form;
	return *obis_description_text(text, obis) != '\0' ? "n" : NULL;
}

static const char *const tables[] = {
	[PLACE_COUNTER] = "electricity", [PLACE_POWER] = "electricity",
	[PLACE_PHASE] = "phases",	 [PLACE_QUALITY] = "quality",
	[PLACE_DEMAND] = "demand",	 [PLACE_STATE] = "state",
};

char *kept_text(char buf[static KEPT_TEXT], uint32_t obis)
{
	const struct row *row = find_row(obis);
	int q = quantity_of(obis_common(obis));

	buf[0] = '\0';
	if (q >= 0)
		snprintf(buf, KEPT_TEXT, "%s.%s", tables[quantities[q].place],
			 quantities[q].column);
	else if (row != NULL && row->kept != NULL)
		snprintf(buf, KEPT_TEXT, "%s", row->kept);
	return buf;
}

struct line_value line_value(struct span groups)
{
	struct line_value v = { 0 };
	struct span value;

	while (telegram_group(&groups, &value)) {
		struct span rest = value, number;
		struct printed p = printed_split(value);
		int scale;

		if (span_cut(&rest, '*', &number))
			return (struct line_value){ span_trim(number),
						    span_trim(rest) };
		v.number = span_trim(value);
		if (p.number.n == TIMESTAMP_DIGITS ||
		    unit_find(p.unit, &scale) == UNIT_COUNT)
			continue;
		v.unit = p.unit;
		if (p.number.n > 0)
			return (struct line_value){ p.number, p.unit };
	}
	return v;
}
