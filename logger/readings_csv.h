/*
 * Counters at instants, as lines of CSV (docs/import.md), from what other programs
 * stored. Pure.
 */
#ifndef LOGGER_READINGS_CSV_H
#define LOGGER_READINGS_CSV_H

#include "base/err.h"
#include "telegram/reading.h"

enum { READINGS_CSV_COLUMNS = 32 };

/* What a column of the file is. */
struct readings_csv_column {
	enum { CSV_TIME, CSV_METER, CSV_COUNTER } kind;
	int medium;   /* MEDIUM_ELECTRICITY: the electricity meter */
	int quantity; /* CSV_COUNTER of electricity */
	char name[32];
};

struct readings_csv {
	int columns;
	struct readings_csv_column column[READINGS_CSV_COLUMNS];
	/* By medium: its channel, 1 to 4; 0: it has no column. See below. */
	int channel[MEDIUM_COUNT];
};

/*
 * Read the first line, without its line end: time_utc, and names such as
 * import_t1_kwh, gas_m3 or gas_meter. Media get the channels that
 * readings_csv_channel assigns. Returns 0, or ERR_FORMAT, which names the
 * column.
 */
int readings_csv_header(struct readings_csv *c, struct span line,
			struct err *e);

/*
 * Choose the channels of the media in the file: `known` says which channel the
 * meter of a medium has already (0: none), the others get free ones.
 */
void readings_csv_channels(struct readings_csv *c,
			   const int known[MEDIUM_COUNT]);

/*
 * Read a line with values. An empty cell has no effect. *r borrows from the line.
 * Returns 0, or ERR_FORMAT, which names the column.
 */
int readings_csv_line(const struct readings_csv *c, struct span line,
		      struct reading *r, struct err *e);

#endif
