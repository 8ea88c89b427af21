#include "logger/choose_reading_time.h"

#include "base/localday.h"
#include "telegram/plausible_time.h"

enum {
	ABSURD_S = 3300,  /* difference from a synchronised machine: about an
			    hour */
	AHEAD_S = HOUR_S, /* for an M-Bus time */
	IN_STEP_S = 600,  /* maximum drift against the monotonic clock */
};

void timestamp_begin(struct timestamper *s, const struct clock *clock)
{
	*s = (struct timestamper){ .clock = clock };
	for (int i = 0; i < MBUS_CHANNELS; i++)
		s->last[i] = INT64_MIN;
}

void timestamp_compute(struct timestamper *s, int64_t first, int64_t step)
{
	s->compute = true;
	s->next = first;
	s->step = step;
}

static void resolve(struct timestamp *t, int64_t not_before)
{
	if (t->kind != TIMESTAMP_CIVIL)
		return;
	t->utc = localday_resolve(&t->civil, not_before);
	t->kind = TIMESTAMP_UTC;
}

static void set_time(struct reading *r, int64_t utc, enum time_source source)
{
	r->time.kind = TIMESTAMP_UTC;
	r->time.utc = utc;
	r->time.civil = utc_to_civil(utc);
	r->source = source;
}

/* Rounded, so that a repeated time is moved to the same instant. */
static int64_t to_minute(int64_t s)
{
	return (s + (s < 0 ? -30 : 30)) / 60 * 60;
}

bool timestamp_is_unset(const struct timestamp *t)
{
	return t->kind == TIMESTAMP_UTC && t->utc < FIRST_METER_TIME;
}

static void move_unset(struct reading *r, int64_t by)
{
	for (int i = 0; i < MBUS_CHANNELS; i++)
		if (timestamp_is_unset(&r->mbus[i].time))
			r->mbus[i].time.utc += by;
}

static bool timestamp_from_file(struct timestamper *s, struct reading *r)
{
	bool timed = r->time.kind == TIMESTAMP_UTC;

	r->source = TIME_METER;
	if (!s->compute || (timed && !timestamp_is_unset(&r->time)))
		return timed;
	if (timed)
		move_unset(r, to_minute(s->next - r->time.utc));
	set_time(r, s->next, TIME_COMPUTED);
	s->next += s->step;
	return true;
}

/* The meter's clock differs: has it run evenly while the machine's jumped? */
static bool in_step(const struct timestamper *s, int64_t utc, int64_t ms)
{
	int64_t off = utc - s->right_utc - (ms - s->right_ms) / 1000;

	return s->right && off <= IN_STEP_S && off >= -IN_STEP_S;
}

static void compare(struct timestamper *s, int64_t utc, bool synchronised)
{
	int64_t ms = clock_monotonic_ms(s->clock);
	bool differs = s->skew > ABSURD_S || s->skew < -ABSURD_S;

	s->skewed = true;
	s->jumped = synchronised && differs && in_step(s, utc, ms);
	s->compared = synchronised && !s->jumped;
	s->absurd = s->compared && differs;
	if (s->compared && !differs) {
		s->right = true;
		s->right_ms = ms;
		s->right_utc = utc;
	}
}

/* Returns the correction for M-Bus times. */
static int64_t live_time(struct timestamper *s, struct reading *r, int64_t now,
			 bool synchronised)
{
	r->source = TIME_METER;
	s->absurd = s->jumped = s->skewed = false;
	if (r->time.kind != TIMESTAMP_UTC) {
		set_time(r, now, synchronised ? TIME_MACHINE : TIME_UNSURE);
		return 0;
	}
	s->skew = r->time.utc - now;
	compare(s, r->time.utc, synchronised);
	if (!s->absurd)
		return 0;
	set_time(r, now, TIME_MACHINE);
	return -to_minute(s->skew);
}

static void timestamp_live(struct timestamper *s, struct reading *r)
{
	int64_t now = clock_utc(s->clock);
	bool synchronised = clock_synchronised(s->clock);
	int64_t move = live_time(s, r, now, synchronised);

	for (int i = 0; i < MBUS_CHANNELS; i++) {
		struct timestamp *t = &r->mbus[i].time;

		if (t->kind != TIMESTAMP_UTC)
			continue;
		t->utc += move;
		if (synchronised && !s->jumped && t->utc > now + AHEAD_S)
			t->kind = TIMESTAMP_NONE;
	}
}

/*
 * If the time is the same and the value is not, this is the second pass of the
 * repeated hour.
 */
static void resolve_channel(struct timestamper *s, struct mbus *b, int i)
{
	struct timestamp again = b->time;

	resolve(&b->time, s->last[i]);
	if (b->time.kind != TIMESTAMP_UTC)
		return;
	if (again.kind == TIMESTAMP_CIVIL && b->time.utc == s->last[i] &&
	    b->has_value && b->value != s->last_value[i]) {
		resolve(&again, s->last[i] + 1);
		b->time = again;
	}
	s->last[i] = b->time.utc;
	s->last_value[i] = b->value;
}

static void resolve_all(struct timestamper *s, struct reading *r)
{
	for (int i = 0; i < MBUS_CHANNELS; i++)
		resolve_channel(s, &r->mbus[i], i);
	for (int i = 0; i < r->failures; i++)
		resolve(&r->failure[i].end, INT64_MIN);
	for (int i = 0; i < r->peaks; i++) {
		resolve(&r->peak[i].month_end, INT64_MIN);
		resolve(&r->peak[i].time, INT64_MIN);
	}
	resolve(&r->demand_peak_time, INT64_MIN);
}

bool timestamp_reading(struct timestamper *s, struct reading *r)
{
	s->compared = s->skewed = false;
	resolve(&r->time, INT64_MIN);
	resolve_all(s, r);
	if (s->clock == NULL)
		return timestamp_from_file(s, r);
	timestamp_live(s, r);
	return true;
}

bool timestamp_offset(const struct timestamper *s, const struct reading *r,
		      struct utc_offset *o)
{
	return s->compared &&
	       utc_offset_see(o, r->base, s->skew, clock_utc(s->clock));
}
