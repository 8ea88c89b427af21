/*
 * Which reading of a meter can follow which, by the time between them and what
 * its connection can deliver: the rule by which readings are judged. Pure.
 *
 * Each object is judged by itself: the counters of the electricity meter
 * together, and each M-Bus meter. A dead gas channel never affects the
 * electricity.
 */
#ifndef STORAGE_JUDGE_CAN_FOLLOW_H
#define STORAGE_JUDGE_CAN_FOLLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "telegram/obis_quantities.h"
#include "telegram/reading.h"

enum { JUDGE_REGISTERS = Q_REACTIVE_EXPORT_TOTAL + 1 };

/* The maximum that a connection can deliver; 0: no limit. */
struct judge_limits {
	long import_w, export_w; /* 3 x 80 A x 230 V are 55200 W */
	long gas_m3_h, water_m3_h;
	long heat_kw; /* also of cold */
};

/* The same for the registers of one object. */
struct judge_rates {
	int64_t per_hour[JUDGE_REGISTERS]; /* counts; 0: no limit */
	int64_t grace_s; /* how late a counter may be updated */
	int64_t step;	 /* one step of the counter, in its unit */
	bool stamped;	 /* by the meter itself: one time, one value */
};

/* The counters of one object; an M-Bus meter has register 0. */
struct judge_point {
	int64_t ts;    /* UTC */
	unsigned have; /* bit i: register i is present */
	int64_t value[JUDGE_REGISTERS];
};

enum verdict {
	VERDICT_FITS,
	VERDICT_ROLLED,	  /* passed the end of the counter: it fits */
	VERDICT_BACK,	  /* a counter of the same meter goes backwards */
	VERDICT_FAST,	  /* it climbs faster than the connection allows */
	VERDICT_TIME,	  /* the time is impossible */
	VERDICT_UNPROVEN, /* no CRC, and its neighbours disagree */
	VERDICT_OUTLIER, /* was accepted, and withdrawn because of later ones */
	VERDICT_ZERO,	 /* the first values, before the meter had any */
	VERDICT_COUNT
};

/* "back", "fast" ...: the same word everywhere. NULL for those that fit. */
extern const char *const verdict_words[VERDICT_COUNT];

static inline bool verdict_is_good(enum verdict v)
{
	return v == VERDICT_FITS || v == VERDICT_ROLLED;
}

/*
 * Returns the rates of the electricity meter, or of an M-Bus meter that counts
 * `unit` of `medium`.
 */
struct judge_rates judge_electricity(const struct judge_limits *l);
struct judge_rates judge_mbus(const struct judge_limits *l, enum medium medium,
			      enum unit unit);

/* Get the counters of a reading, or the value of one of its channels. */
struct judge_point judge_point_of(const struct reading *r);
struct judge_point judge_point_of_mbus(const struct mbus *b);

/* Returns the first register that it has; 0 if it has none. */
int judge_first(const struct judge_point *p);

/*
 * Can `b` follow `a`, which is from the same meter and not newer? Ignores
 * registers that only one of them has. If not, sets *where to the register that
 * prevents it.
 */
enum verdict judge_step(const struct judge_rates *r,
			const struct judge_point *a,
			const struct judge_point *b, int *where);

/*
 * If `a` is true, can `b`, from the same meter, be true, too? b is later than
 * a, and each of the `registers` (bits, as in `have`) that both show has
 * neither fallen nor climbed faster than the connection allows; or it rolled
 * over. If they show a total in different forms, the register itself or its
 * tariffs, the sums are compared.
 */
bool judge_can_follow(const struct judge_rates *r, const struct judge_point *a,
		      const struct judge_point *b, unsigned registers);

/*
 * Get the total of a direction, or the sum of its tariffs. Returns false if it
 * shows neither.
 */
bool judge_total(const struct judge_point *p, enum quantity total,
		 int64_t *sum);

/*
 * Returns how far register i can climb in `elapsed` seconds; INT64_MAX: no
 * limit.
 */
int64_t judge_climb(const struct judge_rates *r, int i, int64_t elapsed);

/*
 * Returns the highest value that register i can have at `ts`; INT64_MAX: any.
 */
int64_t judge_highest(const struct judge_rates *r, const struct judge_point *a,
		      int i, int64_t ts);

/* Has the meter counted nothing yet? For electricity the import decides. */
bool judge_is_zero(const struct judge_point *p);

#endif
