/*
 * The references that the parser knows besides those of
 * telegram/obis_quantities.h, and the functions that read their lines. Internal
 * to the parser.
 */
#ifndef TELEGRAM_OBIS_OTHER_LINES_H
#define TELEGRAM_OBIS_OTHER_LINES_H

#include <stdbool.h>

struct parse;
struct known_line;

/* Read a line of a reference. Returns false if it is unreadable. */
typedef bool line_reader(struct parse *p, const struct known_line *l);

/* A number in a unit of the quantity, and states and limits. */
line_reader quantity_line;

/* The telegram's version and time. */
line_reader version_line, time_line;

/* "0001"; in Hungary also "TARIFF 1" or "ON". */
line_reader breaker_line;

/*
 * The meter's time in two halves, hhmmss and YYMMDD, in telegrams that print no
 * other time.
 */
line_reader clock_line, date_line;

line_reader meter_line, message_line, message_code_line;

/* The log of power failures. Returns false if it has no valid entry. */
line_reader failures_line;

/*
 * The monthly peaks in Belgium, sorted by month. Returns false if there are
 * none, or if it is another profile.
 */
line_reader peaks_line;

/* Lines of an M-Bus channel. */
line_reader mbus_type_line, mbus_meter_line, mbus_value_line, mbus_profile_line,
	mbus_valve_line;

/*
 * Media with references of their own: DSMR 2.2 P1, sections 6.3 to 6.5, and the
 * Actaris ACE4000, which sends gas this way.
 */
line_reader media_meter_line, media_value_line, media_valve_line;

/*
 * A signed power: 1-0:16.7.0 (drawn minus returned), or 1-0:1.7.0 below zero;
 * for the phases 1-0:36.7.0, 1-0:21.7.0, ... Returns false if it is not a
 * power.
 */
line_reader net_power_line;

/* M-Bus channel n. */
#define CHANNEL_REFERENCES(X, n)                                               \
	X((0, n, 24, 1, 0), mbus_type_line)                                    \
	X((0, n, 96, 1, 0), mbus_meter_line)                                   \
	X((0, n, 24, 2, 1), mbus_value_line)                                   \
	X((0, n, 96, 1, 1), mbus_meter_line)                                   \
	X((0, n, 24, 2, 3), mbus_value_line)                                   \
	X((0, n, 24, 3, 0), mbus_profile_line)                                 \
	X((0, n, 24, 3, 1), mbus_profile_line)                                 \
	X((0, n, 24, 4, 0), mbus_valve_line)

/* A medium with references of its own: 5 heat, 6 cold, 7 gas, 8 water. */
#define MEDIUM_REFERENCES(X, a)                                                \
	X((a, 0, 0, 0, 0), media_meter_line)                                   \
	X((a, 0, 24, 4, 0), media_valve_line)                                  \
	X((a, 0, 1, 0, 0), media_value_line)                                   \
	X((a, 0, 23, 1, 0), media_value_line)                                  \
	X((a, 0, 23, 2, 0), media_value_line) /* temperature-corrected */

/* X((A, B, C, D, E), function) */
/* clang-format off */
#define REFERENCES(X)                                                          \
	X((0, 0, 96, 1, 4),   version_line)                                    \
	X((1, 3, 0, 2, 8),    version_line)                                    \
	X((0, 0, 1, 0, 0),    time_line)                                       \
	X((0, 0, 96, 1, 1),   meter_line)      /* Netherlands, Belgium */      \
	X((0, 0, 1, 1, 0),    time_line)       /* WarmteLink */                \
	X((0, 0, 0, 9, 1),    clock_line)                                      \
	X((1, 0, 0, 9, 1),    clock_line)                                      \
	X((0, 0, 0, 9, 2),    date_line)                                       \
	X((1, 0, 0, 9, 2),    date_line)                                       \
	X((0, 0, 96, 1, 0),   meter_line)      /* Hungary, Ireland */          \
	X((1, 0, 0, 0, 0),    meter_line)      /* EasyMeter, Ireland */        \
	X((0, 0, 0, 0, 0),    meter_line)      /* Switzerland */               \
	X((0, 0, 42, 0, 0),   meter_line)      /* Luxembourg: logical device */\
	X((1, 0, 99, 97, 0),  failures_line)                                   \
	X((0, 0, 98, 1, 0),   peaks_line)                                      \
	X((0, 0, 96, 13, 0),  message_line)                                    \
	X((0, 0, 24, 4, 0),   breaker_line)    /* DSMR 2.2 on paper */         \
	X((1, 0, 16, 7, 0),   net_power_line)                                  \
	X((1, 0, 36, 7, 0),   net_power_line)                                  \
	X((1, 0, 56, 7, 0),   net_power_line)                                  \
	X((1, 0, 76, 7, 0),   net_power_line)                                  \
	CHANNEL_REFERENCES(X, 1)                                               \
	CHANNEL_REFERENCES(X, 2)                                               \
	CHANNEL_REFERENCES(X, 3)                                               \
	CHANNEL_REFERENCES(X, 4)                                               \
	MEDIUM_REFERENCES(X, 5)                                                \
	MEDIUM_REFERENCES(X, 6)                                                \
	MEDIUM_REFERENCES(X, 7)                                                \
	MEDIUM_REFERENCES(X, 8)

/* Too long for the quick lookup, or too much like another. */
#define OTHER_REFERENCES(X)                                                    \
	X((0, 0, 96, 1, 255), meter_line)      /* EasyMeter */                 \
	X((0, 0, 96, 50, 68), breaker_line)    /* Hungary */                   \
	X((0, 0, 96, 13, 1),  message_code_line)
/* clang-format on */

#endif
