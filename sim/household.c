#include "sim/household.h"

#include <string.h>

#include "base/span.h"
#include "base/utc.h"
#include "sim/random.h"
#include "sim/weather.h"

enum {
	NIGHT = 4 * HOUR_S, /* the household's day starts at 04:00 */
};

enum stream {
	STREAM_BASE = 1,
	STREAM_FLICKER,
	STREAM_FRIDGE,
	STREAM_OFTEN = 1000, /* one per habit from here on */
	STREAM_WHEN = 2000,
	STREAM_LONG = 3000,
};

/* A household's daily use of an appliance. */
struct habit {
	const char *name;
	int workday, weekend;  /* per cent of days */
	int from, to;	       /* start, minutes after local midnight */
	int shortest, longest; /* minutes */
	int watts, idle;       /* while on, and in between */
	int period, on;	       /* thermostat period and on-time in seconds;
				  0: always on */
	int phase;
	int water_ml;	    /* per second, over the whole time */
	int hot_w, stove_w; /* for warm water, for a gas flame */
};

/* clang-format off */
#define AT(h, m) ((h) * 60 + (m))

static const struct habit habits[] = {
  /* name           work end   begins                min..max   on  idle  period on ph water    hot  stove */
  { "coffee",        95,  90, AT( 6,30), AT( 8,30),   5,  12, 1050,   60,  60, 25, 0,    2,     0,    0 },
  { "toast",         60,  70, AT( 6,45), AT( 9, 0),   3,   6,  900,    0,   0,  0, 0,    0,     0,    0 },
  { "shower",        97,  90, AT( 6,15), AT( 8,45),   5,  10,   30,   30,   0,  0, 0,  130, 22000,    0 },
  { "second shower", 70,  80, AT( 6,45), AT( 9,45),   5,  12,   30,   30,   0,  0, 0,  130, 22000,    0 },
  { "evening bath",  15,  25, AT(19, 0), AT(21,30),   8,  14,   40,   40,   0,  0, 0,  190, 26000,    0 },
  { "hair dryer",    60,  50, AT( 7, 0), AT( 9, 0),   3,   7, 1600,    0,   0,  0, 1,    0,     0,    0 },
  { "home office",   55,  10, AT( 8,15), AT( 9,30), 360, 510,  110,   95, 600,300, 1,    0,     0,    0 },
  { "lunch",         45,  80, AT(11,45), AT(13, 0),   6,  20, 1400,   80,  90, 40, 0,   10,  2000,    0 },
  { "kettle",        80,  90, AT(10, 0), AT(16, 0),   3,   5, 2100,    0,   0,  0, 0,    5,     0,    0 },
  { "washing",       45,  65, AT( 8,30), AT(18, 0),  60, 110, 2000,  120,2400,700, 2,   11,     0,    0 },
  { "dryer",         25,  40, AT(13, 0), AT(20, 0),  50,  90,  850,   90, 300,260, 2,    0,     0,    0 },
  { "vacuum cleaner",15,  50, AT( 9,30), AT(16,30),  10,  30,  750,    0,   0,  0, 1,    0,     0,    0 },
  { "hob",           85,  75, AT(17,15), AT(18,45),  20,  50, 1900,  150,  40, 22, 0,   20,  1500,    0 },
  { "gas flame",     55,  45, AT(17,15), AT(18,45),  15,  40,   60,   60,   0,  0, 0,    0,     0, 2200 },
  { "oven",          25,  40, AT(17, 0), AT(18,45),  25,  60, 2300,   40, 150, 75, 1,    0,     0,    0 },
  { "dishwasher",    60,  75, AT(19,15), AT(21,30),  75, 120, 1900,   60,3000,900, 0,    2,     0,    0 },
  { "television",    90,  95, AT(18,30), AT(20, 0), 120, 230,  130,  115,  20, 10, 1,    0,     0,    0 },
  { "computer",      60,  70, AT(16, 0), AT(20, 0),  60, 240,  180,  140,  30, 12, 2,    0,     0,    0 },
  { "tap",           99,  99, AT( 7, 0), AT( 9, 0),  10,  25,    0,    0,   0,  0, 0,   12,   900,    0 },
  { "evening tap",   99,  99, AT(17, 0), AT(22, 0),  15,  40,    0,    0,   0,  0, 0,   10,   700,    0 },
  { "garden",         8,  15, AT(18, 0), AT(20,30),  15,  45,    0,    0,   0,  0, 0,  200,     0,    0 },
  { "late light",    30,  70, AT(22,30), AT(23,45),  30, 120,   90,   90,   0,  0, 1,    0,     0,    0 },
};
/* clang-format on */

_Static_assert(COUNT(habits) <= HOUSEHOLD_EVENTS, "a plan has room for each");

void household_init(struct household *h, const struct household_options *o)
{
	memset(h, 0, sizeof(*h));
	h->options = *o;
	h->day = -1;
	h->minute = -1;
}

/* A random number for a habit on a day. */
static int64_t draw(const struct household *h, int stream, size_t habit,
		    int64_t low, int64_t high)
{
	uint64_t bits =
		random_at(h->options.seed, (uint64_t)stream + (uint64_t)habit,
			  (uint64_t)h->day);

	return random_from(bits, low, high);
}

/* Plan the household's day h->day, which contains `utc`. */
static void plan(struct household *h, int64_t utc)
{
	int64_t midnight = h->day * DAY_S - zone_offset(&h->options.zone, utc);
	int weekday = zone_weekday(h->day);
	bool weekend = weekday == 0 || weekday == 6;

	h->events = 0;
	for (size_t i = 0; i < COUNT(habits); i++) {
		const struct habit *a = &habits[i];
		int64_t start, length;

		if (draw(h, STREAM_OFTEN, i, 1, 100) >
		    (weekend ? a->weekend : a->workday))
			continue;
		start = draw(h, STREAM_WHEN, i, a->from * 60, a->to * 60);
		length = draw(h, STREAM_LONG, i, a->shortest * 60,
			      a->longest * 60);
		h->event[h->events++] = (struct household_event){
			.start = midnight + start,
			.end = midnight + start + length,
			.habit = (int)i,
		};
	}
}

/* Update slow changes once a minute. */
static void look_outside(struct household *h, int64_t utc)
{
	const struct household_options *o = &h->options;
	int64_t local = utc + zone_offset(&o->zone, utc);

	h->minute = utc / 60;
	h->sun = o->solar_w > 0 ? weather_sun(o->seed, utc) : 0;
	h->temperature = weather_temperature(o->seed, utc);
	h->daylight = weather_daylight(utc);
	h->clock_hour = (int)(local % DAY_S / HOUR_S);
	if ((local - NIGHT) / DAY_S != h->day) {
		h->day = (local - NIGHT) / DAY_S;
		plan(h, utc);
	}
}

static void add_event(const struct household_event *ev, int64_t utc,
		      struct flow *f)
{
	const struct habit *a = &habits[ev->habit];
	bool on = a->period == 0 || (utc - ev->start) % a->period < a->on;

	f->watts[a->phase] += on ? a->watts : a->idle;
	f->heating_w += a->hot_w;
	f->stove_w += a->stove_w;
	f->water_ml += a->water_ml;
}

/* Space heating: lower at night, a boost in the morning. */
static int64_t heating(const struct household *h)
{
	int64_t lacks = 160 - h->temperature;
	int64_t percent = h->clock_hour >= 23 || h->clock_hour < 6 ? 35
			  : h->clock_hour < 8			   ? 170
								   : 100;

	return lacks > 0 ? lacks * 22 * percent / 100 : 0;
}

/* Always present: standby, ventilation, fridge, and light after dark. */
static void add_always(struct household *h, int64_t utc, struct flow *f)
{
	uint64_t seed = h->options.seed;
	int64_t fridge = 2700 + random_from(random_at(seed, STREAM_FRIDGE, 0),
					    -600, 900);
	uint64_t bits = random_at(seed, STREAM_FLICKER, (uint64_t)utc);
	bool awake = h->clock_hour >= 7 && h->clock_hour < 23;

	f->watts[0] += 55 + random_from(bits, -3, 3);
	f->watts[1] += 40 + random_wander(seed, STREAM_BASE, utc, HOUR_S, 15);
	f->watts[2] += 25 + random_from(bits >> 32, -2, 2);
	if (utc % fridge < 900)
		f->watts[2] += 85;
	if (awake && !h->daylight)
		f->watts[1] += 140;
}

static void add_sun(const struct household *h, struct flow *f)
{
	const struct household_options *o = &h->options;
	int64_t watts = o->solar_w * h->sun / 1000;

	/* a large inverter feeds three phases */
	if (o->phases == 3 && o->solar_w > 5000)
		for (int i = 0; i < HOUSEHOLD_PHASES; i++)
			f->watts[i] -= watts / 3;
	else
		f->watts[0] -= watts;
}

void household_flow(struct household *h, int64_t utc, struct flow *out)
{
	*out = (struct flow){ 0 };
	if (utc / 60 != h->minute)
		look_outside(h, utc);
	add_always(h, utc, out);
	for (int i = 0; i < h->events; i++)
		if (utc >= h->event[i].start && utc < h->event[i].end)
			add_event(&h->event[i], utc, out);
	out->heating_w += heating(h);
	add_sun(h, out);
	if (h->options.phases == 1) {
		out->watts[0] += out->watts[1] + out->watts[2];
		out->watts[1] = out->watts[2] = 0;
	}
}
