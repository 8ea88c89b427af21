#include "graphs/drawing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

double drawing_letters(const struct drawing *d)
{
	double w = d->width / 900.0, h = d->height / 300.0;
	double size = sqrt(w < h ? w : h);

	return size < 0.86 ? 0.86 : size > 1.6 ? 1.6 : size;
}

void drawing_piece(struct text_line *r, enum tint tint, bool bold,
		   const char *text)
{
	struct text_piece *piece = &r->piece[r->n];

	if (r->n == PIECES_MAX)
		return;
	piece->tint = tint;
	piece->bold = bold;
	snprintf(piece->text, sizeof(piece->text), "%s", text);
	r->n++;
}

void drawing_free(struct image *p)
{
	free(p->bytes);
	*p = (struct image){ 0 };
}
