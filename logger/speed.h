/*
 * Speed and framing of a P1 port. A meter does not say which it uses; they are
 * found by listening, the most common first.
 *
 * Source: DSMR 5.0.2 P1 companion standard, section 6.1 (115200 8N1); 2.2 and
 * 3.0, section 5.1 (9600, IEC 62056-21: 7E1). Some meters of 9600 send 8N1.
 */
#ifndef LOGGER_SPEED_H
#define LOGGER_SPEED_H

#include "base/err.h"
#include "logger/offset.h"

struct speed {
	int baud;	  /* bits per second */
	int bits;	  /* 7 or 8 */
	char parity;	  /* 'N' or 'E' */
	const char *name; /* "115200 8N1" */
};

enum { SPEED_COUNT = 3, ODD_SPEED_COUNT = 6 };

extern const struct speed speeds[SPEED_COUNT];

/* What no P1 port has, and a converter between may be set to. */
extern const struct speed odd_speeds[ODD_SPEED_COUNT];

enum { HEARD_PORT = 512 }; /* bytes of a port's name, NUL included */

/* Where a telegram was heard last, and by what clock: kept in a file beside the database. */
struct heard {
	char port[HEARD_PORT]; /* "": nothing is remembered */
	int speed;	       /* index into speeds */
	struct offset offset;  /* of the meter's clock */
};

/* Read the file; nothing is remembered when it is not there or not readable. */
void heard_load(struct heard *h, const char *path);

/* Write the file again when it would say something else than before. */
int heard_save(const struct heard *h, const char *path, struct err *e);

#endif
