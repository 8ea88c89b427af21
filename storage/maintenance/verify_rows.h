/* The judge's rule over all accepted rows. */
#ifndef STORAGE_MAINTENANCE_VERIFY_RULE_H
#define STORAGE_MAINTENANCE_VERIFY_RULE_H

#include <sqlite3.h>

#include "base/err.h"
#include "storage/judge/can_follow.h"

/*
 * Call `wrong` with a sentence for each accepted reading that cannot follow the
 * ones before it of its meter, back to one that a person accepted. Returns 0 or
 * a negative code.
 */
int verify_rule(sqlite3 *db, const struct judge_limits *limits,
		void (*wrong)(void *ctx, const char *what), void *ctx,
		struct err *e);

#endif
