/*
 * What one telegram said. Plain data, no allocation: copy it freely, nothing to
 * free. The spans borrow from the telegram's bytes (see telegram/reader.h).
 */
#ifndef TELEGRAM_READING_H
#define TELEGRAM_READING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "base/utc.h"
#include "telegram/quantity.h"

enum {
	MBUS_CHANNELS = 4,
	FAILURES_MAX = 10, /* entries of 1-0:99.97.0 that are kept */
	PEAKS_MAX = 13,	   /* months of 0-0:98.1.0 that are kept */
};

/* How a time was said. */
enum timestamp_kind {
	TIMESTAMP_NONE,	 /* not at all, or as a date that means "none" */
	TIMESTAMP_CIVIL, /* DSMR 2.2 and 3.0: local time without S or W */
	TIMESTAMP_UTC,	 /* with S or W: `utc` is known */
};

struct timestamp {
	enum timestamp_kind kind;
	int64_t utc;	    /* TIMESTAMP_UTC: seconds since 1970 */
	struct civil civil; /* as printed; not of TIMESTAMP_NONE */
};

/* What an M-Bus channel measures; a number of its own above the known ones. */
enum medium {
	MEDIUM_UNKNOWN = -1, /* no device type was sent */
	MEDIUM_ELECTRICITY,
	MEDIUM_GAS,
	MEDIUM_HEAT,
	MEDIUM_COLD,
	MEDIUM_WATER,
	MEDIUM_WARM_WATER,
	MEDIUM_OTHER, /* "type-NNN" */
	MEDIUM_COUNT
};

struct mbus {
	int channel;	    /* 1 to 4; 0: this slot is empty */
	int type;	    /* device type, decimal as printed; of 7-0: and the
	                       like, what its reference means; -1: not sent */
	enum medium medium; /* of the type; of the unit where they differ */
	struct span meter;  /* equipment identifier as sent; empty: none */
	struct timestamp time; /* of the value */
	bool has_value;	       /* a value with a time that means one */
	int64_t value;	       /* count of `unit` */
	enum unit unit;	       /* UNIT_DM3, UNIT_MJ, UNIT_WH */
	int valve; /* 0-n:24.4.0: 0 off, 1 on, 2 released; -1: not sent */
};

/* One long power failure, as the meter logged it (1-0:99.97.0). */
struct failure {
	struct timestamp end;
	int64_t seconds;
};

/* One month's peak demand (Belgium, 0-0:98.1.0). */
struct peak {
	struct timestamp month_end; /* first instant of the month after */
	struct timestamp time;
	int64_t w;
};

enum crc_state {
	CRC_OK,	  /* verified */
	CRC_NONE, /* the meter's version has none */
};

/* Whose clock `time` is. */
enum time_source {
	TIME_METER, /* the telegram's */
	TIME_MACHINE, /* this machine's: the telegram has none, or an absurd one */
	TIME_COMPUTED, /* --time-from */
	TIME_ENTERED, /* a person's, with the counters of an old or new meter */
	TIME_UNSURE,  /* this machine's, while it is not synchronised */
};

struct reading {
	struct span raw;     /* from '/' to the line end behind the CRC */
	struct span header;  /* the identification line, with '/' */
	struct span version; /* "50", "50217"; empty: none */
	struct span meter;   /* equipment identifier as sent; empty: none */
	enum crc_state crc;
	struct timestamp
		time; /* the telegram's; TIMESTAMP_NONE in 2.2 and 3.0 */
	int base;     /* the offset by which all stamps were read, s */
	enum time_source source;
	uint64_t have;		/* bit q set: value[q] was in the telegram */
	int64_t value[Q_COUNT]; /* in units[quantities[q].unit] */
	struct timestamp demand_peak_time;
	struct mbus mbus[MBUS_CHANNELS]; /* slot i is channel i + 1 */
	/* Whose counters were held, and are not in the reading any more: bit 0
	 * the electricity meter's, bit n channel n's. 0 from the parser. */
	unsigned held;
	int failures; /* entries used below */
	struct failure failure[FAILURES_MAX];
	int peaks;
	struct peak peak[PEAKS_MAX];	   /* oldest month first */
	struct span message, message_code; /* as sent; empty: none */
	/* A limiter that is no power (A, kVA), in thousandths of the unit that
	 * is printed; an empty unit: there is none. Else it is Q_LIMITER. */
	int64_t limiter;
	struct span limiter_unit;
	bool minus; /* a returned power was said with a minus */
};

_Static_assert(Q_COUNT <= 64, "struct reading.have is 64 bits wide");

static inline bool reading_has(const struct reading *r, enum quantity q)
{
	return r->have >> q & 1;
}

/* Always true, as what could be read is. */
static inline bool reading_set(struct reading *r, enum quantity q,
			       int64_t value)
{
	r->value[q] = value;
	r->have |= UINT64_C(1) << q;
	return true;
}

/*
 * Read a time as a telegram prints it: YYMMDDhhmmss with S or W behind it, or
 * without; or YY-MM-DD hh:mm:ss (ACE4000). `base` is telegram_parse's. TIMESTAMP_NONE when it is not a date.
 */
struct timestamp stamp_parse(struct span text, int base);

/* "gas", "warm_water"; for MEDIUM_OTHER and MEDIUM_UNKNOWN NULL. */
const char *medium_name(enum medium m);

enum { MEDIUM_TEXT = 16 }; /* bytes of medium_text, NUL included */

/* The medium of one channel in a word: "gas", or "type-031". Returns buf. */
char *medium_text(char buf[static MEDIUM_TEXT], const struct mbus *m);

#endif
