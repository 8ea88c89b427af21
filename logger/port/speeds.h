/*
 * Speed and framing of a P1 port. A meter does not announce them; they are
 * found by listening, most common first.
 *
 * Source: DSMR 5.0.2 P1 companion standard, section 6.1 (115200 8N1); 2.2 and
 * 3.0, section 5.1 (9600, IEC 62056-21: 7E1). Some 9600 baud meters send 8N1.
 */
#ifndef LOGGER_PORT_SPEEDS_H
#define LOGGER_PORT_SPEEDS_H

struct speed {
	int baud;	  /* bits per second */
	int bits;	  /* 7 or 8 */
	char parity;	  /* 'N' or 'E' */
	const char *name; /* "115200 8N1" */
};

enum { SPEED_COUNT = 3, ODD_SPEED_COUNT = 7 };

extern const struct speed speeds[SPEED_COUNT];

/* Speeds that no P1 port has, but a converter may be set to, or M-Bus has. */
extern const struct speed odd_speeds[ODD_SPEED_COUNT];

#endif
