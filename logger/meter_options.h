/* [meter] of the settings: how the meter's telegrams are read. */
#ifndef LOGGER_METER_OPTIONS_H
#define LOGGER_METER_OPTIONS_H

#include "base/err.h"
#include "base/settings.h"
#include "telegram/reader.h"

struct meter_options {
	bool has_keys;
	struct cipher_keys keys;
	bool base_known;
	int base; /* seconds */
};

/*
 * Read the key files and utc_offset. 0; ERR_CONFIG, also for a key file that
 * others may read, and ERR_PERMISSION for one that this user may not.
 */
int meter_options_load(struct meter_options *h, const struct settings *s,
		       struct err *e);

/* The same for a reader; borrows the keys. */
struct reader_options meter_options_options(const struct meter_options *h);

#endif
