/*
 * Dialects: what each kind of meter prints, line by line. A dialect is a row
 * of the table and a list of lines; a new meter is a new list and nothing else.
 */
#ifndef SIM_DIALECT_H
#define SIM_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "sim/face.h"
#include "sim/zone.h"

/* How a line is made. */
enum line_kind {
	LINE_TEXT,     /* as it stands */
	LINE_TIME,     /* 0-0:1.0.0(YYMMDDhhmmssX) */
	LINE_ID,       /* the meter's identifier, in the dialect's way */
	LINE_NUMBER,   /* 1-0:1.8.1(123456.789*kWh) */
	LINE_FAILURES, /* the log of long power failures */
	LINE_PEAK,     /* 1-0:1.6.0: the running month's peak, with its time */
	LINE_PEAKS,    /* 0-0:98.1.0: those of the months before */
	LINE_ONES,     /* a text of 1024 bytes FF */
	LINE_PROFILE,  /* 0-0:98.1.0 of Hungary: the month's close */
	LINE_DEVICES,  /* the M-Bus, by the dialect's device lines */
};

/* How a line of an M-Bus device is made; "0-n:" goes in front where none is. */
enum device_kind {
	DEVICE_TYPE,	/* 24.1.0(003) */
	DEVICE_ID,	/* 96.1.0, in the dialect's way */
	DEVICE_TEXT,	/* as it stands */
	DEVICE_VALUE,	/* 24.2.1(YYMMDDhhmmssX)(00123.456*m3) */
	DEVICE_PROFILE, /* 24.3.0, the two lines of DSMR 3.0 */
	DEVICE_PADDED,	/* 96.1.0, with blanks behind */
	DEVICE_RING,	/* 7-0:23.1.0, a day of readings by the hour */
};

struct line {
	enum line_kind kind;
	const char *text;    /* the reference, or the whole line */
	enum face_item item; /* LINE_NUMBER, LINE_PEAK */
	int whole, decimals; /* digits before and behind the point */
	const char *unit;    /* "" prints no '*' */
	int scale;	     /* the item counts 10^-scale of that unit */
};

struct device_line {
	enum device_kind kind;
	unsigned media;	  /* bit of each face_medium that has this line */
	const char *text; /* without "0-n:", or a whole reference */
	int digits;	  /* DEVICE_TYPE */
};

struct lines {
	const struct line *line;
	size_t count;
};

struct device_lines {
	const struct device_line *line;
	size_t count;
};

struct dialect {
	const char *name; /* as on the command line */
	const char *about;
	const char *header; /* with '/', without the line end */
	bool no_blank_line;   /* below the header */
	bool crc;
	bool short_crc;	   /* without leading zeros */
	unsigned always;   /* bit of each face_medium that is always there */
	struct zone zone;
	int interval;	   /* seconds between telegrams */
	int mbus_interval; /* seconds between readings of an M-Bus device */
	int baud;
	int seven_bits; /* the line is 7E1, not 8N1 */
	int day_tariff; /* number of the dear one, in the day of workdays */
	int day_from, day_to; /* hours */
	bool clock_was_reset; /* its failure log has an entry of the year 2000
			       */
	bool plain_id;	      /* identifiers as they are, not in hexadecimal */
	const char *id;	      /* the meter's identifier: '#' is a digit */
	const char *device_id[FACE_MEDIA];
	const struct lines *lines;
	const struct device_lines *device_lines;
};

extern const struct dialect dialects[];
extern const size_t dialect_count;

/* NULL when there is none of that name. */
const struct dialect *dialect_find(const char *name);

/*
 * How an item comes out of this dialect's telegrams: the smallest step that it
 * prints, in the item's own small unit, and where its counter rolls over. 0:
 * it is not sent.
 */
struct printed {
	int64_t step, wrap;
};

struct printed dialect_prints(const struct dialect *d, enum face_item item,
			      int phases);

/* Does it send readings of that medium? */
bool dialect_carries(const struct dialect *d, enum face_medium medium);

/* 10^n; n up to 18, 1 below 0. */
int64_t power_of_ten(int n);

#endif
