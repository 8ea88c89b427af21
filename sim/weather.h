/*
 * Sun and weather in the middle of the Netherlands (52 N, 5 E), in whole
 * numbers, so that it is the same on every machine.
 */
#ifndef SIM_WEATHER_H
#define SIM_WEATHER_H

#include <stdint.h>

/*
 * Output of a south-facing roof, tilted 35 degrees, at this instant:
 * thousandths of its peak power, including clouds derived from the seed.
 */
int64_t weather_sun(uint64_t seed, int64_t utc);

/* Is the sun up? */
int weather_daylight(int64_t utc);

/* Smoothed outdoor temperature in tenths of a degree Celsius. */
int64_t weather_temperature(uint64_t seed, int64_t utc);

#endif
