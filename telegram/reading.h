/*
 * The content of one telegram. Plain data without allocation: copy freely. The
 * spans point into the telegram's bytes (see telegram/reader.h).
 */
#ifndef TELEGRAM_READING_H
#define TELEGRAM_READING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "base/utc.h"
#include "telegram/obis_quantities.h"

enum {
	MBUS_CHANNELS = 4,
	FAILURES_MAX = 10, /* stored entries of 1-0:99.97.0 */
	PEAKS_MAX = 13,	   /* stored months of 0-0:98.1.0 */
};

/* How a time was given. */
enum timestamp_kind {
	TIMESTAMP_NONE,	 /* not at all, or as a date that means "none" */
	TIMESTAMP_CIVIL, /* DSMR 2.2 and 3.0: local time without S or W */
	TIMESTAMP_UTC,	 /* with S or W: `utc` is known */
};

struct timestamp {
	enum timestamp_kind kind;
	int64_t utc;	    /* TIMESTAMP_UTC: seconds since 1970 */
	struct civil civil; /* as printed; unset for TIMESTAMP_NONE */
};

/* What an M-Bus channel measures. */
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
	int channel;	       /* 1 to 4; 0: this slot is empty */
	int type;	       /* device type, decimal as printed; for 7-0: and
			       similar, implied by the reference; -1: not
			       sent */
	enum medium medium;    /* by type, or by unit if they differ */
	struct span meter;     /* equipment identifier as sent; empty if none */
	struct timestamp time; /* time of the value */
	bool has_value;	       /* a value with a valid time */
	int64_t value;	       /* count of `unit` */
	enum unit unit;	       /* UNIT_DM3, UNIT_MJ, UNIT_WH */
	int valve; /* 0-n:24.4.0: 0 off, 1 on, 2 released; -1: not sent */
};

/* One long power failure from the meter's log (1-0:99.97.0). */
struct failure {
	struct timestamp end;
	int64_t seconds;
};

/* One month's peak demand (Belgium, 0-0:98.1.0). */
struct peak {
	struct timestamp month_end; /* first instant of the next month */
	struct timestamp time;
	int64_t w;
};

enum crc_state {
	CRC_OK,	  /* verified */
	CRC_NONE, /* not in this version */
};

/* The source of `time`. */
enum time_source {
	TIME_METER,    /* the telegram */
	TIME_MACHINE,  /* this machine: the telegram has no plausible time */
	TIME_COMPUTED, /* --time-from */
	TIME_ENTERED,  /* entered with the counters of an old or new meter */
	TIME_UNSURE,   /* this machine, not synchronised */
	TIME_IMPORTED, /* another program (--import-readings) */
};

struct reading {
	struct span raw;     /* from '/' to the line end after the CRC */
	int lines;	     /* data lines in it, as telegram_line cuts them */
	struct span header;  /* the identification line, with '/' */
	struct span version; /* "50", "50217"; empty if none */
	struct span meter;   /* equipment identifier as sent; empty if none */
	enum crc_state crc;
	struct timestamp
		time; /* the telegram's; TIMESTAMP_NONE in 2.2 and 3.0 */
	int base;     /* offset used to read all timestamps, s */
	enum time_source source;
	uint64_t have;		/* bit q set: value[q] was in the telegram */
	int64_t value[Q_COUNT]; /* in units[quantities[q].unit] */
	struct timestamp demand_peak_time;
	struct mbus mbus[MBUS_CHANNELS]; /* slot i is channel i + 1 */
	/*
	 * Meters whose counters are held and were removed from the reading: bit
	 * 0 the electricity meter, bit n channel n. The parser sets 0.
	 */
	unsigned held;
	struct span message, message_code; /* as sent; empty if none */
	/*
	 * A limiter that is not a power (A, kVA), in thousandths of the printed
	 * unit; an empty unit: none. A power is in Q_LIMITER.
	 */
	int64_t limiter;
	struct span limiter_unit;
	bool minus;	/* a returned power was printed as negative */
	bool kilovolts; /* a voltage was printed in kV */
	/* Has a line 1-3:0.2.8 or 0-0:96.1.4; has a line 0-0:1.0.0. */
	bool prints_version, prints_time;
	int failures, peaks; /* entries used in `failure` and `peak` */
	struct failure failure[FAILURES_MAX];
	struct peak peak[PEAKS_MAX]; /* oldest month first */
};

_Static_assert(Q_COUNT < 64, "struct reading.have is 64 bits wide");

static inline bool reading_has(const struct reading *r, enum quantity q)
{
	return r->have >> q & 1;
}

/* Returns true, like functions that report a readable value. */
static inline bool reading_set(struct reading *r, enum quantity q,
			       int64_t value)
{
	r->value[q] = value;
	r->have |= UINT64_C(1) << q;
	return true;
}

/* "gas", "warm_water"; NULL for MEDIUM_OTHER and MEDIUM_UNKNOWN. */
const char *medium_name(enum medium m);

enum { MEDIUM_TEXT = 16 }; /* buffer size for medium_text, NUL included */

/* Name the medium of a channel: "gas" or "type-031". Returns buf. */
char *medium_text(char buf[static MEDIUM_TEXT], const struct mbus *m);

#endif
