#include "storage/registers.h"

#define ONE(series, quantity) [SERIES_##series] = {.total = Q_##quantity}
#define SUM(series)                                                            \
	[SERIES_##series] = {                                                  \
		Q_##series##_TOTAL,                                            \
		REGISTER_PARTS,                                                \
		{Q_##series##_T1, Q_##series##_T2, Q_##series##_T3,            \
		 Q_##series##_T4},                                             \
	}

/* clang-format off */
const struct registers registers[ELECTRIC_SERIES] = {
	SUM(IMPORT),
	ONE(IMPORT_T1, IMPORT_T1),
	ONE(IMPORT_T2, IMPORT_T2),
	ONE(IMPORT_T3, IMPORT_T3),
	ONE(IMPORT_T4, IMPORT_T4),
	SUM(EXPORT),
	ONE(EXPORT_T1, EXPORT_T1),
	ONE(EXPORT_T2, EXPORT_T2),
	ONE(EXPORT_T3, EXPORT_T3),
	ONE(EXPORT_T4, EXPORT_T4),
	ONE(REACTIVE_IMPORT, REACTIVE_IMPORT_TOTAL),
	ONE(REACTIVE_EXPORT, REACTIVE_EXPORT_TOTAL),
};
/* clang-format on */
