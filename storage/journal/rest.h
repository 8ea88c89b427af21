/*
 * What a change of rows brings with it, within its transaction: offsets of the
 * meters, days in the calendar, the change list.
 */
#ifndef STORAGE_JOURNAL_REST_H
#define STORAGE_JOURNAL_REST_H

#include "storage/journal/calendar.h"
#include "storage/journal/enter.h"
#include "storage/journal/impossible.h"

/* The parts of a journal that it needs; borrowed. */
struct rest {
	struct enter *en;
	struct calendar *calendar;
	struct changes *changes;
	long every_s; /* of a service that commits so often; 0: none */
};

/* Write what follows from en->p. 0 or a negative code. */
int rest_write(const struct rest *r, struct err *e);

/*
 * Derive all runs, offsets and boundaries again, after enter_begin, and let
 * followers do all again. 0 or a negative code.
 */
int rest_rebuild(const struct rest *r, struct err *e);

/*
 * In a transaction of its own: rows that no meter sent are moved aside, the
 * meters begin with rows that are left, and followers do all again. 0, also when
 * there are none, or a negative code.
 */
int rest_move_impossible(const struct rest *r, const struct impossible *how,
			 const struct repairs *told, struct err *e);

#endif
