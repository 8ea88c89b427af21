#include "web/metrics_reading.h"

#include <math.h>
#include <stdlib.h>

#include "telegram/meter_serial.h"
#include "telegram/obis_quantities.h"
#include "web/metrics_text.h"

enum { TARIFFS = 4 };

/* Factors from thousandths of the unit in JSON. */
#define J_PER_WH 3600
#define J_PER_MJ 1e6
#define MILLI 0.001

enum family {
	NONE, /* written elsewhere */
	ENERGY,
	TARIFF_ENERGY,
	REACTIVE_ENERGY,
	POWER,
	PHASE_POWER,
	REACTIVE_POWER,
	VOLTAGE,
	CURRENT,
	TARIFF,
	DEMAND,
	FAILURES,
	LONG_FAILURES,
	SAGS,
	SWELLS,
	BREAKER,
	LIMITER,
	FUSE,
	FAMILIES
};

/* clang-format off */
static const struct {
	struct metric metric;
	double factor;
} families[FAMILIES] = {
	[ENERGY] = { { "energy_joules_total",
		"Electricity that the meter has counted in all tariffs; 1 kWh is 3600000 J.", true }, J_PER_WH },
	[TARIFF_ENERGY] = { { "tariff_energy_joules_total",
		"Electricity by tariff; in Belgium 1 is the day tariff, in the Netherlands the low one.", true }, J_PER_WH },
	[REACTIVE_ENERGY] = { { "reactive_energy_varhours_total",
		"Reactive energy that the meter has counted.", true }, 1 },
	[POWER] = { { "power_watts", "Power now.", false }, 1 },
	[PHASE_POWER] = { { "phase_power_watts", "Power of each phase now.", false }, 1 },
	[REACTIVE_POWER] = { { "reactive_power_vars", "Reactive power now.", false }, 1 },
	[VOLTAGE] = { { "voltage_volts", "Voltage of each phase.", false }, MILLI },
	[CURRENT] = { { "current_amperes", "Current of each phase.", false }, MILLI },
	[TARIFF] = { { "active_tariff", "Number of the current tariff.", false }, MILLI },
	[DEMAND] = { { "demand_watts",
		"Mean import in this quarter of an hour so far, by the meter.", false }, 1 },
	[FAILURES] = { { "power_failures_total",
		"Power failures in any phase.", true }, MILLI },
	[LONG_FAILURES] = { { "long_power_failures_total",
		"Long power failures, in the Netherlands of 3 minutes or more.", true }, MILLI },
	[SAGS] = { { "voltage_sags_total", "Voltage sags.", true }, MILLI },
	[SWELLS] = { { "voltage_swells_total", "Voltage swells.", true }, MILLI },
	[BREAKER] = { { "breaker_state",
		"The meter's switch: 0 is off, 1 on, 2 ready to be turned on.", false }, MILLI },
	[LIMITER] = { { "limiter_watts", "Power above which the meter switches off.", false }, 1 },
	[FUSE] = { { "fuse_amperes", "Current above which the meter switches off.", false }, MILLI },
};

#define IMPORT "direction=\"import\""
#define EXPORT "direction=\"export\""
#define OF_TARIFF(n) ",tariff=\"" #n "\""
#define ON_PHASE(n) "phase=\"L" #n "\""

static const struct {
	enum family family;
	const char *labels; /* NULL if none */
} places[Q_COUNT] = {
	[Q_IMPORT_TOTAL] = { ENERGY, IMPORT },
	[Q_IMPORT_T1] = { TARIFF_ENERGY, IMPORT OF_TARIFF(1) },
	[Q_IMPORT_T2] = { TARIFF_ENERGY, IMPORT OF_TARIFF(2) },
	[Q_IMPORT_T3] = { TARIFF_ENERGY, IMPORT OF_TARIFF(3) },
	[Q_IMPORT_T4] = { TARIFF_ENERGY, IMPORT OF_TARIFF(4) },
	[Q_EXPORT_TOTAL] = { ENERGY, EXPORT },
	[Q_EXPORT_T1] = { TARIFF_ENERGY, EXPORT OF_TARIFF(1) },
	[Q_EXPORT_T2] = { TARIFF_ENERGY, EXPORT OF_TARIFF(2) },
	[Q_EXPORT_T3] = { TARIFF_ENERGY, EXPORT OF_TARIFF(3) },
	[Q_EXPORT_T4] = { TARIFF_ENERGY, EXPORT OF_TARIFF(4) },
	[Q_REACTIVE_IMPORT_TOTAL] = { REACTIVE_ENERGY, IMPORT },
	[Q_REACTIVE_EXPORT_TOTAL] = { REACTIVE_ENERGY, EXPORT },
	[Q_TARIFF] = { TARIFF, NULL },
	[Q_POWER_IMPORT] = { POWER, IMPORT },
	[Q_POWER_EXPORT] = { POWER, EXPORT },
	[Q_REACTIVE_POWER_IMPORT] = { REACTIVE_POWER, IMPORT },
	[Q_REACTIVE_POWER_EXPORT] = { REACTIVE_POWER, EXPORT },
	[Q_POWER_IMPORT_L1] = { PHASE_POWER, IMPORT "," ON_PHASE(1) },
	[Q_POWER_IMPORT_L2] = { PHASE_POWER, IMPORT "," ON_PHASE(2) },
	[Q_POWER_IMPORT_L3] = { PHASE_POWER, IMPORT "," ON_PHASE(3) },
	[Q_POWER_EXPORT_L1] = { PHASE_POWER, EXPORT "," ON_PHASE(1) },
	[Q_POWER_EXPORT_L2] = { PHASE_POWER, EXPORT "," ON_PHASE(2) },
	[Q_POWER_EXPORT_L3] = { PHASE_POWER, EXPORT "," ON_PHASE(3) },
	[Q_VOLTAGE_L1] = { VOLTAGE, ON_PHASE(1) },
	[Q_VOLTAGE_L2] = { VOLTAGE, ON_PHASE(2) },
	[Q_VOLTAGE_L3] = { VOLTAGE, ON_PHASE(3) },
	[Q_CURRENT_L1] = { CURRENT, ON_PHASE(1) },
	[Q_CURRENT_L2] = { CURRENT, ON_PHASE(2) },
	[Q_CURRENT_L3] = { CURRENT, ON_PHASE(3) },
	[Q_POWER_FAILURES] = { FAILURES, NULL },
	[Q_LONG_POWER_FAILURES] = { LONG_FAILURES, NULL },
	[Q_VOLTAGE_SAGS_L1] = { SAGS, ON_PHASE(1) },
	[Q_VOLTAGE_SAGS_L2] = { SAGS, ON_PHASE(2) },
	[Q_VOLTAGE_SAGS_L3] = { SAGS, ON_PHASE(3) },
	[Q_VOLTAGE_SWELLS_L1] = { SWELLS, ON_PHASE(1) },
	[Q_VOLTAGE_SWELLS_L2] = { SWELLS, ON_PHASE(2) },
	[Q_VOLTAGE_SWELLS_L3] = { SWELLS, ON_PHASE(3) },
	[Q_DEMAND_AVERAGE] = { DEMAND, NULL },
	[Q_DEMAND_PEAK] = { NONE, NULL }, /* month_peak_watts */
	[Q_BREAKER] = { BREAKER, NULL },
	[Q_LIMITER] = { LIMITER, NULL },
	[Q_FUSE_L1] = { FUSE, ON_PHASE(1) },
};
/* clang-format on */

struct values {
	bool known[Q_COUNT];
	int64_t of[Q_COUNT];	       /* thousandths */
	char meter[METER_SERIAL_TEXT]; /* as printed on it; "": unknown */
};

static int64_t thousandths(struct span number)
{
	char text[32] = "";

	if (number.n < sizeof(text))
		memcpy(text, number.p, number.n);
	return llround(strtod(text, NULL) * 1000);
}

static void read_member(void *ctx, const struct span cell[QUERY_CELLS])
{
	struct values *v = ctx;

	if (span_eq(cell[0], SPAN("meter")))
		meter_serial(v->meter, cell[1]);
	for (int i = 0; i < Q_COUNT; i++)
		if (span_eq(span_of(quantities[i].name), cell[0])) {
			v->known[i] = true;
			v->of[i] = thousandths(cell[1]);
		}
}

/*
 * Like the series `import` and `export`: the total, else the sum of its
 * tariffs.
 */
static void add_total(struct values *v, int total, int first)
{
	if (v->known[total])
		return;
	for (int i = first; i < first + TARIFFS; i++) {
		v->known[total] |= v->known[i];
		v->of[total] += v->known[i] ? v->of[i] : 0;
	}
}

static void write_sample(FILE *out, const struct values *v, int i)
{
	enum family f = places[i].family;
	const char *labels = places[i].labels;
	bool meter = quantities[i].place == PLACE_COUNTER && *v->meter != '\0';

	fprintf(out, "p1_%s", families[f].metric.name);
	if (labels != NULL)
		fprintf(out, "{%s", labels);
	if (meter)
		metrics_text_label(out, ",", "meter", span_of(v->meter));
	fprintf(out, "%s %.15g\n", labels != NULL ? "}" : "",
		(double)v->of[i] * families[f].factor);
}

static void write_family(FILE *out, const struct values *v, enum family f)
{
	bool any = false;

	for (int i = 0; i < Q_COUNT; i++) {
		if (places[i].family != f || !v->known[i])
			continue;
		if (!any)
			metrics_text_head(out, &families[f].metric);
		any = true;
		write_sample(out, v, i);
	}
}

/*
 * Each medium in its usual unit has its own metric; the last row of a unit is
 * for all others.
 */
static const struct mbus_family {
	const char *medium; /* NULL: a label says which */
	enum unit unit;
	double factor;
	struct metric metric;
} mbus_families[] = {
	{ "gas",
	  UNIT_DM3,
	  MILLI,
	  { "gas_cubic_meters_total", "Gas that the meter has counted.",
	    true } },
	{ "water",
	  UNIT_DM3,
	  MILLI,
	  { "water_cubic_meters_total", "Water that the meter has counted.",
	    true } },
	{ "warm_water",
	  UNIT_DM3,
	  MILLI,
	  { "warm_water_cubic_meters_total",
	    "Warm water that the meter has counted.", true } },
	{ "heat",
	  UNIT_MJ,
	  J_PER_MJ,
	  { "heat_joules_total", "Heat that the meter has counted.", true } },
	{ "cold",
	  UNIT_MJ,
	  J_PER_MJ,
	  { "cold_joules_total", "Cooling that the meter has counted.",
	    true } },
	{ NULL,
	  UNIT_DM3,
	  MILLI,
	  { "mbus_cubic_meters_total", "Counters of other M-Bus meters.",
	    true } },
	{ NULL,
	  UNIT_MJ,
	  J_PER_MJ,
	  { "mbus_heat_joules_total", "Counters of other M-Bus meters in GJ.",
	    true } },
	{ NULL,
	  UNIT_WH,
	  J_PER_WH,
	  { "mbus_energy_joules_total",
	    "Counters of other M-Bus meters in kWh.", true } },
};

static const struct mbus_family *mbus_family(struct span medium,
					     struct span unit)
{
	for (size_t i = 0; i < COUNT(mbus_families); i++) {
		const struct mbus_family *f = &mbus_families[i];

		if (span_eq(unit, span_of(units[f->unit].json)) &&
		    (f->medium == NULL || span_eq(medium, span_of(f->medium))))
			return f;
	}
	return NULL;
}

struct mbus_rows {
	FILE *out;
	const struct mbus_family *before; /* of the row before this one */
};

static void write_mbus(void *ctx, const struct span cell[QUERY_CELLS])
{
	const struct mbus_family *f = mbus_family(cell[1], cell[3]);
	struct mbus_rows *m = ctx;
	char serial[METER_SERIAL_TEXT];

	if (f == NULL)
		return;
	if (f != m->before)
		metrics_text_head(m->out, &f->metric);
	m->before = f;
	fprintf(m->out, "p1_%s", f->metric.name);
	metrics_text_label(m->out, "{", "channel", cell[0]);
	if (f->medium == NULL)
		metrics_text_label(m->out, ",", "medium", cell[1]);
	metrics_text_label(m->out, ",", "meter",
			   span_of(meter_serial(serial, cell[2])));
	fprintf(m->out, "} %.15g\n", (double)thousandths(cell[4]) * f->factor);
}

void metrics_reading(struct query *q, struct span line, bool recent, FILE *out)
{
	struct mbus_rows m = { out, NULL };
	struct values v = { 0 };
	struct err ignored;

	query_line(q, QUERY_MEMBERS, line, read_member, &v, &ignored);
	add_total(&v, Q_IMPORT_TOTAL, Q_IMPORT_T1);
	add_total(&v, Q_EXPORT_TOTAL, Q_EXPORT_T1);
	for (int f = NONE + 1; f < FAMILIES; f++)
		if (recent || families[f].metric.counter)
			write_family(out, &v, (enum family)f);
	query_line(q, QUERY_MBUS, line, write_mbus, &m, &ignored);
}
