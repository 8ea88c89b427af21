/* [meter] of the settings: how the meter's telegrams are read. */
#ifndef LOGGER_HEARING_H
#define LOGGER_HEARING_H

#include "base/err.h"
#include "base/settings.h"
#include "telegram/reader.h"

struct hearing {
	bool has_keys;
	struct cipher_keys keys;
	bool base_known;
	int base; /* seconds */
};

/*
 * Read the key files and utc_offset. 0; ERR_CONFIG, also for a key file that
 * others may read, and ERR_PERMISSION for one that this user may not.
 */
int hearing_load(struct hearing *h, const struct settings *s, struct err *e);

/* The same for a reader; borrows the keys. */
struct reader_options hearing_options(const struct hearing *h);

#endif
