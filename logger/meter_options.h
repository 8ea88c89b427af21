/* The section [meter]: how to read the meter's telegrams. */
#ifndef LOGGER_METER_OPTIONS_H
#define LOGGER_METER_OPTIONS_H

#include "base/all_settings.h"
#include "base/err.h"
#include "telegram/reader.h"

struct meter_options {
	bool has_keys;
	struct cipher_keys keys;
	bool base_known;
	int base; /* seconds */
};

/*
 * Read the key files and utc_offset, and check `also`. Returns 0; ERR_CONFIG
 * for an invalid setting or a key file that others can read; ERR_PERMISSION for
 * a key file that this user may not read.
 */
int meter_options_load(struct meter_options *h, const struct all_settings *s,
		       struct err *e);

/* The options for a reader; borrows the keys. */
struct reader_options meter_options_options(const struct meter_options *h);

#endif
