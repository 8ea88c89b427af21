#include "reports/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/array.h"

_Static_assert(SHEET_COLUMNS <= 64, "sets of columns are 64 bits wide");

void sheet_init(struct sheet *s, const char *report, const char *rows)
{
	*s = (struct sheet){
		.report = report, .rows = rows, .bar = -1, .point = '.'
	};
}

static void free_row(struct sheet_row *r)
{
	for (int i = 0; i < SHEET_TEXTS; i++)
		free(r->text[i]);
}

void sheet_cut(struct sheet *s, size_t n)
{
	while (s->n > n)
		free_row(&s->row[--s->n]);
}

void sheet_free(struct sheet *s)
{
	sheet_cut(s, 0);
	free_row(&s->total);
	free(s->row);
	*s = (struct sheet){ 0 };
}

int sheet_add_column(struct sheet *s, struct sheet_column c)
{
	s->column[s->columns] = c;
	return s->columns++;
}

struct sheet_row *sheet_add_row(struct sheet *s, struct err *e)
{
	struct sheet_row *moved =
		array_grow(s->row, s->n, &s->room, sizeof(*s->row));

	if (moved == NULL) {
		err_memory(e);
		return NULL;
	}
	s->row = moved;
	s->row[s->n] = (struct sheet_row){ 0 };
	return &s->row[s->n++];
}

void sheet_set(struct sheet_row *r, int column, int64_t v)
{
	r->v[column] = v;
	r->known |= UINT64_C(1) << column;
}

void sheet_set_text(struct sheet *s, struct sheet_row *r, int column, int which,
		    const char *text)
{
	r->text[which] = strdup(text);
	s->full = s->full || r->text[which] == NULL;
	if (r->text[which] != NULL)
		sheet_set(r, column, which);
}

void sheet_note(struct sheet *s, const char *fmt, ...)
{
	char text[SHEET_NOTES * SHEET_NOTE], *rest = text, *line;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	while (s->notes < SHEET_NOTES && (line = strsep(&rest, "\n")) != NULL)
		snprintf(s->note[s->notes++], SHEET_NOTE, "%s", line);
}

void sheet_fact(struct sheet *s, const char *key, enum sheet_kind kind,
		int64_t v)
{
	if (s->facts < SHEET_FACTS)
		s->fact[s->facts++] = (struct sheet_fact){ key, kind, v, "" };
}

void sheet_fact_text(struct sheet *s, const char *key, const char *text)
{
	if (s->facts == SHEET_FACTS)
		return;
	sheet_fact(s, key, SHEET_TEXT, 0);
	snprintf(s->fact[s->facts - 1].text, SHEET_TEXT_SIZE, "%s", text);
}
