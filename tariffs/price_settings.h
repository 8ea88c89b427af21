/* Convert the settings of [prices]. */
#ifndef TARIFFS_PRICE_SETTINGS_H
#define TARIFFS_PRICE_SETTINGS_H

#include "base/err.h"
#include "base/ini_settings.h"
#include "tariffs/cost.h"

/*
 * Fill *prices from the settings and check the currency. Returns 0, or
 * ERR_CONFIG, which names the key.
 */
int price_settings_read(struct amounts *prices, const struct ini_settings *s,
			struct err *e);

#endif
