/*
 * Held readings as witnesses, and the meter that they speak of: what heals by
 * itself and what a person accepts go the same way into the tables.
 */
#ifndef STORAGE_WITNESS_H
#define STORAGE_WITNESS_H

#include "storage/gate.h"

/* A reading that was held, and says that others are not true. */
struct witness {
	int64_t id, last_ts, stamps;
	int channel;
	enum time_source source;
	struct judge_point point;
};

/* One meter, while it is looked into. */
struct patient {
	struct gate *gate;
	struct enter *en;
	int meter;
	struct object object;
	struct judge_rates rates;
	enum medium medium; /* as followers are told */
};

#define WITNESS_COLUMNS                                                        \
	"id, last_ts, stamps, channel, time_source, ts, counters"

/* One of a query for WITNESS_COLUMNS; point.have is 0 when it says nothing. */
void witness_read(struct stmt *s, struct witness *w);

/* The meter at a place of the list. 0 or negative. */
int patient_of(struct patient *p, struct gate *g, struct enter *en, int meter,
	       bool electric, struct err *e);

/* Can b follow a? */
bool patient_fits(const struct patient *p, const struct judge_point *a,
		  const struct judge_point *b);

/* Write what w says into the tables, at the time `ts`. 0 or negative. */
int patient_enter(struct patient *p, const struct witness *w, int64_t ts,
		  enum begin begin, struct err *e);

/* The same at both ends of w, which leaves the quarantine by `drop`, of its id. */
int patient_believe(struct patient *p, const struct witness *w,
		    struct stmt *drop, struct err *e);

#endif
