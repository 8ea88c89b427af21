/* The judge's rule over all accepted rows, and the runs that they make. */
#ifndef STORAGE_MAINTENANCE_VERIFY_READINGS_H
#define STORAGE_MAINTENANCE_VERIFY_READINGS_H

#include <sqlite3.h>

#include "base/err.h"
#include "storage/judge/can_follow.h"

/*
 * Read each row once. Call `wrong` with a sentence for each accepted reading
 * that cannot follow the earlier ones of its meter, back to one that a person
 * accepted; and one if the table installation does not match the rows. Rows
 * with an impossible time are left out. *possible says whether all counters are
 * within +-STMT_MOST. Returns 0 or a negative code.
 */
int verify_readings(sqlite3 *db, const struct judge_limits *limits,
		    void (*wrong)(void *ctx, const char *what), void *ctx,
		    bool *possible, struct err *e);

#endif
