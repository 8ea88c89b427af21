/* Dialects of the Netherlands and Belgium. */
#include "sim/line_macros.h"

/* clang-format off */

/* DSMR 2.2 as actually sent by meters of that time; section 6 of its P1. */
static const struct sent_line nl22[] = {
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

LINES(nl22);

/* DSMR 3.0 P1, section 5.11. */
static const struct sent_line nl30[] = {
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

LINES(nl30);

/* DSMR 4.0 P1, section 5.12. */
static const struct sent_line nl40[] = {
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

LINES(nl40);

/* DSMR 4.2.2 P1, section 5.12. */
static const struct sent_line nl42[] = {
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

LINES(nl42);

/* DSMR 5.0.2 P1 (ESMR 5), section 6.12. */
static const struct sent_line nl50[] = {
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
	PHASE_POWERS(2, 3),
	DEVICES(),
};

LINES(nl50);

/* e-MUCS P1 1.7.1, as sent by Fluvius meters. */
static const struct sent_line be[] = {
	TEXT("0-0:96.1.4(50217)"),
	ID("0-0:96.1.1"),
	TIME("0-0:1.0.0"),
	REGISTERS(6),
	TARIFF(),
	COUNTER("1-0:1.4.0", DEMAND_AVERAGE, 2, 3, "kW"),
	PEAK("1-0:1.6.0", 2, 3),
	PEAKS("0-0:98.1.0"),
	POWERS(2, 3),
	PHASE_POWERS(2, 3),
	VOLTAGES(),
	CURRENTS(3, 2),
	TEXT("0-0:96.3.10(1)"),
	TEXT("0-0:17.0.0(999.9*kW)"),
	TEXT("1-0:31.4.0(999*A)"),
	TEXT("0-0:96.13.0()"),
	DEVICES(),
};

LINES(be);

static const struct device_line mbus_nl22[] = {
	{ DEVICE_TYPE,    ANY, "24.1.0", 1 },
	{ DEVICE_ID,      ANY, "96.1.0", 0 },
	{ DEVICE_PROFILE, ANY, "24.3.0", 0 },
	{ DEVICE_TEXT,    GAS, "24.4.0(1)", 0 },
};

DEVICE_LINES(mbus_nl22);

static const struct device_line mbus_nl30[] = {
	{ DEVICE_TYPE,    ANY, "24.1.0", 2 },
	{ DEVICE_ID,      ANY, "96.1.0", 0 },
	{ DEVICE_PROFILE, ANY, "24.3.0", 0 },
	{ DEVICE_TEXT,    GAS, "24.4.0(1)", 0 },
};

DEVICE_LINES(mbus_nl30);

static const struct device_line mbus_nl40[] = {
	{ DEVICE_TYPE,  ANY, "24.1.0", 3 },
	{ DEVICE_ID,    ANY, "96.1.0", 0 },
	{ DEVICE_VALUE, ANY, "24.2.1", 0 },
	{ DEVICE_TEXT,  GAS, "24.4.0(1)", 0 },
};

DEVICE_LINES(mbus_nl40);

static const struct device_line mbus_nl50[] = {
	{ DEVICE_TYPE,  ANY, "24.1.0", 3 },
	{ DEVICE_ID,    ANY, "96.1.0", 0 },
	{ DEVICE_VALUE, ANY, "24.2.1", 0 },
};

DEVICE_LINES(mbus_nl50);

static const struct device_line mbus_be[] = {
	{ DEVICE_TYPE,  ANY, "24.1.0", 3 },
	{ DEVICE_ID,    ANY, "96.1.1", 0 },
	{ DEVICE_TEXT,  GAS, "24.4.0(1)", 0 },
	{ DEVICE_VALUE, GAS, "24.2.3", 0 },
	{ DEVICE_VALUE, ANY & ~GAS, "24.2.1", 0 },
};

DEVICE_LINES(mbus_be);
