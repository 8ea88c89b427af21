/*
 * Which registers of the meter a series of electricity is counted from.
 */
#ifndef STORAGE_REGISTERS_H
#define STORAGE_REGISTERS_H

#include "storage/series.h"

enum {
	REGISTER_PARTS = 4, /* tariffs that may stand in for a total */
	/* The first series of SERIES are electricity's, without a gap. */
	ELECTRIC_SERIES = SERIES_REACTIVE_EXPORT + 1,
};

struct registers {
	enum quantity total; /* the series, where the meter sends it */
	int parts;	     /* 0, or REGISTER_PARTS: else the sum of */
	enum quantity part[REGISTER_PARTS]; /* these */
};

extern const struct registers registers[ELECTRIC_SERIES];

#endif
