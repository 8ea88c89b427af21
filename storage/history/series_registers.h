/* The registers of the meter that a series of electricity is counted from. */
#ifndef STORAGE_HISTORY_SERIES_REGISTERS_H
#define STORAGE_HISTORY_SERIES_REGISTERS_H

#include "storage/history/series.h"

enum { REGISTER_PARTS = 4 }; /* tariffs that may stand in for a total */

struct series_registers {
	enum quantity total; /* the series, if the meter sends it */
	int parts;	     /* tariffs in `part`: 0, or REGISTER_PARTS */
	enum quantity part[REGISTER_PARTS]; /* else their sum */
};

/* For the series below ELECTRIC_SERIES; the others have none. */
extern const struct series_registers series_registers[SERIES_COUNT];

#endif
