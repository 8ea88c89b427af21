/* Step 6 of the schema: held readings as typed rows, pins, and weights. */
#ifndef STORAGE_SCHEMA_6_H
#define STORAGE_SCHEMA_6_H

#include <sqlite3.h>

#include "base/err.h"

/*
 * Change a file of schema 5 within a transaction: name the meter of each
 * electricity row and the channel of each M-Bus value, turn the quarantine into
 * the tables held and pin. 0 or a negative code.
 */
int schema_6_make(sqlite3 *db, struct err *e);

#endif
