/* Find the maker of a meter from the header of its telegrams. */
#ifndef FORWARD_HA_MANUFACTURER_H
#define FORWARD_HA_MANUFACTURER_H

#include "base/span.h"

/*
 * "/ISK5\2M550T-1012" gives "Iskraemeco". The three letters are the maker's
 * (IEC 62056-21, 6.3.2; the FLAG Association assigns them), in either case;
 * some meters carry another maker's. Returns NULL if they are not known here.
 */
const char *ha_manufacturer(struct span header);

#endif
