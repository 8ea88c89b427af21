/*
 * Classify telegrams with a wrong CRC: bits flipped, bytes lost, truncated,
 * line ends changed, another kind of CRC. Compares them with an undamaged
 * telegram of the same stream, else with each other, else looks for anything
 * out of place. Pure.
 */
#ifndef LOGGER_DIAGNOSE_DAMAGE_H
#define LOGGER_DIAGNOSE_DAMAGE_H

#include <stdint.h>

#include "base/span.h"

struct damage {
	int64_t whole;	   /* CRC correct */
	int64_t flipped;   /* same length as an undamaged one, other content */
	int64_t lost;	   /* bytes are missing in the middle */
	int64_t cut;	   /* the start or end is missing */
	int64_t ends;	   /* right, if each line ended with CR LF */
	int64_t other_crc; /* right, by another CRC-16 */
	int64_t other;	   /* extra bytes, or unknown */
};

/* Classify the damaged telegrams of a stream, except partial ones at its ends. */
struct damage damage_look(struct span stream);

#endif
