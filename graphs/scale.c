#include "graphs/scale.h"

#include <math.h>
#include <stdio.h>

/* The smallest of 1, 2, 5 times a power of ten that is at least x > 0. */
static double round_up(double x)
{
	double power = pow(10, floor(log10(x)));
	double digit = x / power;

	return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
}

/*
 * End of an axis that must reach x: slightly more, and not so near a grid line
 * that its label touches the text beside the canvas.
 */
static double end_of(double x, double step, double air)
{
	double end = x + air / 2;
	double behind = fmod(end, step);

	if (x <= 0)
		return 0;
	if (behind > step - air / 4)
		return end - behind + step + air;
	return behind < air ? end - behind + air : end;
}

struct scale scale_fit(int64_t up, int64_t down, int lines,
		       const struct measure *m)
{
	double high = (double)up / (double)m->size;
	double low = (double)down / (double)m->size;
	struct scale s = { .unit = m->unit, .size = m->size };

	if (up <= 0 && down <= 0)
		high = 1;
	s.step = round_up((high + low) / (lines > 1 ? lines : 1));
	if (m->decimals == 0 && s.step < 1)
		s.step = 1;
	s.high = end_of(high, s.step, (high + low) * 0.05);
	s.low = -end_of(low, s.step, (high + low) * 0.05);
	s.decimals = s.step >= 1 ? 0 : (int)ceil(-log10(s.step) - 1e-9);
	return s;
}

static int label_length(const struct scale *s, double value)
{
	return snprintf(NULL, 0, "%.*f %s", s->decimals, value, s->unit);
}

/* Enough for most scales, so that their pictures line up vertically. */
enum { USUAL = 8 };

int scale_label_length(const struct scale *s)
{
	int high = label_length(s, s->high), low = label_length(s, s->low);
	int longest = high > low ? high : low;

	return longest > USUAL ? longest : USUAL;
}
