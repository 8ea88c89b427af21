/*
 * Which of the meters that send in turn is the house's: that which a person
 * named, else the one whose first reading is oldest, of equal ones that with the
 * lower identifier. Any other one that is in turn with it is not the house's; it
 * says nothing of those that are in turn with it alone.
 */
#ifndef STORAGE_JOURNAL_OTHER_CHOICE_H
#define STORAGE_JOURNAL_OTHER_CHOICE_H

#include "storage/db/stmt.h"
#include "storage/journal/in_turn.h"

enum { OTHER_CANDIDATE = 64 }; /* bytes of an identifier that are compared */

struct other_candidate {
	int64_t id, first;  /* of the meter; UTC of its first reading */
	int64_t was, other; /* whose mark it has, and should have; 0: none */
	bool named;	    /* by a person */
	char identifier[OTHER_CANDIDATE];
};

struct other_choice {
	struct other_candidate *list;
	size_t n, room;
};

/*
 * SQL for `about`: identifier, whether it is named ?2, its mark, and its first
 * reading, of the meter ?1. OTHER_NAMED: is meter m named ?2?
 */
#define OTHER_NAMED(m)                                                         \
	"(?2 <> '' AND (" m ".identifier = ?2 COLLATE NOCASE OR " m            \
	".identifier = hex(?2)))"
extern const char other_choice_about[];

/*
 * Choose among the meters that are in turn. `whole`: *t has all their readings.
 * Free it in either case. 0 or a negative code.
 */
int other_choice_make(struct other_choice *c, const struct in_turn *t,
		      bool whole, struct stmt *about, const char *house,
		      struct err *e);
void other_choice_free(struct other_choice *c);

/* The mark that a meter should have; 0: none. */
int64_t other_choice_of(const struct other_choice *c, int64_t meter);

#endif
