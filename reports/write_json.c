#include "reports/write_sheet.h"

#include "base/jsonout.h"
#include "base/utc.h"
#include "reports/number_text.h"
#include "tariffs/cost.h"

enum { OBJECT = 8192 };

static void add(struct jsonout *o, const char *key, enum sheet_kind kind,
		int64_t v, const char *text)
{
	char buf[NUMBER_TEXT + COST_TEXT];

	switch (kind) {
	case SHEET_TEXT:
		jsonout_text(o, key, span_of(text));
		break;
	case SHEET_AMOUNT:
		jsonout_decimal(o, key, v);
		break;
	case SHEET_PERCENT:
		jsonout_raw(o, key, number_text(buf, v, 1, 1, '.'));
		break;
	case SHEET_MONEY:
		jsonout_raw(o, key, cost_format(buf, v));
		break;
	case SHEET_TIME:
		jsonout_text(o, key, span_of(utc_format(buf, v)));
		break;
	case SHEET_TRUTH:
		jsonout_raw(o, key, v ? "true" : "false");
		break;
	case SHEET_WHOLE:
		jsonout_whole(o, key, v);
	}
}

static void write_row(const struct sheet *s, const struct sheet_row *r,
		      FILE *out)
{
	char buf[OBJECT];
	struct jsonout o = jsonout(buf, sizeof(buf));

	jsonout_open(&o, NULL, '{');
	for (int i = 0; i < s->columns; i++) {
		const struct sheet_column *c = &s->column[i];

		if (c->key != NULL && (r->known >> i & 1))
			add(&o, c->key, c->kind, r->v[i],
			    c->kind == SHEET_TEXT ? r->text[r->v[i]] : NULL);
	}
	jsonout_close(&o, '}');
	jsonout_end(&o);
	fputs(buf, out);
}

/* Write the document's own members, without the closing brace. */
static void write_facts(const struct sheet *s, FILE *out)
{
	char buf[OBJECT];
	struct jsonout o = jsonout(buf, sizeof(buf));

	jsonout_open(&o, NULL, '{');
	jsonout_whole(&o, "version", WRITE_SHEET_VERSION);
	jsonout_text(&o, "report", span_of(s->report));
	for (int i = 0; i < s->facts; i++)
		add(&o, s->fact[i].key, s->fact[i].kind, s->fact[i].v,
		    s->fact[i].text);
	jsonout_end(&o);
	fputs(buf, out);
}

static void write_rows(const struct sheet *s, FILE *out)
{
	const char *comma = "\n";

	fprintf(out, ",\"%s\":[", s->rows);
	for (size_t i = 0; i < s->n; i++) {
		if (s->row[i].is_heading)
			continue;
		fputs(comma, out);
		comma = ",\n";
		write_row(s, &s->row[i], out);
	}
	fputc(']', out);
	if (s->has_total) {
		fputs(",\"total\":", out);
		write_row(s, &s->total, out);
	}
}

void write_sheet_json(const struct sheet *s, FILE *out)
{
	write_facts(s, out);
	for (; s != NULL; s = s->next)
		write_rows(s, out);
	fputs("}\n", out);
}
