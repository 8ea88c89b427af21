/*
 * The views: counters into consumption of local hours, days, months and years,
 * made from the tables of quantities and series. docs/database.md has them all.
 */
#ifndef STORAGE_VIEWS_H
#define STORAGE_VIEWS_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"

/* Is it the name of one of them? */
bool views_has(const char *name);

/* Make all views anew. */
int views_make(sqlite3 *db, struct err *e);

#endif
