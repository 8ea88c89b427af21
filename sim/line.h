/* The lines of a telegram, as the lists of sim/lines_*.c tell them. */
#ifndef SIM_LINE_H
#define SIM_LINE_H

#include <stddef.h>

#include "sim/display.h"

/* How a line is made. */
enum line_kind {
	LINE_TEXT,     /* as it stands */
	LINE_TIME,     /* 0-0:1.0.0(YYMMDDhhmmssX) */
	LINE_ID,       /* the meter's identifier, in the dialect's way */
	LINE_NUMBER,   /* 1-0:1.8.1(123456.789*kWh) */
	LINE_NET,      /* 1-0:16.7.0(-000458.90*W): drawn less returned */
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
	const char *text;	/* the reference, or the whole line */
	enum display_item item; /* LINE_NUMBER, LINE_PEAK; drawn: LINE_NET */
	int whole, decimals;	/* digits before and behind the point */
	const char *unit;	/* "" prints no '*' */
	int scale;		/* the item counts 10^-scale of that unit */
};

struct device_line {
	enum device_kind kind;
	unsigned media;	  /* bit of each display_medium that has this line */
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

#endif
