/* The judge's rule over all accepted rows. */
#ifndef STORAGE_VERIFY_RULE_H
#define STORAGE_VERIFY_RULE_H

#include <sqlite3.h>

#include "storage/verify.h"

/*
 * Tell v of each accepted reading that cannot follow the ones before it of its
 * meter, back to one that a person accepted. 0 or a negative code.
 */
int verify_rule(sqlite3 *db, struct verify *v, struct err *e);

/* Count a thing that is wrong, and say it if it is among the first. */
void verify_wrong(struct verify *v, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
