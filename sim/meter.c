#include "sim/meter.h"

#include <stdlib.h>
#include <string.h>

#include "base/utc.h"
#include "sim/demand_register.h"
#include "sim/mbus_device.h"
#include "sim/random.h"

enum {
	A_MINUTE = 60,
	JOULES_A_WH = 3600,
};

enum stream {
	STREAM_ID = 200,
	STREAM_INITIAL,
	STREAM_VOLTAGE,
	STREAM_RIPPLE,
	STREAM_SAG,
	STREAM_FAILURE,
	STREAM_MBUS,
};

const char *const initial_names[INITIAL_COUNT] = {
	[INITIAL_IMPORT_T1] = "import_t1",
	[INITIAL_IMPORT_T2] = "import_t2",
	[INITIAL_EXPORT_T1] = "export_t1",
	[INITIAL_EXPORT_T2] = "export_t2",
	[INITIAL_GAS] = "gas",
	[INITIAL_WATER] = "water",
	[INITIAL_HEAT] = "heat",
};

struct sim_meter {
	struct sim_meter_options options;
	struct household house;
	struct flow flow; /* last step */
	int64_t utc;
	int64_t joules[2][2]; /* imported, exported; tariff 1 and 2 */
	int tariff;
	int installed; /* number of meters and devices created */
	char id[DISPLAY_ID];
	int devices;
	struct mbus_device device[DISPLAY_MEDIA];
	int64_t sags[HOUSEHOLD_PHASES], swells[HOUSEHOLD_PHASES];
	int64_t short_failures;
	int failures;
	struct display_failure failure[DISPLAY_FAILURES];
	struct demand_register peaks;
};

static uint64_t chance(const struct sim_meter *m, int stream, int64_t n)
{
	return random_at(m->options.seed, (uint64_t)stream, (uint64_t)n);
}

/* Create an identifier from the pattern, or use the given one. */
static void make_id(struct sim_meter *m, const char *pattern, const char *id,
		    char out[static DISPLAY_ID])
{
	uint64_t digits = chance(m, STREAM_ID, m->installed++);
	size_t n = strlen(id != NULL ? id : pattern);

	if (n >= DISPLAY_ID)
		n = DISPLAY_ID - 1;
	memcpy(out, id != NULL ? id : pattern, n);
	out[n] = '\0';
	for (size_t i = 0; id == NULL && i < n; i++) {
		if (out[i] != '#')
			continue;
		out[i] = (char)('0' + digits % 10);
		digits /= 10;
	}
}

/* Initial value of a counter: as requested, or typical of an older meter. */
static int64_t initial(const struct sim_meter *m, enum initial i)
{
	static const struct {
		int64_t low, high;
	} usual[INITIAL_COUNT] = {
		[INITIAL_IMPORT_T1] = { 2000000, 9000000 },
		[INITIAL_IMPORT_T2] = { 2000000, 9000000 },
		[INITIAL_EXPORT_T1] = { 300000, 1500000 },
		[INITIAL_EXPORT_T2] = { 700000, 3500000 },
		[INITIAL_GAS] = { 900000, 9000000 },
		[INITIAL_WATER] = { 90000, 900000 },
		[INITIAL_HEAT] = { 20000, 200000 },
	};

	if (m->options.initial[i] >= 0)
		return m->options.initial[i];
	if (m->options.solar_w == 0 &&
	    (i == INITIAL_EXPORT_T1 || i == INITIAL_EXPORT_T2))
		return 0;
	return random_from(chance(m, STREAM_INITIAL, i), usual[i].low,
			   usual[i].high);
}

static void add_device(struct sim_meter *m, enum display_medium medium)
{
	static const enum initial counters[DISPLAY_MEDIA] = {
		[DISPLAY_GAS] = INITIAL_GAS,
		[DISPLAY_WATER] = INITIAL_WATER,
		[DISPLAY_HEAT] = INITIAL_HEAT,
	};
	const struct dialect *l = m->options.dialect;
	struct mbus_device *d = &m->device[m->devices++];
	int64_t offset = 0;

	/* devices that report every five minutes have their own clock */
	if (l->mbus_interval < HOUR_S)
		offset = random_from(chance(m, STREAM_MBUS, medium), 0, 9);
	mbus_device_init(d, medium, initial(m, counters[medium]),
			 l->mbus_interval, offset);
	d->shown.channel = m->devices;
	make_id(m, l->device_id[medium], NULL, d->shown.id);
	mbus_device_report(d, mbus_device_last(d, m->utc));
}

/* Create the history of an older meter. */
static void remember(struct sim_meter *m)
{
	int64_t ago = 0;

	m->short_failures = random_from(chance(m, STREAM_FAILURE, 0), 2, 12);
	m->failures = (int)random_from(chance(m, STREAM_FAILURE, 1), 0, 3);
	for (int i = 0; i < m->failures; i++) {
		uint64_t bits = chance(m, STREAM_FAILURE, 2 + i);

		ago += random_from(bits, 10 * DAY_S, 400 * DAY_S);
		m->failure[i] = (struct display_failure){
			.end = m->utc - ago,
			.seconds = random_from(bits >> 32, 181, 9000),
		};
	}
	if (m->options.dialect->clock_was_reset)
		m->failure[m->failures++] = (struct display_failure){
			.end = INT64_C(946681201), /* 2000-01-01 00:00:01 W */
			.seconds = INT32_MAX,
		};
	for (int i = 0; i < HOUSEHOLD_PHASES; i++) {
		uint64_t bits = chance(m, STREAM_SAG, -1 - i);

		m->sags[i] = random_from(bits, 0, 9);
		m->swells[i] = random_from(bits >> 32, 0, 2);
	}
}

/* The tariff at this time, by the local clock. */
static int tariff_at(const struct sim_meter *m, int64_t utc)
{
	const struct dialect *l = m->options.dialect;
	int64_t local = utc + zone_offset(&l->zone, utc);
	int weekday = zone_weekday(local / DAY_S);
	int hour = (int)(local % DAY_S / HOUR_S);
	bool day = weekday >= 1 && weekday <= 5 && hour >= l->day_from &&
		   hour < l->day_to;

	return day ? l->day_tariff : 3 - l->day_tariff;
}

struct sim_meter *meter_new(const struct sim_meter_options *o)
{
	static const enum initial counters[2][2] = {
		{ INITIAL_IMPORT_T1, INITIAL_IMPORT_T2 },
		{ INITIAL_EXPORT_T1, INITIAL_EXPORT_T2 },
	};
	struct sim_meter *m = calloc(1, sizeof(*m));
	struct household_options h = { o->seed, o->dialect->zone, o->phases,
				       o->solar_w };

	if (m == NULL)
		return NULL;
	m->options = *o;
	m->utc = o->start;
	household_init(&m->house, &h);
	make_id(m, o->dialect->id, NULL, m->id);
	for (int t = 0; t < 2; t++)
		for (int way = 0; way < 2; way++)
			m->joules[way][t] =
				initial(m, counters[way][t]) * JOULES_A_WH;
	for (int i = 0; i < DISPLAY_MEDIA; i++) {
		bool *has = &m->options.has[i];

		*has = (*has || o->dialect->always >> i & 1) &&
		       dialect_carries(o->dialect, (enum display_medium)i);
		if (*has)
			add_device(m, (enum display_medium)i);
	}
	remember(m);
	demand_register_begin(&m->peaks, &o->dialect->zone, m->utc);
	household_flow(&m->house, m->utc, &m->flow);
	m->tariff = tariff_at(m, m->utc);
	return m;
}

void meter_free(struct sim_meter *m)
{
	free(m);
}

static int64_t net_watts(const struct flow *f)
{
	return f->watts[0] + f->watts[1] + f->watts[2];
}

/* Count the flows of some seconds. */
static void count_flow(struct sim_meter *m, int64_t seconds)
{
	const struct flow *f = &m->flow;
	int64_t watts = net_watts(f);
	bool heated = m->options.has[DISPLAY_HEAT]; /* district heating */

	if (watts > 0)
		demand_register_count(&m->peaks, watts * seconds);
	if (watts > 0)
		m->joules[0][m->tariff - 1] += watts * seconds;
	else
		m->joules[1][m->tariff - 1] -= watts * seconds;
	for (int i = 0; i < m->devices; i++) {
		int64_t gas = f->stove_w + (heated ? 0 : f->heating_w);
		const int64_t rate[DISPLAY_MEDIA] = { gas, f->water_ml,
						      f->heating_w };

		mbus_device_count(&m->device[i],
				  rate[m->device[i].shown.medium] * seconds);
	}
}

/* Occasionally, on the hour, record a voltage sag or swell. */
static void close_hour(struct sim_meter *m)
{
	for (int i = 0; i < HOUSEHOLD_PHASES; i++) {
		uint64_t bits = chance(m, STREAM_SAG, m->utc + i);

		m->sags[i] += bits % 3000 == 0;
		m->swells[i] += bits % 20000 == 1;
	}
}

/* End of the next step: within a minute, and at each device's report. */
static int64_t next_step(const struct sim_meter *m, int64_t utc)
{
	int64_t to = (m->utc / A_MINUTE + 1) * A_MINUTE;

	for (int i = 0; i < m->devices; i++) {
		const struct mbus_device *d = &m->device[i];
		int64_t next = mbus_device_last(d, m->utc) + d->every;

		to = next < to ? next : to;
	}
	return to < utc ? to : utc;
}

void meter_advance(struct sim_meter *m, int64_t utc)
{
	while (m->utc < utc) {
		int64_t to = next_step(m, utc);

		if (m->utc % A_MINUTE == 0)
			m->tariff = tariff_at(m, m->utc);
		household_flow(&m->house, m->utc, &m->flow);
		count_flow(m, to - m->utc);
		m->utc = to;
		for (int i = 0; i < m->devices; i++)
			if (mbus_device_last(&m->device[i], to) == to)
				mbus_device_report(&m->device[i], to);
		if (to % DEMAND_QUARTER == 0)
			demand_register_close(&m->peaks,
					      &m->options.dialect->zone, to);
		if (to % HOUR_S == 0)
			close_hour(m);
	}
}

/* Voltage rises with returned power; the current follows from both. */
static void show_phase(const struct sim_meter *m, int i, struct display *f)
{
	int64_t w = m->flow.watts[i];
	int64_t mv = 231500 - w * 2 / 3 +
		     random_wander(m->options.seed, STREAM_VOLTAGE, m->utc,
				   1800, 2500) +
		     random_from(chance(m, STREAM_RIPPLE + 10 * i, m->utc),
				 -400, 400);
	int64_t ma = (w < 0 ? -w : w) * 1000000 / mv;

	f->value[DISPLAY_POWER_IMPORT_L1 + i] = w > 0 ? w : 0;
	f->value[DISPLAY_POWER_EXPORT_L1 + i] = w < 0 ? -w : 0;
	f->value[DISPLAY_VOLTAGE_L1 + i] = mv;
	f->value[DISPLAY_CURRENT_L1 + i] = ma;
	f->value[DISPLAY_SAGS_L1 + i] = m->sags[i];
	f->value[DISPLAY_SWELLS_L1 + i] = m->swells[i];
}

static void show_registers(const struct sim_meter *m, struct display *f)
{
	int64_t watts = net_watts(&m->flow);
	int64_t wh[2][2];

	for (int i = 0; i < 4; i++)
		wh[i / 2][i % 2] = m->joules[i / 2][i % 2] / JOULES_A_WH;
	f->value[DISPLAY_TARIFF] = m->tariff;
	f->value[DISPLAY_IMPORT_T1] = wh[0][0];
	f->value[DISPLAY_IMPORT_T2] = wh[0][1];
	f->value[DISPLAY_IMPORT_TOTAL] = wh[0][0] + wh[0][1];
	f->value[DISPLAY_EXPORT_T1] = wh[1][0];
	f->value[DISPLAY_EXPORT_T2] = wh[1][1];
	f->value[DISPLAY_EXPORT_TOTAL] = wh[1][0] + wh[1][1];
	f->value[DISPLAY_POWER_IMPORT] = watts > 0 ? watts : 0;
	f->value[DISPLAY_POWER_EXPORT] = watts < 0 ? -watts : 0;
	display_make_reactive(f);
	f->value[DISPLAY_POWER_FAILURES] = m->short_failures;
	f->value[DISPLAY_LONG_POWER_FAILURES] = m->failures;
}

void meter_show(const struct sim_meter *m, struct display *out)
{
	out->utc = m->utc;
	out->phases = m->options.phases;
	memcpy(out->id, m->id, sizeof(out->id));
	show_registers(m, out);
	demand_register_show(&m->peaks, out);
	for (int i = 0; i < HOUSEHOLD_PHASES; i++)
		show_phase(m, i, out);
	out->devices = m->devices;
	for (int i = 0; i < m->devices; i++)
		out->device[i] = m->device[i].shown;
	out->failures = m->failures;
	memcpy(out->failure, m->failure, sizeof(out->failure));
}

void meter_swap(struct sim_meter *m, const char *id)
{
	make_id(m, m->options.dialect->id, id, m->id);
	memset(m->joules, 0, sizeof(m->joules));
	memset(m->sags, 0, sizeof(m->sags));
	memset(m->swells, 0, sizeof(m->swells));
	m->short_failures = 0;
	m->failures = 0;
	demand_register_begin(&m->peaks, &m->options.dialect->zone, m->utc);
}

void meter_swap_device(struct sim_meter *m, enum display_medium medium,
		       const char *id)
{
	for (int i = 0; i < m->devices; i++) {
		struct mbus_device *d = &m->device[i];

		if (d->shown.medium != medium)
			continue;
		make_id(m, m->options.dialect->device_id[medium], id,
			d->shown.id);
		d->amount = 0;
		d->shown.has_value = false;
		memset(d->shown.past, 0, sizeof(d->shown.past));
	}
}
