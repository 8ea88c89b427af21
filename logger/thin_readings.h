/*
 * Thin old readings between commits, in pieces so small that no reading has to
 * wait.
 */
#ifndef LOGGER_THIN_READINGS_H
#define LOGGER_THIN_READINGS_H

#include "logger/store.h"

struct thin_readings {
	struct store *store; /* borrowed, like the log */
	const struct log *log;
	int hours;	 /* of the next piece */
	int64_t removed; /* rows removed since there was a backlog */
	bool said;	 /* that old readings are being thinned */
	struct log_burst failed;
};

/*
 * Start with pieces of an hour, or with the largest piece if no reading has to
 * wait.
 */
void thin_readings_begin(struct thin_readings *t, struct store *store,
			 const struct log *log, bool live);

/*
 * Thin a piece, if one is due. Errors are logged, once an hour: the next piece
 * tries again.
 */
void thin_readings_piece(struct thin_readings *t);

#endif
