/*
 * Macros for the lists of lines (sim/lines_*.c), and declarations of the lists
 * for sim/dialect.c. Internal.
 */
#ifndef SIM_LINE_MACROS_H
#define SIM_LINE_MACROS_H

#include "base/span.h"
#include "sim/line.h"

/* clang-format off */

#define TEXT(text) { LINE_TEXT, text, 0, 0, 0, "", 0 }
#define TIME(obis) { LINE_TIME, obis, 0, 0, 0, "", 0 }
#define KIND(kind, obis) { kind, obis, 0, 0, 0, "", 0 }
#define ID(obis) { LINE_ID, obis, 0, 0, 0, "", 0 }
#define FAILURES(obis) { LINE_FAILURES, obis, 0, 0, 0, "", 0 }
#define PEAKS(obis) { LINE_PEAKS, obis, 0, 0, 0, "", 0 }
#define DEVICES() { LINE_DEVICES, "", 0, 0, 0, "", 0 }
#define COUNTER(obis, item, whole, decimals, unit) \
	{ LINE_NUMBER, obis, DISPLAY_##item, whole, decimals, unit, 3 }
#define PEAK(obis, whole, decimals) \
	{ LINE_PEAK, obis, DISPLAY_DEMAND_PEAK, whole, decimals, "kW", 3 }
/* Like COUNTER, for items that count 10^-scale of the unit. */
#define SCALED(obis, item, whole, decimals, unit, scale) \
	{ LINE_NUMBER, obis, DISPLAY_##item, whole, decimals, unit, scale }
/* A power that is negative when returned. */
#define NET(obis, item) { LINE_NET, obis, DISPLAY_##item, 6, 2, "W", 0 }
#define NUMBER(obis, item, digits) \
	{ LINE_NUMBER, obis, DISPLAY_##item, digits, 0, "", 0 }

enum {
	GAS = 1 << DISPLAY_GAS,
	WATER = 1 << DISPLAY_WATER,
	HEAT = 1 << DISPLAY_HEAT,
	ANY = (1 << DISPLAY_MEDIA) - 1,
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

/* Import of the phases, then export; older meters print them in pairs. */
#define PHASE_POWERS(whole, decimals)					\
	COUNTER("1-0:21.7.0", POWER_IMPORT_L1, whole, decimals, "kW"),	\
	COUNTER("1-0:41.7.0", POWER_IMPORT_L2, whole, decimals, "kW"),	\
	COUNTER("1-0:61.7.0", POWER_IMPORT_L3, whole, decimals, "kW"),	\
	COUNTER("1-0:22.7.0", POWER_EXPORT_L1, whole, decimals, "kW"),	\
	COUNTER("1-0:42.7.0", POWER_EXPORT_L2, whole, decimals, "kW"),	\
	COUNTER("1-0:62.7.0", POWER_EXPORT_L3, whole, decimals, "kW")

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

#define SAGS()								\
	NUMBER("1-0:32.32.0", SAGS_L1, 5),				\
	NUMBER("1-0:52.32.0", SAGS_L2, 5),				\
	NUMBER("1-0:72.32.0", SAGS_L3, 5),				\
	NUMBER("1-0:32.36.0", SWELLS_L1, 5),				\
	NUMBER("1-0:52.36.0", SWELLS_L2, 5),				\
	NUMBER("1-0:72.36.0", SWELLS_L3, 5)

#define QUALITY()							\
	NUMBER("0-0:96.7.21", POWER_FAILURES, 5),			\
	NUMBER("0-0:96.7.9", LONG_POWER_FAILURES, 5),			\
	FAILURES("1-0:99.97.0"),					\
	SAGS()

/* Define a list under its public name. */
#define LINES(name) \
	const struct sent_lines lines_##name = { name, COUNT(name) }
#define DEVICE_LINES(name) \
	const struct device_lines devices_##name = { name, COUNT(name) }

extern const struct sent_lines lines_nl22, lines_nl30, lines_nl40, lines_nl42,
	lines_nl50, lines_be, lines_lu, lines_se, lines_hu, lines_lt, lines_at,
	lines_ch, lines_de, lines_ebz, lines_ie, lines_ace4000, lines_heat;
extern const struct device_lines devices_mbus_nl22, devices_mbus_nl30,
	devices_mbus_nl40, devices_mbus_nl50, devices_mbus_be, devices_mbus_lu,
	devices_mbus_ace4000, devices_mbus_heat, devices_mbus_none;

#endif
