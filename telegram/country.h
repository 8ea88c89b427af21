/*
 * What a telegram tells of the country whose clock its meter shows. Little:
 * most meters print nothing that says so.
 */
#ifndef TELEGRAM_COUNTRY_H
#define TELEGRAM_COUNTRY_H

#include "base/span.h"

/*
 * The offset of the meter's winter time from UTC, in seconds: 0 for the Irish
 * Iskraemeco (its header), 7200 for Lithuania (the header of its network, ESO,
 * or kV as its older meters print), else 3600. A Finnish meter cannot be told
 * from a Swedish one.
 */
int country_base(struct span telegram);

#endif
