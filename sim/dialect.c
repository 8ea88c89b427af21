#include "sim/dialect.h"

#include <string.h>

#include "base/span.h"

/* clang-format off: tables, and the words they are written in */

#define TEXT(text) { LINE_TEXT, text, 0, 0, 0, "", 0 }
#define TIME(obis) { LINE_TIME, obis, 0, 0, 0, "", 0 }
#define ID(obis) { LINE_ID, obis, 0, 0, 0, "", 0 }
#define FAILURES(obis) { LINE_FAILURES, obis, 0, 0, 0, "", 0 }
#define PEAKS(obis) { LINE_PEAKS, obis, 0, 0, 0, "", 0 }
#define DEVICES() { LINE_DEVICES, "", 0, 0, 0, "", 0 }
#define COUNTER(obis, item, whole, decimals, unit) \
	{ LINE_NUMBER, obis, FACE_##item, whole, decimals, unit, 3 }
#define PEAK(obis, whole, decimals) \
	{ LINE_PEAK, obis, FACE_DEMAND_PEAK, whole, decimals, "kW", 3 }
#define NUMBER(obis, item, digits) \
	{ LINE_NUMBER, obis, FACE_##item, digits, 0, "", 0 }

enum {
	GAS = 1 << FACE_GAS,
	WATER = 1 << FACE_WATER,
	ANY = (1 << FACE_MEDIA) - 1,
};

/* The four registers of two tariffs. */
#define REGISTERS(whole)						\
	COUNTER("1-0:1.8.1", IMPORT_T1, whole, 3, "kWh"),		\
	COUNTER("1-0:1.8.2", IMPORT_T2, whole, 3, "kWh"),		\
	COUNTER("1-0:2.8.1", EXPORT_T1, whole, 3, "kWh"),		\
	COUNTER("1-0:2.8.2", EXPORT_T2, whole, 3, "kWh")

#define TARIFF() NUMBER("0-0:96.14.0", TARIFF, 4)

#define POWERS(whole, decimals)						\
	COUNTER("1-0:1.7.0", POWER_IMPORT, whole, decimals, "kW"),	\
	COUNTER("1-0:2.7.0", POWER_EXPORT, whole, decimals, "kW")

/* Import of the phases, then export; an older meter has them in pairs. */
#define PHASE_POWERS()							\
	COUNTER("1-0:21.7.0", POWER_IMPORT_L1, 2, 3, "kW"),		\
	COUNTER("1-0:41.7.0", POWER_IMPORT_L2, 2, 3, "kW"),		\
	COUNTER("1-0:61.7.0", POWER_IMPORT_L3, 2, 3, "kW"),		\
	COUNTER("1-0:22.7.0", POWER_EXPORT_L1, 2, 3, "kW"),		\
	COUNTER("1-0:42.7.0", POWER_EXPORT_L2, 2, 3, "kW"),		\
	COUNTER("1-0:62.7.0", POWER_EXPORT_L3, 2, 3, "kW")

#define PHASE_POWER_PAIRS()						\
	COUNTER("1-0:21.7.0", POWER_IMPORT_L1, 2, 3, "kW"),		\
	COUNTER("1-0:22.7.0", POWER_EXPORT_L1, 2, 3, "kW"),		\
	COUNTER("1-0:41.7.0", POWER_IMPORT_L2, 2, 3, "kW"),		\
	COUNTER("1-0:42.7.0", POWER_EXPORT_L2, 2, 3, "kW"),		\
	COUNTER("1-0:61.7.0", POWER_IMPORT_L3, 2, 3, "kW"),		\
	COUNTER("1-0:62.7.0", POWER_EXPORT_L3, 2, 3, "kW")

#define VOLTAGES()							\
	COUNTER("1-0:32.7.0", VOLTAGE_L1, 3, 1, "V"),			\
	COUNTER("1-0:52.7.0", VOLTAGE_L2, 3, 1, "V"),			\
	COUNTER("1-0:72.7.0", VOLTAGE_L3, 3, 1, "V")

#define CURRENTS(whole, decimals)					\
	COUNTER("1-0:31.7.0", CURRENT_L1, whole, decimals, "A"),	\
	COUNTER("1-0:51.7.0", CURRENT_L2, whole, decimals, "A"),	\
	COUNTER("1-0:71.7.0", CURRENT_L3, whole, decimals, "A")

#define QUALITY()							\
	NUMBER("0-0:96.7.21", POWER_FAILURES, 5),			\
	NUMBER("0-0:96.7.9", LONG_POWER_FAILURES, 5),			\
	FAILURES("1-0:99.97.0"),					\
	NUMBER("1-0:32.32.0", SAGS_L1, 5),				\
	NUMBER("1-0:52.32.0", SAGS_L2, 5),				\
	NUMBER("1-0:72.32.0", SAGS_L3, 5),				\
	NUMBER("1-0:32.36.0", SWELLS_L1, 5),				\
	NUMBER("1-0:52.36.0", SWELLS_L2, 5),				\
	NUMBER("1-0:72.36.0", SWELLS_L3, 5)

/* DSMR 2.2 as meters of that time really send it, section 6 of its P1. */
static const struct line nl22[] = {
	ID("0-0:96.1.1"),
	REGISTERS(5),
	TARIFF(),
	POWERS(4, 2),
	TEXT("0-0:17.0.0(0999.00*kW)"),
	TEXT("0-0:96.3.10(1)"),
	TEXT("0-0:96.13.1()"),
	TEXT("0-0:96.13.0()"),
	DEVICES(),
};

/* DSMR 3.0 P1, section 5.11. */
static const struct line nl30[] = {
	ID("0-0:96.1.1"),
	REGISTERS(5),
	TARIFF(),
	POWERS(3, 2),
	TEXT("0-0:17.0.0(016*A)"),
	TEXT("0-0:96.3.10(1)"),
	TEXT("0-0:96.13.1()"),
	TEXT("0-0:96.13.0()"),
	DEVICES(),
};

/* DSMR 4.0 P1, section 5.12. */
static const struct line nl40[] = {
	TEXT("1-3:0.2.8(40)"),
	TIME("0-0:1.0.0"),
	ID("0-0:96.1.1"),
	REGISTERS(6),
	TARIFF(),
	POWERS(2, 3),
	TEXT("0-0:17.0.0(999.9*kW)"),
	TEXT("0-0:96.3.10(1)"),
	QUALITY(),
	TEXT("0-0:96.13.1()"),
	TEXT("0-0:96.13.0()"),
	DEVICES(),
};

/* DSMR 4.2.2 P1, section 5.12. */
static const struct line nl42[] = {
	TEXT("1-3:0.2.8(42)"),
	TIME("0-0:1.0.0"),
	ID("0-0:96.1.1"),
	REGISTERS(6),
	TARIFF(),
	POWERS(2, 3),
	QUALITY(),
	TEXT("0-0:96.13.1()"),
	TEXT("0-0:96.13.0()"),
	CURRENTS(3, 0),
	PHASE_POWER_PAIRS(),
	DEVICES(),
};

/* DSMR 5.0.2 P1 (ESMR 5), section 6.12. */
static const struct line nl50[] = {
	TEXT("1-3:0.2.8(50)"),
	TIME("0-0:1.0.0"),
	ID("0-0:96.1.1"),
	REGISTERS(6),
	TARIFF(),
	POWERS(2, 3),
	QUALITY(),
	TEXT("0-0:96.13.0()"),
	VOLTAGES(),
	CURRENTS(3, 0),
	PHASE_POWERS(),
	DEVICES(),
};

/* e-MUCS P1 1.7.1, as Fluvius meters send it. */
static const struct line be[] = {
	TEXT("0-0:96.1.4(50217)"),
	ID("0-0:96.1.1"),
	TIME("0-0:1.0.0"),
	REGISTERS(6),
	TARIFF(),
	COUNTER("1-0:1.4.0", DEMAND_AVERAGE, 2, 3, "kW"),
	PEAK("1-0:1.6.0", 2, 3),
	PEAKS("0-0:98.1.0"),
	POWERS(2, 3),
	PHASE_POWERS(),
	VOLTAGES(),
	CURRENTS(3, 2),
	TEXT("0-0:96.3.10(1)"),
	TEXT("0-0:17.0.0(999.9*kW)"),
	TEXT("1-0:31.4.0(999*A)"),
	TEXT("0-0:96.13.0()"),
	DEVICES(),
};

static const struct device_line mbus_nl22[] = {
	{ DEVICE_TYPE,    ANY, "24.1.0", 1 },
	{ DEVICE_ID,      ANY, "96.1.0", 0 },
	{ DEVICE_PROFILE, ANY, "24.3.0", 0 },
	{ DEVICE_TEXT,    GAS, "24.4.0(1)", 0 },
};

static const struct device_line mbus_nl30[] = {
	{ DEVICE_TYPE,    ANY, "24.1.0", 2 },
	{ DEVICE_ID,      ANY, "96.1.0", 0 },
	{ DEVICE_PROFILE, ANY, "24.3.0", 0 },
	{ DEVICE_TEXT,    GAS, "24.4.0(1)", 0 },
};

static const struct device_line mbus_nl40[] = {
	{ DEVICE_TYPE,  ANY, "24.1.0", 3 },
	{ DEVICE_ID,    ANY, "96.1.0", 0 },
	{ DEVICE_VALUE, ANY, "24.2.1", 0 },
	{ DEVICE_TEXT,  GAS, "24.4.0(1)", 0 },
};

static const struct device_line mbus_nl50[] = {
	{ DEVICE_TYPE,  ANY, "24.1.0", 3 },
	{ DEVICE_ID,    ANY, "96.1.0", 0 },
	{ DEVICE_VALUE, ANY, "24.2.1", 0 },
};

static const struct device_line mbus_be[] = {
	{ DEVICE_TYPE,  ANY, "24.1.0", 3 },
	{ DEVICE_ID,    ANY, "96.1.1", 0 },
	{ DEVICE_TEXT,  GAS, "24.4.0(1)", 0 },
	{ DEVICE_VALUE, GAS, "24.2.3", 0 },
	{ DEVICE_VALUE, ANY & ~GAS, "24.2.1", 0 },
};

#define LINES(table) .lines = table, .line_count = COUNT(table)
#define DEVICE_LINES(table) \
	.device_lines = table, .device_line_count = COUNT(table)
#define NL_DEVICES \
	{ "G00330000########", "W00220000########", "H00110000########" }

const struct dialect dialects[] = {
	{
		.name = "nl22", .about = "DSMR 2.2, the Netherlands",
		.header = "/KMP5 KA6U001660000022",
		.zone = { .base = 3600 },
		.interval = 10, .mbus_interval = 3600,
		.baud = 9600, .seven_bits = 1,
		.day_tariff = 2, .day_from = 7, .day_to = 23,
		.id = " KA6U00166#######", .device_id = NL_DEVICES,
		LINES(nl22), DEVICE_LINES(mbus_nl22),
	},
	{
		.name = "nl30", .about = "DSMR 3.0, the Netherlands",
		.header = "/ISk5\\2MT382-1003",
		.zone = { .base = 3600 },
		.interval = 10, .mbus_interval = 3600,
		.baud = 9600, .seven_bits = 1,
		.day_tariff = 2, .day_from = 7, .day_to = 23,
		.id = "ZABF00105########", .device_id = NL_DEVICES,
		LINES(nl30), DEVICE_LINES(mbus_nl30),
	},
	{
		.name = "nl40", .about = "DSMR 4.0, the Netherlands",
		.header = "/XMX5LGBBFFB231000040", .crc = true,
		.zone = { .base = 3600 },
		.interval = 10, .mbus_interval = 3600, .baud = 115200,
		.day_tariff = 2, .day_from = 7, .day_to = 23,
		.id = "E0004001#########", .device_id = NL_DEVICES,
		LINES(nl40), DEVICE_LINES(mbus_nl40),
	},
	{
		.name = "nl42", .about = "DSMR 4.2, the Netherlands",
		.header = "/KFM5KAIFA-METER", .crc = true,
		.zone = { .base = 3600 },
		.interval = 10, .mbus_interval = 3600, .baud = 115200,
		.day_tariff = 2, .day_from = 7, .day_to = 23,
		.clock_was_reset = true,
		.id = "E0026000#########", .device_id = NL_DEVICES,
		LINES(nl42), DEVICE_LINES(mbus_nl50),
	},
	{
		.name = "nl50", .about = "DSMR 5.0 and ESMR 5, the Netherlands",
		.header = "/ISK5\\2M550T-1012", .crc = true,
		.zone = { .base = 3600 },
		.interval = 1, .mbus_interval = 300, .baud = 115200,
		.day_tariff = 2, .day_from = 7, .day_to = 23,
		.id = "E0044007#########", .device_id = NL_DEVICES,
		LINES(nl50), DEVICE_LINES(mbus_nl50),
	},
	{
		.name = "be", .about = "e-MUCS, Belgium",
		.header = "/FLU5\\253769484_A", .crc = true,
		.zone = { .base = 3600 },
		.interval = 1, .mbus_interval = 300, .baud = 115200,
		.day_tariff = 1, .day_from = 7, .day_to = 22,
		.id = "1SAG10########",
		.device_id = { "7FLO21########", "8SAG11########",
			       "6KAM31########" },
		LINES(be), DEVICE_LINES(mbus_be),
	},
};

/* clang-format on */

const size_t dialect_count = COUNT(dialects);

const struct dialect *dialect_find(const char *name)
{
	for (size_t i = 0; i < dialect_count; i++)
		if (strcmp(dialects[i].name, name) == 0)
			return &dialects[i];
	return NULL;
}

int64_t power_of_ten(int n)
{
	int64_t v = 1;

	while (n-- > 0)
		v *= 10;
	return v;
}

struct printed dialect_prints(const struct dialect *d, enum face_item item,
			      int phases)
{
	struct printed p = { 0 };

	if (face_phases[item] > phases)
		return p;
	for (size_t i = 0; i < d->line_count; i++) {
		const struct line *l = &d->lines[i];

		if ((l->kind != LINE_NUMBER && l->kind != LINE_PEAK) ||
		    l->item != item)
			continue;
		p.step = power_of_ten(l->scale - l->decimals);
		p.wrap = power_of_ten(l->whole + l->scale);
	}
	return p;
}
