/*
 * The kinds of meters, and SQL about their readings: the house's electricity
 * meter has rows in the table electricity, another one on the port in
 * other_electricity, an M-Bus meter in mbus. Held readings of any of them are
 * in the table held.
 */
#ifndef STORAGE_JUDGE_METER_KIND_H
#define STORAGE_JUDGE_METER_KIND_H

#include "storage/db/stmt.h"
#include "storage/judge/can_follow.h"

enum kind { KIND_MBUS, KIND_ELECTRICITY, KIND_OTHER, KINDS };

enum {
	/* The quantities of an electricity row: the counters come first. */
	KIND_QUANTITIES = Q_REACTIVE_POWER_EXPORT + 1,
	KIND_VALUE =
		10, /* the first parameter of $values and $counter_values */
};

/* The same quantities, as bits of struct reading.have. */
#define KIND_MASK ((UINT64_C(1) << KIND_QUANTITIES) - 1)

/* The number of counters in a row: registers 0 to n - 1 of a judge_point. */
static inline int meter_kind_counters(enum kind k)
{
	return k == KIND_MBUS ? 1 : JUDGE_REGISTERS;
}

/* Returns the number n of quantities in a row: the first n. */
int meter_kind_quantities(enum kind k);

/* The name of register `where`: "import_t1", or "value" for an M-Bus meter. */
const char *meter_kind_register(enum kind k, int where);

/* The column of register `where`: "import_t1_wh", or "value". */
const char *meter_kind_column(enum kind k, int where);

/*
 * Prepare `sql` with these names replaced by those for the kind:
 *
 * 	$table           electricity, other_electricity or mbus
 * 	$counters        the columns of the counters
 * 	$columns         these; for electricity also powers and their peaks
 * 	$counter_values  a parameter for each, from ?10 on
 * 	$values
 * 	$channel         0, or the column of that name, which only mbus has
 * 	$more            nothing, or a comma and that column
 *
 * Returns 0 or a negative code.
 */
int meter_kind_open(struct stmt *s, sqlite3 *db, enum kind k, const char *sql,
		    struct err *e);

/* Prepare n statements. If one fails, those that are open stay open. */
int meter_kind_open_all(struct stmt *s, sqlite3 *db, enum kind k,
			const char *const *sql, size_t n, struct err *e);

/* Get the counters of the current row, $counters from column `first` on. */
struct judge_point meter_kind_point(struct stmt *s, enum kind k, int64_t ts,
				    int first);

#endif
