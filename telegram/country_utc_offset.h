/*
 * Guess the clock of the meter's country from a telegram. Most meters print
 * nothing that identifies it.
 */
#ifndef TELEGRAM_COUNTRY_UTC_OFFSET_H
#define TELEGRAM_COUNTRY_UTC_OFFSET_H

#include <stdbool.h>

#include "base/span.h"

/*
 * Offset of the meter's winter time from UTC in seconds, from its header and
 * whether it prints a voltage in kV (struct reading): 0 for the Irish
 * Iskraemeco, 7200 for Lithuania (the grid operator ESO, or the kV of older
 * meters), else 3600. A Finnish meter looks like a Swedish one.
 */
int country_utc_offset(struct span header, bool kilovolts);

#endif
