#include "storage/journal/telegram_layout.h"

void telegram_layout_begin(struct telegram_layout *l, struct span text)
{
	l->usable = text.n <= LAYOUT_BYTES;
	l->n = 0;
	l->size = text.n;
	if (l->usable && text.n > 0)
		memcpy(l->text, text.p, text.n);
}

void telegram_layout_add(struct telegram_layout *l, struct span text,
			 const struct line *line)
{
	const char *from = line->obis.p - 1, *behind = line->groups.p + 1;

	if (!l->usable || l->n == LAYOUT_LINES || line->obis.p == text.p ||
	    *from != '\n') {
		l->usable = false;
		return;
	}
	l->lines[l->n++] = (struct layout_line){ (uint16_t)(from - text.p),
						 (uint16_t)(behind - from) };
}

/*
 * A line end followed by a reference starts a line wherever it is. So if all
 * lines are found again and their number is the same, there are no others.
 */
static bool has_lines(const struct telegram_layout *l, const struct reading *r)
{
	if (!l->usable || r->lines != l->n || r->raw.n != l->size)
		return false;
	for (int i = 0; i < l->n; i++)
		if (memcmp(l->text + l->lines[i].at, r->raw.p + l->lines[i].at,
			   l->lines[i].length) != 0)
			return false;
	return true;
}

bool telegram_layout_take(struct telegram_layout *l, const struct reading *r)
{
	if (!has_lines(l, r))
		return false;
	if (r->raw.n > 0)
		memcpy(l->text, r->raw.p, r->raw.n);
	return true;
}
