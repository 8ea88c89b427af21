/* Lines of a telegram, as listed in sim/lines_*.c. */
#ifndef SIM_LINE_H
#define SIM_LINE_H

#include <stddef.h>

#include "sim/display.h"

/* Format of a line. */
enum line_kind {
	LINE_TEXT,     /* unchanged */
	LINE_TIME,     /* 0-0:1.0.0(YYMMDDhhmmssX) */
	LINE_ID,       /* the meter's identifier in the dialect's format */
	LINE_NUMBER,   /* 1-0:1.8.1(123456.789*kWh) */
	LINE_NET,      /* 1-0:16.7.0(-000458.90*W): drawn minus returned */
	LINE_FAILURES, /* the log of long power failures */
	LINE_PEAK,     /* 1-0:1.6.0: peak of the current month, with its time */
	LINE_PEAKS,    /* 0-0:98.1.0: peaks of the previous months */
	LINE_ONES,     /* a text of 1024 bytes FF */
	LINE_PROFILE,  /* 0-0:98.1.0 of Hungary: month's close */
	LINE_DEVICES,  /* all M-Bus lines, from the dialect's device lines */
};

/* Format of an M-Bus device's line; "0-n:" is prepended if it has no prefix. */
enum device_kind {
	DEVICE_TYPE,	/* 24.1.0(003) */
	DEVICE_ID,	/* 96.1.0, in the dialect's format */
	DEVICE_TEXT,	/* unchanged */
	DEVICE_VALUE,	/* 24.2.1(YYMMDDhhmmssX)(00123.456*m3) */
	DEVICE_PROFILE, /* 24.3.0, the two lines of DSMR 3.0 */
	DEVICE_PADDED,	/* 96.1.0, followed by blanks */
	DEVICE_RING,	/* 7-0:23.1.0, a day of hourly readings */
};

struct sent_line {
	enum line_kind kind;
	const char *text;	/* the reference, or the complete line */
	enum display_item item; /* LINE_NUMBER, LINE_PEAK; of LINE_NET the
				   one drawn */
	int whole, decimals;	/* digits before and after the point */
	const char *unit;	/* "" omits the '*' */
	int scale;		/* the item counts 10^-scale of the unit */
};

struct device_line {
	enum device_kind kind;
	unsigned media;	  /* bit per display_medium with this line */
	const char *text; /* without "0-n:", or a complete reference */
	int digits;	  /* DEVICE_TYPE */
};

struct sent_lines {
	const struct sent_line *line;
	size_t count;
};

struct device_lines {
	const struct device_line *line;
	size_t count;
};

#endif
