/*
 * Lines in the usual form: most meters print few others.
 *
 *   1-0:1.8.1(001234.567*kWh)
 *   0-1:24.2.1(200310123504W)(01621.615*m3)
 *
 * A line is read from left to right in one pass:
 *
 *  1. Its reference is looked up as text, two numbers of four and eight
 *     characters, in a table with a perfect hash. The row says what to read.
 *  2. If it is a quantity, the number and the unit behind it are read at once.
 *  3. Else the line is cut into groups, and the function of the row reads them.
 *
 * Each step returns where the next one continues, or NULL if the line has
 * another form: a value broken over lines, blanks, brackets in a text, anything
 * damaged. Then nothing was changed, and telegram/lines.h cuts the line for the
 * function of the same row.
 */
#include "base/fixed.h"
#include "base/swar.h"
#include "telegram/obis_code.h"
#include "telegram/parse_parts.h"

/*
 * How many characters must follow the start of a value, so that loads stay
 * within the text: the longest number, a unit of seven letters, and the start
 * of the next line.
 */
enum {
	VALUE_NEEDS =
		FIXED_WHOLE + FIXED_DECIMALS + sizeof(".*.......)\r\n?") - 1
};

#define POINT ((unsigned)'.' - '0')

/* Sets *d to the digit_value of the first character that is not a digit. */
static inline const char *take_digits(const char *p, uint64_t *v, unsigned *d)
{
	while ((*d = digit_value(*p)) <= 9) {
		*v = *v * 10 + *d;
		p++;
	}
	return p;
}

/* "001234.567" */
static inline const char *take_number(const char *p, struct fixed *n)
{
	const char *const start = p, *behind;
	uint64_t v = 0;
	unsigned d;

	behind = p = take_digits(p, &v, &d);
	if (p == start || p - start > FIXED_WHOLE)
		return NULL;
	if (d == POINT) {
		behind = ++p;
		p = take_digits(p, &v, &d);
	}
	n->digits = v;
	n->decimals = (size_t)(p - behind);
	return n->decimals <= FIXED_DECIMALS ? p : NULL;
}

static inline void set(struct reading *r, const struct known *k, struct fixed n,
		       size_t scale)
{
	if (!reading_has(r, k->quantity))
		reading_set(r, k->quantity, fixed_count(n, scale));
}

/* No unit, another one of the same kind, or another line end: "*Wh)\n" */
__attribute__((noinline)) static const char *
take_other_unit(struct reading *r, const struct known *k, const char *p,
		struct fixed n)
{
	const enum unit unit = quantities[k->quantity].unit;
	int scale = k->tail->scale;

	if (*p == '*') {
		uint64_t marks = swar_below(swar_at(++p), ')' + 1);
		struct span printed = { p, marks ? swar_first(marks) : 0 };

		/* A fuse in kA is left to its function. */
		if (k->quantity == Q_FUSE_L1 ||
		    unit_find(printed, &scale) != unit)
			return NULL;
		note_unit(r, unit, printed);
		p += printed.n;
	}
	if (*p != ')' || (p = line_end(p + 1)) == NULL)
		return NULL;
	set(r, k, n, (size_t)scale);
	return p;
}

/* "001234.567*kWh)" and the line end */
static inline const char *take_value(struct reading *r, const struct known *k,
				     const char *p)
{
	struct fixed n;

	if ((p = take_number(p, &n)) == NULL)
		return NULL;
	if ((swar_at(p) & k->tail->mask) != k->tail->text)
		return take_other_unit(r, k, p, n);
	p += k->tail->length;
	if (line_continues(p))
		return NULL;
	set(r, k, n, k->tail->scale);
	return p;
}

/* Read the groups of a line with the function of its row. */
__attribute__((noinline)) static const char *take_groups(struct parse *p,
							 const struct known *k,
							 const char *open,
							 const char *end)
{
	const char *next =
		line_groups(open, end, &p->line.value, &p->line.more);

	if (next != NULL && k->read != NULL) {
		p->line.known = k;
		known_read(p);
	}
	return next;
}

void usual_lines(struct parse *p, struct span *rest)
{
	struct reading *const r = p->r;
	struct known_place is = { known_rows, NULL };
	const char *at = rest->p, *end, *next;
	int lines = 0;

	if (rest->n < KNOWN_LOADS || at[rest->n - 1] != '\n')
		return;
	for (end = at + rest->n; at <= end - KNOWN_LOADS; at = next, lines++) {
		is = known_text(at, is.known);
		if (is.known == NULL &&
		    (is = known_other(at, end)).known == NULL)
			break;
		if (is.known->tail == NULL || end - is.value < VALUE_NEEDS ||
		    (next = take_value(r, is.known, is.value)) == NULL)
			next = take_groups(p, is.known, is.value - 1, end);
		if (next == NULL)
			break;
	}
	r->lines += lines;
	*rest = (struct span){ at, (size_t)(end - at) };
}
