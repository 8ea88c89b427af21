#include "storage/history/query_format.h"

#include <stdlib.h>

#include "base/csvout.h"
#include "base/fixed.h"
#include "base/printable.h"
#include "base/utc.h"

enum {
	FIRST_ROOM = 4096,
	SEPARATORS = 4, /* around a name */
};

/*
 * Make room for n more bytes. Returns where they go, or NULL if out of memory.
 */
static char *room_for(struct query_format *w, size_t n)
{
	size_t room = w->room > 0 ? w->room : FIRST_ROOM;
	char *text;

	if (w->room - w->n >= n)
		return w->text + w->n;
	while (room - w->n < n)
		room *= 2;
	text = w->full ? NULL : realloc(w->text, room);
	w->full = text == NULL;
	if (w->full)
		return NULL;
	w->text = text;
	w->room = room;
	return w->text + w->n;
}

static void put(struct query_format *w, const char *bytes, size_t n)
{
	char *to = room_for(w, n);

	if (to == NULL)
		return;
	memcpy(to, bytes, n);
	w->n += n;
}

void query_format_put(struct query_format *w, struct span text)
{
	while (text.n > 0) {
		char piece[PRINTABLE_PIECE];
		struct span some = printable_ascii(&text);
		size_t n = text.n > 0 ? printable_next_json(&text, piece) : 0;

		put(w, some.p, some.n);
		put(w, piece, n);
	}
}

void query_format_open(struct query_format *w)
{
	if (!w->csv && w->rows > 0)
		put(w, ",\n{", 3);
	else if (!w->csv)
		put(w, "{", 1);
	w->rows++;
	w->cells = 0;
}

void query_format_close(struct query_format *w)
{
	put(w, w->csv ? "\n" : "}", 1);
}

/*
 * Write a comma and the name. Returns where the value goes, or NULL if out of
 * memory.
 */
static char *begin_cell(struct query_format *w, struct span name, size_t n)
{
	char *p = room_for(w, name.n + SEPARATORS + n);

	if (p == NULL)
		return NULL;
	if (w->cells++ > 0)
		*p++ = ',';
	if (!w->csv && name.n > 0) {
		*p++ = '"';
		memcpy(p, name.p, name.n);
		p += name.n;
		*p++ = '"';
		*p++ = ':';
	}
	w->n = (size_t)(p - w->text);
	return p;
}

/* Escape a character as SQLite does. */
static size_t escape(char piece[static PRINTABLE_PIECE], unsigned char c)
{
	static const char letters[] = "btn?fr"; /* 8 to 13 */
	bool named = c >= '\b' && c <= '\r' && c != '\v';

	if (c >= ' ' || named)
		return (size_t)snprintf(piece, PRINTABLE_PIECE, "\\%c",
					named ? letters[c - '\b'] : c);
	return (size_t)snprintf(piece, PRINTABLE_PIECE, "\\u%04x", c);
}

static void put_special(struct query_format *w, struct span *rest)
{
	char piece[PRINTABLE_PIECE];
	unsigned char c = (unsigned char)*rest->p;
	bool ours = c < ' ' || c == '"' || c == '\\';
	size_t n = ours ? escape(piece, c) : printable_next_json(rest, piece);

	if (ours)
		*rest = span_skip(*rest, 1);
	put(w, piece, n);
}

/* Copy what needs no escape off the front of *rest. */
static void put_plain(struct query_format *w, struct span *rest)
{
	char *p = room_for(w, rest->n);
	size_t n = 0;

	if (p == NULL)
		return;
	while (n < rest->n && rest->p[n] >= ' ' && rest->p[n] <= '~' &&
	       rest->p[n] != '"' && rest->p[n] != '\\') {
		p[n] = rest->p[n];
		n++;
	}
	w->n += n;
	*rest = span_skip(*rest, n);
}

static void put_string(struct query_format *w, struct span text)
{
	put(w, "\"", 1);
	while (text.n > 0 && !w->full) {
		put_plain(w, &text);
		if (text.n > 0)
			put_special(w, &text);
	}
	put(w, "\"", 1);
}

static void put_csv(struct query_format *w, struct span text)
{
	size_t n = text.n;

	do {
		if (room_for(w, n + 1) == NULL)
			return;
		n = csv_cell(w->text + w->n, w->room - w->n, text);
	} while (n >= w->room - w->n);
	w->n += n;
}

void query_format_text(struct query_format *w, struct span name,
		       struct span text)
{
	if (begin_cell(w, name, 0) == NULL)
		return;
	if (w->csv)
		put_csv(w, text);
	else
		put_string(w, text);
}

void query_format_whole(struct query_format *w, struct span name, int64_t v)
{
	char *p = begin_cell(w, name, FIXED_TEXT);

	if (p != NULL)
		w->n += fixed_whole(p, v);
}

void query_format_thousandths(struct query_format *w, struct span name,
			      int64_t v)
{
	char *p = begin_cell(w, name, FIXED_TEXT);

	if (p != NULL)
		w->n += fixed_short(p, v);
}

void query_format_time(struct query_format *w, struct span name, int64_t utc)
{
	char text[UTC_TEXT];

	query_format_text(w, name, span_of(utc_format(text, utc)));
}

void query_format_ready(struct query_format *w, struct span name,
			struct span text)
{
	if (begin_cell(w, name, 0) != NULL)
		query_format_put(w, text);
}

void query_format_unknown(struct query_format *w)
{
	if (w->csv && w->cells++ > 0)
		put(w, ",", 1);
}

void query_format_print(struct span text, FILE *out)
{
	if (text.n > 0)
		fwrite(text.p, 1, text.n, out);
}

int query_format_end(const struct query_format *w, struct err *e)
{
	return w->full ? err_memory(e) : 0;
}
