/*
 * What the judge did not let in: kept with its reason and its telegram, and
 * counted. One row per meter and counters: a dead channel that repeats itself
 * for a year adds to a count. Nothing here leaves by itself but what healed
 * (storage/cure.h).
 */
#ifndef STORAGE_QUARANTINE_H
#define STORAGE_QUARANTINE_H

#include "storage/db/stmt.h"
#include "storage/judge/rules.h"
#include "storage/meters.h"

enum { QUARANTINE_MAX = 1000 }; /* rows that wait for a person */

/* One object of a reading that was held. */
struct held {
	int meter;   /* place in struct meters */
	int channel; /* 0: electricity */
	enum verdict why;
	int where;			    /* the register that cannot be */
	int64_t expected_min, expected_max; /* of it; INT64_MIN, INT64_MAX */
	struct judge_point point;
	enum time_source source;       /* of point.ts */
	int64_t last_ts;	       /* of the same counters, the last */
	int64_t first_seen, last_seen; /* by the machine's clock */
	int64_t count;		       /* telegrams */
	int64_t stamps; /* different times of the meter among them */
	char *telegram; /* the first, as sent; owned */
	size_t bytes;
};

struct quarantine {
	struct held *list; /* what waits for the commit */
	size_t n, room;
	size_t bytes; /* of their telegrams */
	int64_t open; /* rows in the table; -1: not counted */
	struct stmt add, again, full, total;
};

int quarantine_open(struct quarantine *q, sqlite3 *db, struct err *e);
void quarantine_close(struct quarantine *q); /* also of a zeroed one */

/*
 * Hold it: all but last_ts, count, stamps and the telegram is the caller's, and
 * last_seen as first_seen. ERR_FAILED: out of memory.
 */
int quarantine_hold(struct quarantine *q, const struct held *one,
		    struct span telegram, struct err *e);

/* Write one as it is, in the transaction; or what waits. 0 or negative. */
int quarantine_add(struct quarantine *q, struct meters *m, const struct held *h,
		   struct err *e);
int quarantine_write(struct quarantine *q, struct meters *m, struct err *e);

/* Move what waits into one that has nothing. */
void quarantine_move(struct quarantine *to, struct quarantine *from);

/* All was written. */
void quarantine_clear(struct quarantine *q);

/* The name of a register of an object, "import_t1" or "value". */
const char *quarantine_register(bool electric, int where);

/*
 * An object's counters as one text, "import_t1=1234 import_t2=5678" in small
 * units, and back. false: it is none.
 */
enum { QUARANTINE_TEXT = 512 };
char *quarantine_text(char buf[static QUARANTINE_TEXT], bool electric,
		      const struct judge_point *p);
bool quarantine_parse(struct span text, struct judge_point *p);

#endif
