/* Dialects of other European countries, and of other kinds of meters. */
#include "sim/line_macros.h"

/* clang-format off */

#define REACTIVE(whole, unit)						\
	COUNTER("1-0:3.8.0", REACTIVE_IMPORT_TOTAL, whole, 3, unit),	\
	COUNTER("1-0:4.8.0", REACTIVE_EXPORT_TOTAL, whole, 3, unit)

#define REACTIVE_POWERS(whole, unit)					\
	COUNTER("1-0:3.7.0", REACTIVE_POWER_IMPORT, whole, 3, unit),	\
	COUNTER("1-0:4.7.0", REACTIVE_POWER_EXPORT, whole, 3, unit)

#define TOTALS(whole)							\
	COUNTER("1-0:1.8.0", IMPORT_TOTAL, whole, 3, "kWh"),		\
	COUNTER("1-0:2.8.0", EXPORT_TOTAL, whole, 3, "kWh")

/* Luxmetering E-Meter P1 specification 1.1.3, section 3.2.4. */
static const struct sent_line lu[] = {
	TEXT("1-3:0.2.8(42)"),
	TIME("0-0:1.0.0"),
	ID("0-0:42.0.0"),
	TOTALS(6),
	REACTIVE(6, "kvarh"),
	POWERS(2, 3),
	REACTIVE_POWERS(2, "kvar"),
	TEXT("0-0:17.0.0(069.0*kVA)"),
	TEXT("1-1:31.4.0(100*A)(-063*A)"),
	TEXT("0-0:96.3.10(1)"),
	TEXT("0-1:96.3.10(0)"),
	TEXT("0-2:96.3.10(0)"),
	NUMBER("0-0:96.7.21", POWER_FAILURES, 5),
	SAGS(),
	TEXT("0-0:96.13.0()"),
	TEXT("0-0:96.13.2()"),
	TEXT("0-0:96.13.3()"),
	TEXT("0-0:96.13.4()"),
	TEXT("0-0:96.13.5()"),
	VOLTAGES(),
	CURRENTS(3, 0),
	PHASE_POWERS(2, 3),
	DEVICES(),
};

LINES(lu);

/* Swedenergy, local customer interface 2.0, annex 3. */
static const struct sent_line se[] = {
	TIME("0-0:1.0.0"),
	TOTALS(8),
	REACTIVE(8, "kVArh"),
	POWERS(4, 3),
	REACTIVE_POWERS(4, "kVAr"),
	COUNTER("1-0:21.7.0", POWER_IMPORT_L1, 4, 3, "kW"),
	COUNTER("1-0:22.7.0", POWER_EXPORT_L1, 4, 3, "kW"),
	COUNTER("1-0:41.7.0", POWER_IMPORT_L2, 4, 3, "kW"),
	COUNTER("1-0:42.7.0", POWER_EXPORT_L2, 4, 3, "kW"),
	COUNTER("1-0:61.7.0", POWER_IMPORT_L3, 4, 3, "kW"),
	COUNTER("1-0:62.7.0", POWER_EXPORT_L3, 4, 3, "kW"),
	VOLTAGES(),
	CURRENTS(3, 1),
};

LINES(se);

/* As sent by a Sanxing meter, with the month's close of E.ON's list. */
static const struct sent_line hu[] = {
	TIME("0-0:1.0.0"),
	TEXT("0-0:42.0.0(AUX1030303218166)"),
	ID("0-0:96.1.0"),
	TARIFF(),
	TEXT("0-0:96.50.68(ON)"),
	TEXT("0-0:17.0.0(90.000*kW)"),
	TOTALS(8),
	COUNTER("1-0:1.8.1", IMPORT_T1, 8, 3, "kWh"),
	COUNTER("1-0:1.8.2", IMPORT_T2, 8, 3, "kWh"),
	TEXT("1-0:1.8.3(00000000.000*kWh)"),
	TEXT("1-0:1.8.4(00000000.000*kWh)"),
	COUNTER("1-0:2.8.1", EXPORT_T1, 8, 3, "kWh"),
	COUNTER("1-0:2.8.2", EXPORT_T2, 8, 3, "kWh"),
	TEXT("1-0:2.8.3(00000000.000*kWh)"),
	TEXT("1-0:2.8.4(00000000.000*kWh)"),
	REACTIVE(8, "kvarh"),
	VOLTAGES(),
	CURRENTS(3, 0),
	TEXT("1-0:13.7.0(0.976)"),
	TEXT("1-0:14.7.0(50.00*Hz)"),
	POWERS(2, 3),
	TEXT("1-0:31.4.0(200*A)"),
	TEXT("1-0:51.4.0(200*A)"),
	TEXT("1-0:71.4.0(200*A)"),
	KIND(LINE_PROFILE, "0-0:98.1.0"),
	KIND(LINE_ONES, "0-0:96.13.0"),
};

LINES(hu);

/* eso.lt, data model of the P1 port. */
static const struct sent_line lt[] = {
	TIME("0-0:1.0.0"),
	TOTALS(8),
	COUNTER("1-0:1.8.1", IMPORT_T1, 8, 3, "kWh"),
	COUNTER("1-0:1.8.2", IMPORT_T2, 8, 3, "kWh"),
	TEXT("1-0:1.8.3(00000000.000*kWh)"),
	TEXT("1-0:1.8.4(00000000.000*kWh)"),
	COUNTER("1-0:2.8.1", EXPORT_T1, 8, 3, "kWh"),
	COUNTER("1-0:2.8.2", EXPORT_T2, 8, 3, "kWh"),
	TEXT("1-0:2.8.3(00000000.000*kWh)"),
	TEXT("1-0:2.8.4(00000000.000*kWh)"),
	REACTIVE(8, "kvarh"),
	POWERS(8, 3),
	PHASE_POWERS(8, 3),
	SCALED("1-0:32.7.0", VOLTAGE_L1, 4, 3, "kV", 6),
	SCALED("1-0:52.7.0", VOLTAGE_L2, 4, 3, "kV", 6),
	SCALED("1-0:72.7.0", VOLTAGE_L3, 4, 3, "kV", 6),
	SCALED("1-0:31.7.0", CURRENT_L1, 4, 3, "kA", 6),
	SCALED("1-0:51.7.0", CURRENT_L2, 4, 3, "kA", 6),
	SCALED("1-0:71.7.0", CURRENT_L3, 4, 3, "kA", 6),
	TEXT("1-0:31.4.0(0000.012*kA)"),
	TEXT("1-0:14.7.0(0000.049*kHz)"),
};

LINES(lt);

#define SMALL(obis, item, unit) SCALED(obis, item, 9, 0, unit, 0)

/* Sagemcom T210-D of Energie Steiermark. */
static const struct sent_line at[] = {
	TEXT("1-3:0.2.8(50)"),
	TIME("0-0:1.0.0"),
	SMALL("1-0:1.8.0", IMPORT_TOTAL, "Wh"),
	SMALL("1-0:1.8.1", IMPORT_T1, "Wh"),
	SMALL("1-0:1.8.2", IMPORT_T2, "Wh"),
	SMALL("1-0:1.7.0", POWER_IMPORT, "W"),
	SMALL("1-0:2.8.0", EXPORT_TOTAL, "Wh"),
	SMALL("1-0:2.8.1", EXPORT_T1, "Wh"),
	SMALL("1-0:2.8.2", EXPORT_T2, "Wh"),
	SMALL("1-0:2.7.0", POWER_EXPORT, "W"),
	SMALL("1-0:3.8.0", REACTIVE_IMPORT_TOTAL, "varh"),
	SMALL("1-0:3.7.0", REACTIVE_POWER_IMPORT, "var"),
	SMALL("1-0:4.8.0", REACTIVE_EXPORT_TOTAL, "varh"),
	SMALL("1-0:4.7.0", REACTIVE_POWER_EXPORT, "var"),
};

LINES(at);

/* Sagemcom XT211 of Groupe E. */
static const struct sent_line ch[] = {
	TIME("0-0:1.0.0"),
	ID("0-0:0.0.0"),
	COUNTER("1-1:1.8.1", IMPORT_T1, 6, 3, "kWh"),
	COUNTER("1-1:1.8.2", IMPORT_T2, 6, 3, "kWh"),
	COUNTER("1-1:2.8.1", EXPORT_T1, 6, 3, "kWh"),
	COUNTER("1-1:2.8.2", EXPORT_T2, 6, 3, "kWh"),
	TARIFF(),
	COUNTER("1-1:1.7.0", POWER_IMPORT, 2, 3, "kW"),
	COUNTER("1-1:2.7.0", POWER_EXPORT, 2, 3, "kW"),
	QUALITY(),
	VOLTAGES(),
	CURRENTS(3, 2),
	TEXT("0-0:96.13.0()"),
	TEXT("0-0:96.1.4(50220)"),
	TEXT("0-0:96.1.2(202020202020202020202020202020202020202020202020)"),
	PHASE_POWER_PAIRS(),
	TEXT("0-0:96.13.1()"),
	PEAK("1-1:1.6.0", 2, 3),
	TEXT("0-0:98.1.0(12)"),
	COUNTER("1-0:1.4.0", DEMAND_AVERAGE, 2, 3, "kW"),
};

LINES(ch);

/* EasyMeter Q3D: more decimals than Wh need, a group F in each reference. */
static const struct sent_line de[] = {
	TEXT("1-0:0.0.0*255(0272031312565)"),
	COUNTER("1-0:1.8.0*255", IMPORT_TOTAL, 8, 7, "kWh"),
	COUNTER("1-0:2.8.0*255", EXPORT_TOTAL, 8, 7, "kWh"),
	SCALED("1-0:21.7.0*255", POWER_IMPORT_L1, 6, 2, "W", 0),
	SCALED("1-0:41.7.0*255", POWER_IMPORT_L2, 6, 2, "W", 0),
	SCALED("1-0:61.7.0*255", POWER_IMPORT_L3, 6, 2, "W", 0),
	SCALED("1-0:1.7.0*255", POWER_IMPORT, 6, 2, "W", 0),
	TEXT("1-0:96.5.5*255(80)"),
	ID("0-0:96.1.255*255"),
};

LINES(de);

/* eBZ DD3: like EasyMeter, with eight decimals and net powers. */
static const struct sent_line ebz[] = {
	ID("1-0:0.0.0*255"),
	ID("1-0:96.1.0*255"),
	COUNTER("1-0:1.8.0*255", IMPORT_TOTAL, 6, 8, "kWh"),
	COUNTER("1-0:2.8.0*255", EXPORT_TOTAL, 6, 8, "kWh"),
	NET("1-0:16.7.0*255", POWER_IMPORT),
	NET("1-0:36.7.0*255", POWER_IMPORT_L1),
	NET("1-0:56.7.0*255", POWER_IMPORT_L2),
	NET("1-0:76.7.0*255", POWER_IMPORT_L3),
	TEXT("1-0:96.5.0*255(001C0104)"),
	TEXT("0-0:96.8.0*255(00104443)"),
};

LINES(ebz);

/* Iskraemeco MIE5T. */
static const struct sent_line ie[] = {
	TEXT("1-0:0.0.0(00000000)"),
	ID("0-0:96.1.0"),
	TIME("0-0:1.0.0"),
	REGISTERS(6),
	TARIFF(),
	POWERS(2, 3),
	PHASE_POWERS(2, 3),
	VOLTAGES(),
	CURRENTS(3, 0),
	TEXT("0-0:96.3.10(1)"),
	TEXT("0-0:96.13.0()"),
	TEXT("0-1:96.1.1()"),
};

LINES(ie);

static const struct sent_line ace4000[] = {
	ID("0-0:96.1.0*255"),
	COUNTER("1-0:1.8.0*255", IMPORT_TOTAL, 6, 3, "kWh"),
	COUNTER("1-0:1.8.1*255", IMPORT_T1, 6, 3, "kWh"),
	COUNTER("1-0:1.8.2*255", IMPORT_T2, 6, 3, "kWh"),
	COUNTER("1-0:2.8.0*255", EXPORT_TOTAL, 6, 3, "kWh"),
	COUNTER("1-0:2.8.1*255", EXPORT_T1, 6, 3, "kWh"),
	COUNTER("1-0:2.8.2*255", EXPORT_T2, 6, 3, "kWh"),
	NUMBER("0-0:96.14.0*255", TARIFF, 2),
	TEXT("0-0:96.3.10*255(1)"),
	TEXT("0-0:17.0.0*255(0040*A)"),
	DEVICES(),
};

LINES(ace4000);

static const struct sent_line heat[] = {
	TEXT("1-3:0.2.8(50)"),
	TIME("0-0:1.0.0"),
	ID("0-0:96.1.1"),
	TEXT("0-0:96.13.1()"),
	TEXT("0-0:96.13.0()"),
	DEVICES(),
};

LINES(heat);

static const struct device_line mbus_lu[] = {
	{ DEVICE_TYPE,  ANY, "24.1.0", 3 },
	{ DEVICE_ID,    ANY, "96.1.0", 0 },
	{ DEVICE_VALUE, ANY, "24.2.1", 0 },
	{ DEVICE_TEXT,  ANY, "24.4.0(0)", 0 },
};

DEVICE_LINES(mbus_lu);

static const struct device_line mbus_ace4000[] = {
	{ DEVICE_PADDED, GAS, "0-3:96.1.0*255", 0 },
	{ DEVICE_TEXT,   GAS, "7-0:24.4.0*255(1)", 0 },
	{ DEVICE_RING,   GAS, "7-0:23.1.0*255", 0 },
};

DEVICE_LINES(mbus_ace4000);

static const struct device_line mbus_heat[] = {
	{ DEVICE_TYPE,  HEAT, "24.1.0", 3 },
	{ DEVICE_ID,    HEAT, "96.1.0", 0 },
	{ DEVICE_VALUE, HEAT, "24.2.1", 0 },
};

DEVICE_LINES(mbus_heat);

static const struct device_line mbus_none[] = {
	{ DEVICE_TEXT, 0, "", 0 },
};

DEVICE_LINES(mbus_none);
