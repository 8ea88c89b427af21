/*
 * The single list of everything a meter measures. The parser's lookup, the
 * statements for the database, the JSON keys and the table in the manual are
 * generated from it. A new line also needs a column in storage/db/schema.sql.
 *
 * Names are those of the JSON line; a database column is the name plus the
 * suffix of the unit (import_t1_wh). Values are whole numbers of the small
 * unit.
 *
 * Sources: DSMR 5.0.2 P1 companion standard, section 6.12; e-MUCS P1 2.1.1;
 * Luxmetering E-Meter P1 1.1.3, section 3.2.4; Swedenergy H1 2.0, annex 3.
 */
#ifndef TELEGRAM_OBIS_QUANTITIES_H
#define TELEGRAM_OBIS_QUANTITIES_H

#include <stdint.h>

#include "base/span.h"

/* Units of counts: X(id, column suffix, unit in JSON, decimals) */
#define UNITS(X)                                                               \
	X(WH, "wh", "kWh", 3)                                                  \
	X(VARH, "varh", "kvarh", 3)                                            \
	X(W, "w", "kW", 3)                                                     \
	X(VAR, "var", "kvar", 3)                                               \
	X(MV, "mv", "V", 3)                                                    \
	X(MA, "ma", "A", 3)                                                    \
	X(DM3, "dm3", "m3", 3)                                                 \
	X(MJ, "mj", "GJ", 3)                                                   \
	X(NUMBER, "", "", 0)

/* The column suffix of each unit, as a literal for string concatenation. */
#define QUANTITY_TAIL_WH "_wh"
#define QUANTITY_TAIL_VARH "_varh"
#define QUANTITY_TAIL_W "_w"
#define QUANTITY_TAIL_VAR "_var"
#define QUANTITY_TAIL_MV "_mv"
#define QUANTITY_TAIL_MA "_ma"
#define QUANTITY_TAIL_NUMBER ""

enum unit {
#define X(id, suffix, json, decimals) UNIT_##id,
	UNITS(X)
#undef X
		UNIT_COUNT
};

struct unit_info {
	const char *suffix; /* in database columns: "wh" */
	const char *json;   /* 10^decimals small units: "kWh" */
	int decimals;
};

extern const struct unit_info units[UNIT_COUNT];

/* The table of the journal that stores a quantity. */
enum place {
	PLACE_COUNTER, /* electricity: a register that only rises */
	PLACE_POWER,   /* electricity: the value at this moment */
	PLACE_PHASE,   /* phases */
	PLACE_QUALITY, /* quality: counts of failures, sags and swells */
	PLACE_DEMAND,  /* demand: quarter-hour averages and peaks */
	PLACE_STATE,   /* state: breaker and limits */
};

/* X(id, name, (A, B, C, D, E) of the OBIS reference A-B:C.D.E, unit, place) */
/* clang-format off */
#define QUANTITIES(X)                                                                     \
	X(IMPORT_TOTAL,         import_total,         (1, 0, 1, 8, 0),  WH,     COUNTER)  \
	X(IMPORT_T1,            import_t1,            (1, 0, 1, 8, 1),  WH,     COUNTER)  \
	X(IMPORT_T2,            import_t2,            (1, 0, 1, 8, 2),  WH,     COUNTER)  \
	X(IMPORT_T3,            import_t3,            (1, 0, 1, 8, 3),  WH,     COUNTER)  \
	X(IMPORT_T4,            import_t4,            (1, 0, 1, 8, 4),  WH,     COUNTER)  \
	X(EXPORT_TOTAL,         export_total,         (1, 0, 2, 8, 0),  WH,     COUNTER)  \
	X(EXPORT_T1,            export_t1,            (1, 0, 2, 8, 1),  WH,     COUNTER)  \
	X(EXPORT_T2,            export_t2,            (1, 0, 2, 8, 2),  WH,     COUNTER)  \
	X(EXPORT_T3,            export_t3,            (1, 0, 2, 8, 3),  WH,     COUNTER)  \
	X(EXPORT_T4,            export_t4,            (1, 0, 2, 8, 4),  WH,     COUNTER)  \
	X(REACTIVE_IMPORT_TOTAL,reactive_import_total,(1, 0, 3, 8, 0),  VARH,   COUNTER)  \
	X(REACTIVE_EXPORT_TOTAL,reactive_export_total,(1, 0, 4, 8, 0),  VARH,   COUNTER)  \
	X(TARIFF,               tariff,               (0, 0, 96, 14, 0),NUMBER, POWER)    \
	X(POWER_IMPORT,         power_import,         (1, 0, 1, 7, 0),  W,      POWER)    \
	X(POWER_EXPORT,         power_export,         (1, 0, 2, 7, 0),  W,      POWER)    \
	X(REACTIVE_POWER_IMPORT,reactive_power_import,(1, 0, 3, 7, 0),  VAR,    POWER)    \
	X(REACTIVE_POWER_EXPORT,reactive_power_export,(1, 0, 4, 7, 0),  VAR,    POWER)    \
	X(POWER_IMPORT_L1,      power_import_l1,      (1, 0, 21, 7, 0), W,      PHASE)    \
	X(POWER_IMPORT_L2,      power_import_l2,      (1, 0, 41, 7, 0), W,      PHASE)    \
	X(POWER_IMPORT_L3,      power_import_l3,      (1, 0, 61, 7, 0), W,      PHASE)    \
	X(POWER_EXPORT_L1,      power_export_l1,      (1, 0, 22, 7, 0), W,      PHASE)    \
	X(POWER_EXPORT_L2,      power_export_l2,      (1, 0, 42, 7, 0), W,      PHASE)    \
	X(POWER_EXPORT_L3,      power_export_l3,      (1, 0, 62, 7, 0), W,      PHASE)    \
	X(VOLTAGE_L1,           voltage_l1,           (1, 0, 32, 7, 0), MV,     PHASE)    \
	X(VOLTAGE_L2,           voltage_l2,           (1, 0, 52, 7, 0), MV,     PHASE)    \
	X(VOLTAGE_L3,           voltage_l3,           (1, 0, 72, 7, 0), MV,     PHASE)    \
	X(CURRENT_L1,           current_l1,           (1, 0, 31, 7, 0), MA,     PHASE)    \
	X(CURRENT_L2,           current_l2,           (1, 0, 51, 7, 0), MA,     PHASE)    \
	X(CURRENT_L3,           current_l3,           (1, 0, 71, 7, 0), MA,     PHASE)    \
	X(POWER_FAILURES,       power_failures,       (0, 0, 96, 7, 21),NUMBER, QUALITY)  \
	X(LONG_POWER_FAILURES,  long_power_failures,  (0, 0, 96, 7, 9), NUMBER, QUALITY)  \
	X(VOLTAGE_SAGS_L1,      voltage_sags_l1,      (1, 0, 32, 32, 0),NUMBER, QUALITY)  \
	X(VOLTAGE_SAGS_L2,      voltage_sags_l2,      (1, 0, 52, 32, 0),NUMBER, QUALITY)  \
	X(VOLTAGE_SAGS_L3,      voltage_sags_l3,      (1, 0, 72, 32, 0),NUMBER, QUALITY)  \
	X(VOLTAGE_SWELLS_L1,    voltage_swells_l1,    (1, 0, 32, 36, 0),NUMBER, QUALITY)  \
	X(VOLTAGE_SWELLS_L2,    voltage_swells_l2,    (1, 0, 52, 36, 0),NUMBER, QUALITY)  \
	X(VOLTAGE_SWELLS_L3,    voltage_swells_l3,    (1, 0, 72, 36, 0),NUMBER, QUALITY)  \
	X(DEMAND_AVERAGE,       demand_average,       (1, 0, 1, 4, 0),  W,      DEMAND)   \
	X(DEMAND_PEAK,          demand_peak,          (1, 0, 1, 6, 0),  W,      DEMAND)   \
	X(BREAKER,              breaker,              (0, 0, 96, 3, 10),NUMBER, STATE)    \
	X(LIMITER,              limiter,              (0, 0, 17, 0, 0), W,      STATE)    \
	X(FUSE_L1,              fuse_l1,              (1, 0, 31, 4, 0), MA,     STATE)
/* clang-format on */

enum quantity {
#define X(id, name, obis, unit, place) Q_##id,
	QUANTITIES(X)
#undef X
		Q_COUNT
};

struct quantity_info {
	const char *name; /* the JSON key */
	struct span obis; /* reduced reference, group F left out */
	enum unit unit;
	enum place place;
	const char *column; /* database column: name and suffix */
};

extern const struct quantity_info quantities[Q_COUNT];

/* The quantity of an OBIS reference (telegram/obis_code.h), or -1. */
int quantity_of(uint32_t reference);

#endif
