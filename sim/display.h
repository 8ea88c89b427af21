/*
 * Values that a meter can show at one time: plain numbers, independent of the
 * dialect, which decides what a telegram contains and how it is printed.
 */
#ifndef SIM_DISPLAY_H
#define SIM_DISPLAY_H

#include <stdbool.h>
#include <stdint.h>

/*
 * X(id, column of the truth file, phase): the column ends with the small unit
 * (Wh, W, mV, mA), a thousandth of the printed unit; without a unit it is a
 * plain number. Phases 2 and 3 exist on three-phase meters only; 1 on all; 0
 * means no phase.
 */
/* clang-format off */
#define DISPLAY_ITEMS(X)                             \
	X(TARIFF, "tariff", 0)                    \
	X(IMPORT_TOTAL, "import_total_wh", 0)     \
	X(IMPORT_T1, "import_t1_wh", 0)           \
	X(IMPORT_T2, "import_t2_wh", 0)           \
	X(EXPORT_TOTAL, "export_total_wh", 0)     \
	X(EXPORT_T1, "export_t1_wh", 0)           \
	X(EXPORT_T2, "export_t2_wh", 0)           \
	X(REACTIVE_IMPORT_TOTAL, "reactive_import_total_varh", 0) \
	X(REACTIVE_EXPORT_TOTAL, "reactive_export_total_varh", 0) \
	X(REACTIVE_POWER_IMPORT, "reactive_power_import_var", 0) \
	X(REACTIVE_POWER_EXPORT, "reactive_power_export_var", 0) \
	X(POWER_IMPORT, "power_import_w", 0)      \
	X(POWER_EXPORT, "power_export_w", 0)      \
	X(POWER_IMPORT_L1, "power_import_l1_w", 1) \
	X(POWER_IMPORT_L2, "power_import_l2_w", 2) \
	X(POWER_IMPORT_L3, "power_import_l3_w", 3) \
	X(POWER_EXPORT_L1, "power_export_l1_w", 1) \
	X(POWER_EXPORT_L2, "power_export_l2_w", 2) \
	X(POWER_EXPORT_L3, "power_export_l3_w", 3) \
	X(VOLTAGE_L1, "voltage_l1_mv", 1)         \
	X(VOLTAGE_L2, "voltage_l2_mv", 2)         \
	X(VOLTAGE_L3, "voltage_l3_mv", 3)         \
	X(CURRENT_L1, "current_l1_ma", 1)         \
	X(CURRENT_L2, "current_l2_ma", 2)         \
	X(CURRENT_L3, "current_l3_ma", 3)         \
	X(POWER_FAILURES, "power_failures", 0)    \
	X(LONG_POWER_FAILURES, "long_power_failures", 0) \
	X(SAGS_L1, "voltage_sags_l1", 1)          \
	X(SAGS_L2, "voltage_sags_l2", 2)          \
	X(SAGS_L3, "voltage_sags_l3", 3)          \
	X(SWELLS_L1, "voltage_swells_l1", 1)      \
	X(SWELLS_L2, "voltage_swells_l2", 2)      \
	X(SWELLS_L3, "voltage_swells_l3", 3)      \
	X(DEMAND_AVERAGE, "demand_average_w", 0)  \
	X(DEMAND_PEAK, "demand_peak_w", 0)
/* clang-format on */

enum display_item {
#define X(id, column, phase) DISPLAY_##id,
	DISPLAY_ITEMS(X)
#undef X
		DISPLAY_COUNT
};

/* The item of returned power, given that of drawn power. */
enum display_item display_returned(enum display_item drawn);

extern const char *const display_columns[DISPLAY_COUNT];
extern const int display_phases[DISPLAY_COUNT];

/* Devices on the meter's M-Bus. */
enum display_medium { DISPLAY_GAS, DISPLAY_WATER, DISPLAY_HEAT, DISPLAY_MEDIA };

/* "gas", "water", "heat" */
extern const char *const display_media[DISPLAY_MEDIA];

enum {
	DISPLAY_ID = 49, /* size of a plain-text identifier, NUL included */
	DISPLAY_FAILURES = 10,
	DISPLAY_PEAKS = 13,
	DISPLAY_RING = 24, /* stored readings of a device */
};

struct display_device {
	enum display_medium medium;
	int channel; /* 1 to 4 */
	char id[DISPLAY_ID];
	bool has_value; /* false: nothing reported yet */
	int64_t utc;	/* time of the value */
	int64_t value;	/* dm3, MJ */
	/* The last readings: the one at utc is in utc / HOUR_S % DISPLAY_RING. */
	struct display_past {
		int64_t utc, value; /* utc 0 if none */
	} past[DISPLAY_RING];
};

/* A long power failure that ended at `end` (UTC). */
struct display_failure {
	int64_t end, seconds;
};

/* The highest quarter hour of a local month; w is 0 if there was none. */
struct display_peak {
	int64_t month_end; /* first instant of the next month, UTC */
	int64_t utc;	   /* end of the quarter */
	int64_t w;
};

struct display {
	int64_t utc;
	bool wrong_letter; /* shows S in winter and W in summer */
	int phases;	   /* 1 or 3 */
	char id[DISPLAY_ID];
	int64_t value[DISPLAY_COUNT];
	int devices;
	struct display_device device[DISPLAY_MEDIA];
	int failures; /* newest first */
	struct display_failure failure[DISPLAY_FAILURES];
	struct display_peak month; /* current month; month_end is not set */
	int peaks;		   /* past months, oldest first */
	struct display_peak peak[DISPLAY_PEAKS];
};

/* Derive reactive energy and power from import and export. */
void display_make_reactive(struct display *f);

#endif
