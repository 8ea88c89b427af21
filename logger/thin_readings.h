/*
 * Thin old readings beside the logging: a piece after a commit, so small that no
 * reading waits for it.
 */
#ifndef LOGGER_THIN_READINGS_H
#define LOGGER_THIN_READINGS_H

#include "logger/store.h"

struct thin_readings {
	struct store *store; /* borrowed, like the log */
	const struct log *log;
	int hours;	 /* of the next piece */
	int64_t removed; /* rows, since more waited than one piece */
	bool said;	 /* that old readings are being thinned */
	struct log_burst failed;
};

/* Start with pieces of an hour, or with the largest if no reading waits. */
void thin_readings_begin(struct thin_readings *t, struct store *store,
			 const struct log *log, bool live);

/*
 * Thin a piece, if one waits. Errors are logged, once an hour: the next piece
 * tries again.
 */
void thin_readings_piece(struct thin_readings *t);

#endif
