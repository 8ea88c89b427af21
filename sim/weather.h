/*
 * Sun and weather over the middle of the Netherlands (52 N, 5 E), in whole
 * numbers only, so that every machine sees the same sky.
 */
#ifndef SIM_WEATHER_H
#define SIM_WEATHER_H

#include <stdint.h>

/*
 * What a roof to the south, tilted 35 degrees, gives at this instant:
 * thousandths of its peak power, clouds of this seed included.
 */
int64_t weather_sun(uint64_t seed, int64_t utc);

/* Is the sun up? */
int weather_daylight(int64_t utc);

/* Outdoor temperature of the days around, tenths of a degree Celsius. */
int64_t weather_temperature(uint64_t seed, int64_t utc);

#endif
