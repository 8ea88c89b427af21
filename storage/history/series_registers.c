#include "storage/history/series_registers.h"

/* clang-format off */
#define ONE(quantity) { .total = Q_##quantity }
#define SUM(q)                                                            \
	{                                                                 \
		Q_##q##_TOTAL, REGISTER_PARTS,                            \
		{ Q_##q##_T1, Q_##q##_T2, Q_##q##_T3, Q_##q##_T4 },       \
	}
#define MBUS { 0 }
/* clang-format on */

const struct series_registers series_registers[SERIES_COUNT] = {
#define X(id, name, unit, medium, from) [SERIES_##id] = from,
	SERIES(X)
#undef X
};

#define X(id, name, unit, medium, from)                                        \
	_Static_assert((MEDIUM_##medium == MEDIUM_ELECTRICITY) ==              \
			       ((int)SERIES_##id < (int)ELECTRIC_SERIES),      \
		       "electricity comes first");
SERIES(X)
#undef X
