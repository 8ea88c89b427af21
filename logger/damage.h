/*
 * What happened to telegrams whose CRC is wrong: bits flipped, bytes lost, the
 * end cut off. Told by comparing them with a whole one of the same stream, else
 * with one another, else by what is out of place in them. Pure.
 */
#ifndef LOGGER_DAMAGE_H
#define LOGGER_DAMAGE_H

#include <stdint.h>

#include "base/span.h"

struct damage {
	int64_t whole;	 /* CRC right */
	int64_t flipped; /* as long as a whole one, and other */
	int64_t lost;	 /* bytes are missing within */
	int64_t cut;	 /* the end, or the begin, is missing */
	int64_t other;	 /* bytes too many, or nothing tells */
};

/* Look at the bytes of a stream; a piece at its begin and end is none. */
struct damage damage_look(struct span stream);

#endif
