#include "sim/weather.h"

#include "base/utc.h"
#include "sim/random.h"

/* Angles in tenths of a degree, sines in ten-thousandths. */
enum {
	ONE = 10000,
	CIRCLE = 3600,
	LATITUDE = 520,
	TILT = 350,
	NOON = 42000, /* second of the UTC day: 11:40 at 5 E */
	DECLINATION = 234,
	SPRING = 80, /* equinox, in days from 1970-01-01 */
};

enum stream { STREAM_DULL = 100, STREAM_CLOUD, STREAM_WISP, STREAM_AIR };

/* Bhaskara's approximation, within 0.0017. */
static int64_t sine(int64_t angle)
{
	int64_t x, y;

	angle = (angle % CIRCLE + CIRCLE) % CIRCLE;
	x = angle % (CIRCLE / 2);
	y = x * (CIRCLE / 2 - x);
	y = 4 * y * ONE / (4050000 - y);
	return angle < CIRCLE / 2 ? y : -y;
}

static int64_t cosine(int64_t angle)
{
	return sine(angle + CIRCLE / 4);
}

/* Angle of the year since the spring equinox. */
static int64_t season(int64_t utc)
{
	return (utc - (int64_t)SPRING * DAY_S) / 100 * CIRCLE / 315569;
}

/* Sine of the sun's height above a plane tilted to the south. */
static int64_t height(int64_t utc, int64_t tilt)
{
	int64_t declination = DECLINATION * sine(season(utc)) / ONE;
	int64_t hour = (utc % DAY_S - NOON) * CIRCLE / DAY_S;

	return (sine(LATITUDE - tilt) * sine(declination) +
		cosine(LATITUDE - tilt) * cosine(declination) / ONE *
			cosine(hour)) /
	       ONE;
}

/*
 * Light passing the clouds, in thousandths: dull or clear days, with variation.
 */
static int64_t clear(uint64_t seed, int64_t utc)
{
	int64_t through = 470 + 110 * sine(season(utc)) / ONE;

	through += random_wander(seed, STREAM_DULL, utc, DAY_S, 360);

	through += random_wander(seed, STREAM_CLOUD, utc, 5400, 250);
	through += random_wander(seed, STREAM_WISP, utc, 240, 120);
	return through < 60 ? 60 : through > 1000 ? 1000 : through;
}

int64_t weather_sun(uint64_t seed, int64_t utc)
{
	int64_t up = height(utc, 0), on_roof;

	if (up <= 0)
		return 0;
	on_roof = height(utc, TILT);
	if (on_roof < up / 10)
		on_roof = up / 10; /* diffuse light */
	/* a low sun shines through more air */
	on_roof = on_roof * up / (up + 1200);
	return on_roof * clear(seed, utc) / ONE;
}

int weather_daylight(int64_t utc)
{
	return height(utc, 0) > 0;
}

int64_t weather_temperature(uint64_t seed, int64_t utc)
{
	/* the coldest month is a month after the shortest day */
	return 105 + 78 * sine(season(utc) - 300) / ONE +
	       random_wander(seed, STREAM_AIR, utc, (int64_t)4 * DAY_S, 60);
}
