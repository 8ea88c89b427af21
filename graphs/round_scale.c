#include "graphs/round_scale.h"

#include <math.h>
#include <stdbool.h>

enum { LINES_LEAST = 3 };

/* The smallest step of a measure with decimals; three do not fit on the axis. */
#define STEP_LEAST 0.01

static bool fits(const struct scale *s, double step, int lines)
{
	double n = floor(s->high / step + 1e-9) - ceil(s->low / step - 1e-9);

	return n + 1 <= lines;
}

/* The smallest of 1, 2, 5 times a power of ten with few enough lines. */
static double step_of(const struct scale *s, int lines)
{
	static const double digits[] = { 1, 2, 5 };
	double power = pow(10, floor(log10(s->high - s->low)) - 2);

	for (int i = 0;; i++) {
		double step = power * digits[i % 3];

		if (fits(s, step, lines))
			return step;
		if (i % 3 == 2)
			power *= 10;
	}
}

struct scale scale_fit(int64_t up, int64_t down, struct air air, int lines,
		       const struct measure *m)
{
	double size = (double)m->size, length;
	double least = m->decimals == 0 ? 1 : STEP_LEAST;
	struct scale s = { .unit = m->unit, .size = m->size };

	s.high = (double)up / size;
	s.low = -(double)down / size;
	if (up <= 0 && down <= 0)
		s.high = 1;
	else if (s.high - s.low < least)
		s.high = s.low + least;
	if (down <= 0)
		air.below = 0;
	length = (s.high - s.low) / (1 - air.above - air.below);
	s.high += length * air.above;
	s.low -= length * air.below;
	s.step = step_of(&s, lines > LINES_LEAST ? lines : LINES_LEAST);
	if (s.step < least)
		s.step = least;
	s.decimals = s.step >= 1 ? 0 : (int)ceil(-log10(s.step) - 1e-9);
	return s;
}
