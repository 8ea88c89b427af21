/* Convert the settings of [prices]. */
#ifndef TARIFFS_PRICE_SETTINGS_H
#define TARIFFS_PRICE_SETTINGS_H

#include "base/all_settings.h"
#include "base/err.h"
#include "tariffs/cost.h"

/*
 * Fill *prices from the settings and check the currency. Returns 0, or
 * ERR_CONFIG, which names the key.
 */
int price_settings_read(struct amounts *prices, const struct all_settings *s,
			struct err *e);

#endif
