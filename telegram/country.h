/*
 * Guess the clock of the meter's country from a telegram. Most meters print
 * nothing that identifies it.
 */
#ifndef TELEGRAM_COUNTRY_H
#define TELEGRAM_COUNTRY_H

#include <stdbool.h>

#include "base/span.h"

/*
 * Offset of the meter's winter time from UTC in seconds: 0 for the Irish
 * Iskraemeco (by its header), 7200 for Lithuania (by the header of its grid
 * operator, ESO, or kV as printed by older meters), else 3600. A Finnish meter
 * looks like a Swedish one.
 */
int country_base(struct span header, bool kilovolts);

#endif
