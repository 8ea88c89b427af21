/* The names of a household's tariffs: which of T1 and T2 is the cheap one. */
#ifndef STORAGE_HISTORY_TARIFF_ORDER_H
#define STORAGE_HISTORY_TARIFF_ORDER_H

#include <sqlite3.h>

#include "base/err.h"

enum tariff_order {
	TARIFF_LOW_NORMAL, /* T1 is low: the Netherlands and elsewhere */
	TARIFF_DAY_NIGHT,  /* T1 is day, T2 is night: Belgium */
};

/*
 * Find the order of the newest electricity meter from the header of its
 * telegrams; TARIFF_LOW_NORMAL if nothing is known. Returns 0 or a negative
 * code.
 */
int tariff_order_find(sqlite3 *db, enum tariff_order *out, struct err *e);

#endif
