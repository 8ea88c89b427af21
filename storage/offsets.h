/*
 * The offsets of installations, reckoned from the readings at the seams.
 */
#ifndef STORAGE_OFFSETS_H
#define STORAGE_OFFSETS_H

#include "storage/install.h"

/* Fill in the offsets of all installations. 0 or a negative code. */
int offsets_reckon(struct installations *in, struct err *e);

#endif
