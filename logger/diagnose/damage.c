#include "logger/diagnose/damage.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "logger/diagnose/crc_variant.h"
#include "telegram/crc16.h"
#include "telegram/lines.h"

/* From one header to the next, or to the end of the stream. */
struct piece {
	struct span all;
	struct span body; /* '/' to '!', inclusive; empty: no end line */
	bool has_crc, good;
	uint16_t crc; /* as printed */
	bool ends;    /* right if line ends are CR LF */
};

static bool at_line_start(struct span s, size_t i)
{
	return i == 0 || s.p[i - 1] == '\n' || s.p[i - 1] == '\r';
}

/* The offset of the next header from `i` on; s.n if there is none. */
static size_t next_header(struct span s, size_t i)
{
	for (; i < s.n; i++)
		if (s.p[i] == '/' && header_starts(span_skip(s, i)) &&
		    (at_line_start(s, i) || header_begins(span_skip(s, i)) > 0))
			break;
	return i;
}

static int hex(char c)
{
	return isdigit((unsigned char)c) ? c - '0'
	       : isxdigit((unsigned char)c)
		       ? tolower((unsigned char)c) - 'a' + 10
		       : -1;
}

/* Find the first '!' at the start of a line, and the CRC after it. */
static void find_end(struct piece *p)
{
	enum { CRC_DIGITS = 4 };
	size_t i = 0, at;
	unsigned crc = 0;
	int digits = 0;

	while (i < p->all.n &&
	       (p->all.p[i] != '!' || !at_line_start(p->all, i)))
		i++;
	if (i == p->all.n)
		return;
	p->body = (struct span){ p->all.p, i + 1 };
	for (at = i + 1; at < p->all.n && digits < CRC_DIGITS; at++, digits++) {
		if (hex(p->all.p[at]) < 0)
			break;
		crc = crc << 4 | (unsigned)hex(p->all.p[at]);
	}
	p->has_crc = digits > 0;
	p->crc = (uint16_t)crc;
	p->ends = p->has_crc && crc_of_changed_ends(p->body, p->crc);
	/* a telegram whose lines all end with LF is accepted */
	p->good = p->has_crc &&
		  (crc16(0, p->body.p, p->body.n) == p->crc ||
		   (crc16_restored(p->body.p, p->body.n) == p->crc &&
		    memchr(p->body.p, '\r', p->body.n) == NULL));
}

static bool next_piece(struct span stream, size_t *at, struct piece *p,
		       bool *last)
{
	size_t begin = next_header(stream, *at), end;

	if (begin >= stream.n)
		return false;
	end = next_header(stream, begin + 1);
	*p = (struct piece){ .all = { stream.p + begin, end - begin } };
	*last = end >= stream.n;
	*at = end;
	find_end(p);
	return true;
}

static bool is_text(char c)
{
	return isprint((unsigned char)c) || c == '\r' || c == '\n';
}

/* Does the line lack the form "reference(...)"? */
static bool is_torn(struct span line)
{
	return line.n > 0 && line.p[line.n - 1] != ')' &&
	       memchr(line.p, '(', line.n) != NULL;
}

/* Without a reference telegram, look for what is out of place. */
static void guess(struct span body, struct damage *d)
{
	struct span rest = body, line;
	bool torn = false;

	for (size_t i = 0; i < body.n; i++)
		if (!is_text(body.p[i])) {
			d->flipped++;
			return;
		}
	while (span_cut(&rest, '\n', &line)) {
		while (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		torn = torn || is_torn(line);
	}
	d->lost += torn;
	d->other += !torn;
}

/* The reference telegram. */
struct model {
	size_t n;   /* length up to its '!' */
	bool whole; /* there is an undamaged one, or damaged ones agree */
};

static void classify(const struct piece *p, const struct model *m,
		     struct damage *d)
{
	if (p->body.n == 0)
		d->cut++;
	else if (p->ends)
		d->ends++;
	else if (p->has_crc && crc_of_another_kind(p->body, p->crc))
		d->other_crc++;
	else if (p->body.n < m->n)
		d->lost++;
	else if (!m->whole)
		guess(p->body, d);
	else if (p->body.n == m->n)
		d->flipped++;
	else
		d->other++;
}

/*
 * Without an undamaged telegram use the longest: bytes get lost, and two of the
 * same length have lost none.
 */
static struct model find_model(struct span stream)
{
	struct model m = { 0 };
	struct piece p;
	size_t at = 0;
	bool last;

	while (next_piece(stream, &at, &p, &last)) {
		if (p.good)
			return (struct model){ p.body.n, true };
		if (!p.has_crc || p.body.n < m.n)
			continue;
		m.whole = p.body.n == m.n;
		m.n = p.body.n;
	}
	return m;
}

/* Are there data lines without a header before the next header? */
static bool beheaded(const struct piece *p)
{
	struct span rest = p->all, line;

	rest = span_skip(rest, p->body.n);
	span_cut(&rest, '\n', &line); /* the end line itself */
	while (rest.n > 0) {
		if (line_begins(rest) > 0)
			return true;
		if (!span_cut(&rest, '\n', &line))
			break;
	}
	return false;
}

struct damage damage_look(struct span stream)
{
	struct model m = find_model(stream);
	struct damage d = { 0 };
	struct piece p;
	size_t at = 0;
	bool last;

	while (next_piece(stream, &at, &p, &last)) {
		if (p.good)
			d.whole++;
		else if (p.has_crc || (p.body.n == 0 && !last))
			classify(&p, &m, &d);
		if (p.body.n > 0 && !last && beheaded(&p))
			d.cut++;
	}
	return d;
}
