/*
 * The SQL that turns counters into consumption: the text of the views, made
 * from the tables of quantities and series, and the same formula for one
 * instant.
 */
#ifndef STORAGE_VIEWS_H
#define STORAGE_VIEWS_H

#include <sqlite3.h>

#include "base/err.h"
#include "storage/series.h"

/* Make all views anew. */
int views_make(sqlite3 *db, struct err *e);

/*
 * A query for the counters at instant ?1: one row of the series of the medium
 * in the order of SERIES, and the distance of the readings around it, all NULL
 * where nothing is known.
 */
void views_counter_at(sqlite3_str *sql, enum medium m);

#endif
