/*
 * Counters that a person read off a meter when it went, or when it came: they
 * make the step from one meter to the next exact. They are readings like any
 * other, with a time_source of their own.
 */
#ifndef STORAGE_ENTERED_H
#define STORAGE_ENTERED_H

#include "storage/gate.h"

struct entered {
	bool opening;	   /* the first counters, else the last ones */
	const char *meter; /* its identifier, as sent or as printed on it, or
			      its number */
	int64_t at;	   /* UTC; INT64_MIN: just before the new meter spoke */
	bool electric;	   /* these are registers of the electricity meter */
	struct judge_point point;
};

/*
 * Take "import_t1=1234.567" or "gas=1234.567"; all of one meter. 0 or ERR_USAGE.
 */
int entered_set(struct entered *n, const char *word, struct err *e);

/*
 * In a transaction of the journal; `now` is when a meter ends that has no
 * successor yet. ERR_USAGE: no such meter, or it has another register; ERR_FORMAT:
 * its readings contradict it, or there is no time for it.
 */
int entered_write(const struct entered *n, struct gate *g, struct enter *en,
		  int64_t now, struct err *e);

#endif
