#include "telegram/lines.h"

#include "base/fixed.h"
#include "telegram/obis_code.h"

static bool is_digit(char c)
{
	return digit_value(c) <= 9;
}

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_line_end(char c)
{
	return c == '\r' || c == '\n';
}

static bool is_blank(char c)
{
	return is_line_end(c) || c == ' ' || c == '\t';
}

static struct span skip_line_ends(struct span s)
{
	size_t n = 0;

	while (n < s.n && is_line_end(s.p[n]))
		n++;
	return span_skip(s, n);
}

static struct span skip_blanks(struct span s)
{
	size_t n = 0;

	while (n < s.n && is_blank(s.p[n]))
		n++;
	return span_skip(s, n);
}

/* Cut one line off *rest, without its line end. */
static struct span take_line(struct span *rest)
{
	struct span line = *rest;

	if (!span_cut(rest, '\n', &line))
		*rest = (struct span){ 0 };
	while (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

/* Skip a number of at most three digits; returns i if there is none. */
static size_t skip_number(struct span s, size_t i)
{
	size_t n = 0;

	while (n < 3 && i + n < s.n && is_digit(s.p[i + n]))
		n++;
	return i + n;
}

bool value_is_error(struct span value)
{
	return value.n == 4 && span_starts(value, SPAN("ER")) &&
	       is_digit(value.p[2]) && is_digit(value.p[3]);
}

int line_begins(struct span s)
{
	static const char behind[] = { '-', ':' };
	size_t i = 0, end;

	if (s.n >= 4 && is_digit(s.p[0]) && s.p[1] == '-' && is_digit(s.p[2]) &&
	    s.p[3] == ':')
		return 1;
	for (size_t k = 0; k < COUNT(behind); k++, i = end + 1) {
		end = skip_number(s, i);
		if (end == s.n)
			return -1;
		if (end == i || s.p[end] != behind[k])
			return 0;
	}
	return 1;
}

bool header_starts(struct span s)
{
	return s.n >= 4 && s.p[0] == '/' && is_letter(s.p[1]) &&
	       is_letter(s.p[2]) && is_letter(s.p[3]);
}

bool header_within(struct span s)
{
	for (; s.n > 0; s = span_skip(s, 1))
		if (header_starts(s))
			return true;
	return false;
}

bool telegram_tried(struct span s)
{
	bool line_start = true;

	for (; s.n > 0; s = span_skip(s, 1)) {
		if (header_starts(s) || (line_start && line_begins(s) > 0))
			return true;
		line_start = *s.p == '\n';
	}
	return false;
}

int header_begins(struct span s)
{
	size_t i = 1;

	if (s.n < 4)
		return -1;
	if (!header_starts(s))
		return 0;
	for (; i < HEADER_SPAN && i < s.n && s.p[i] != '\n'; i++)
		if (s.p[i] == '(' || s.p[i] == ')')
			return 0;
	while (i < HEADER_SPAN && i < s.n && is_blank(s.p[i]))
		i++;
	if (i >= HEADER_SPAN)
		return 0;
	return line_begins(span_skip(s, i));
}

/*
 * Is the line complete, given the `rest` after it? A value continues on the
 * next line if its bracket is open or the next line starts with another
 * bracket; a damaged line ends where the next reference starts.
 */
static bool is_complete(struct span line, struct span rest)
{
	if (rest.n == 0)
		return true;
	if (line.n > 0 && line.p[line.n - 1] == ')')
		return *rest.p != '(';
	return line_begins(rest) > 0;
}

/* Cut a data line off *rest, including its continuation lines. */
static struct span take_data_line(struct span *rest)
{
	struct span line = take_line(rest), more;

	for (;;) {
		*rest = skip_line_ends(*rest);
		if (is_complete(line, *rest) ||
		    memchr(line.p, '(', line.n) == NULL)
			return line;
		more = take_line(rest);
		line.n = (size_t)(more.p + more.n - line.p);
	}
}

/* Reduce "1-0:1.8.1*255" or "1-0:1.8.1.255" to "1-0:1.8.1". */
static struct span without_group_f(struct span obis)
{
	int dots = 0;

	for (size_t i = 0; i < obis.n; i++) {
		dots += obis.p[i] == '.';
		if (obis.p[i] == '*' || dots == 3)
			return (struct span){ obis.p, i };
	}
	return obis;
}

/* Read up to three digits. Returns NULL if there are none, or more. */
static inline const char *few_digits(const char *p, unsigned *n)
{
	unsigned tens, ones;

	if ((*n = digit_value(p[0])) > 9)
		return NULL;
	if ((tens = digit_value(p[1])) > 9)
		return p + 1;
	*n = *n * 10 + tens;
	if ((ones = digit_value(p[2])) > 9)
		return p + 2;
	*n = *n * 10 + ones;
	return digit_value(p[3]) > 9 ? p + 3 : NULL;
}

const char *line_reference(const char *text, struct line *out)
{
	const char *p = text;
	unsigned a = digit_value(p[0]), b = digit_value(p[2]), c, d, e, f;

	if (a > 9 || p[1] != '-' || b > 9 || p[3] != ':' ||
	    (p = few_digits(p + 4, &c)) == NULL || *p != '.' ||
	    (p = few_digits(p + 1, &d)) == NULL || *p != '.' ||
	    (p = few_digits(p + 1, &e)) == NULL || (c | d | e) > 255)
		return NULL;
	out->reference = OBIS(a, b, c, d, e);
	out->obis = (struct span){ text, (size_t)(p - text) };
	if (*p == '*' && (p = few_digits(p + 1, &f)) == NULL)
		return NULL;
	return *p == '(' ? p : NULL;
}

/*
 * Cut a line in the usual form off *rest. Returns false if it has another form.
 */
static bool usual_line(struct span *rest, struct line *out)
{
	const char *const p = rest->p, *const end = p + rest->n;
	const char *open, *next;
	struct span value, more;

	if (rest->n < REFERENCE_MOST ||
	    (open = line_reference(p, out)) == NULL ||
	    (next = line_groups(open, end, &value, &more)) == NULL)
		return false;
	out->groups = (struct span){ open, (size_t)(more.p + more.n - open) };
	*rest = (struct span){ next, (size_t)(end - next) };
	return true;
}

/* Cut a data line of any form off *rest. */
static bool other_line(struct span *rest, struct line *out)
{
	struct span line = take_data_line(rest), obis;

	out->groups = line;
	if (!span_cut(&line, '(', &obis))
		return false;
	out->groups = span_skip(out->groups, obis.n);
	out->obis = without_group_f(obis);
	out->reference = obis_parse(out->obis);
	return true;
}

bool telegram_line(struct span *rest, struct line *out)
{
	while (rest->n > 0) {
		if (usual_line(rest, out))
			return true;
		if (is_blank(*rest->p))
			*rest = skip_blanks(*rest);
		else if (line_begins(*rest) <= 0)
			take_line(rest);
		else if (other_line(rest, out))
			return true;
	}
	*rest = (struct span){ 0 };
	return false;
}

bool telegram_any_group(struct span *groups, struct span *value)
{
	const char *p = groups->p, *end, *from, *close;
	bool last = false;

	if (groups->n == 0)
		return false;
	for (end = p + groups->n; p < end && is_line_end(*p); p++)
		;
	if (p == end || *p != '(')
		return false;
	from = ++p;
	*value = (struct span){ 0 };
	/*
	 * A ')' followed by text belongs to the value; the last one never does.
	 */
	while (!last && (close = memchr(p, ')', (size_t)(end - p))) != NULL) {
		for (p = close + 1; p < end && is_line_end(*p); p++)
			;
		last = p == end || *p == '(' || *p == '!';
		*value = (struct span){ from, (size_t)(close - from) };
		*groups = (struct span){ p, (size_t)(end - p) };
	}
	return value->p != NULL;
}
