#include "graphs/vertical_axis.h"

#include <math.h>

enum { LINE = 26, LINES_MOST = 7 }; /* pixels between grid lines */

int vertical_axis_lines(const struct drawing *d)
{
	int lines =
		(int)(d->canvas.height / ((double)LINE * drawing_letters(d)));

	return lines > LINES_MOST ? LINES_MOST : lines;
}

struct air vertical_axis_air(const struct drawing *d, int above, int below)
{
	double pixel = drawing_letters(d) / d->canvas.height;
	struct air air = { above * pixel, below * pixel };

	if (air.above > 1.0 / 3)
		air.above = 1.0 / 3;
	return air;
}

void vertical_axis_fit_pixels(struct drawing *d)
{
	struct scale *s = &d->scale;
	double pixel = (s->high - s->low) / d->canvas.height;
	double above = ceil(s->high / pixel - 1e-9);

	if (above >= d->canvas.height && s->low < 0)
		above = d->canvas.height - 1;
	s->high = above * pixel;
	s->low = s->high - d->canvas.height * pixel;
	if (fabs(s->low) < pixel / 2)
		s->low = 0;
}
