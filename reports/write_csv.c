#include "reports/write_sheet.h"

#include <inttypes.h>

#include "base/csvout.h"
#include "base/utc.h"
#include "reports/number_text.h"
#include "tariffs/cost.h"

enum { CELL = 4 * SHEET_TEXT_SIZE };

static void write_cell(const struct sheet_row *r, const struct sheet_column *c,
		       int64_t v, FILE *out)
{
	char text[CELL] = "";

	switch (c->kind) {
	case SHEET_TEXT:
		csv_cell(text, sizeof(text), span_of(r->text[v]));
		break;
	case SHEET_AMOUNT:
		number_text(text, v, 3, 3, '.');
		break;
	case SHEET_PERCENT:
		number_text(text, v, 1, 1, '.');
		break;
	case SHEET_MONEY:
		cost_format(text, v);
		break;
	case SHEET_TIME:
		utc_format(text, v);
		break;
	default:
		snprintf(text, sizeof(text), "%" PRId64, v);
	}
	fputs(text, out);
}

static void write_row(const struct sheet *s, const struct sheet_row *r,
		      FILE *out)
{
	const char *comma = "";

	for (int i = 0; i < s->columns; i++) {
		if (s->column[i].key == NULL)
			continue;
		fputs(comma, out);
		comma = ",";
		if (r->known >> i & 1)
			write_cell(r, &s->column[i], r->v[i], out);
	}
	fputc('\n', out);
}

void write_sheet_csv(const struct sheet *s, FILE *out)
{
	const char *comma = "";

	while (s->next != NULL)
		s = s->next;
	for (int i = 0; i < s->columns; i++) {
		if (s->column[i].key == NULL)
			continue;
		fprintf(out, "%s%s", comma, s->column[i].key);
		comma = ",";
	}
	fputc('\n', out);
	for (size_t i = 0; i < s->n; i++)
		if (!s->row[i].is_heading)
			write_row(s, &s->row[i], out);
}
