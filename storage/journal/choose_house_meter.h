/*
 * Choose which of the meters that take turns is the house's: the one that a
 * person named, else the one with the oldest first reading; if two are equally
 * old, the one with the lower identifier. Any other meter that takes turns with
 * it is not the house's. A meter that takes turns only with one of those others
 * is not affected. The choice does not depend on which meters are added.
 */
#ifndef STORAGE_JOURNAL_CHOOSE_HOUSE_METER_H
#define STORAGE_JOURNAL_CHOOSE_HOUSE_METER_H

#include "storage/db/stmt.h"
#include "storage/journal/meters.h"
#include "storage/journal/meters_in_turn.h"

enum {
	HOUSE_CANDIDATE = 64, /* bytes of an identifier that are compared */
	HOUSE_ALSO = 1024,
};

struct house_candidate {
	int64_t id, first; /* the meter's number; UTC of its first reading */
	/* Its mark, and the one it should have (other_meters.h); 0 if none */
	int64_t was, other;
	bool named; /* a person named it as the house's */
	bool also;  /* a person wants it added */
	char identifier[HOUSE_CANDIDATE];
};

/* Names that a person set; "" if none. */
struct house_names {
	char house[METER_NAME + 1];
	char also[HOUSE_ALSO]; /* list (storage/history/added_meters.h) */
};

struct house_meter_choice {
	struct house_candidate *list;
	size_t n, room;
};

/*
 * SQL for `about`: the identifier of meter ?1, whether its name is ?2, its
 * mark, and its first reading. HOUSE_NAMED: is the name of meter m ?2?
 */
#define HOUSE_NAMED(m)                                                         \
	"(?2 <> '' AND (" m ".identifier = ?2 COLLATE NOCASE OR " m            \
	".identifier = hex(?2)))"
extern const char choose_house_meter_about[];

/*
 * Choose among the meters that take turns. `whole`: *t has all their readings.
 * Returns 0 or a negative code; free it in either case.
 */
int choose_house_meter(struct house_meter_choice *c,
		       const struct meters_in_turn *t, bool whole,
		       struct stmt *about, const struct house_names *names,
		       struct err *e);
void choose_house_meter_free(struct house_meter_choice *c);

/* Returns the mark that a meter should have; 0 if none. */
int64_t choose_house_meter_of(const struct house_meter_choice *c,
			      int64_t meter);

#endif
