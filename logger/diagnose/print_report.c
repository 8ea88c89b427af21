#define _GNU_SOURCE /* memrchr */

#include "logger/diagnose/print_report.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/print.h"
#include "base/printable.h"
#include "logger/diagnose/dialect_name.h"
#include "logger/diagnose/port_environment.h"
#include "logger/diagnose/redact.h"
#include "logger/diagnose/select_findings.h"
#include "telegram/lines.h"
#include "telegram/meter_serial.h"
#include "telegram/obis_code.h"
#include "telegram/obis_description.h"
#include "telegram/parse.h"

enum {
	WINTER = 3600,
	LEFT = 12,	 /* columns of the labels */
	WIDE = 78,	 /* columns of text */
	VALUE_WIDE = 16, /* longest value shown in full */
	ROWS_MAX = 128,
	CELL = 64,
};

/* Columns of the table. */
enum column { AT_OBIS, AT_MEANING, AT_VALUE, AT_UNIT, AT_KEPT, COLUMNS };

struct table {
	size_t n;
	int wide[COLUMNS];
	char cell[ROWS_MAX][COLUMNS][CELL];
};

static const char *const heads[COLUMNS] = {
	[AT_OBIS] = "Line", [AT_MEANING] = "Meaning", [AT_VALUE] = "Value",
	[AT_UNIT] = "Unit", [AT_KEPT] = "Kept in",
};

static void put_cell(struct table *t, enum column c, struct span s)
{
	size_t n = printable(t->cell[t->n][c], CELL, s);

	if ((int)n > t->wide[c])
		t->wide[c] = (int)n;
}

/* If there are several groups, show the one with a unit; truncate long text. */
static void put_value(struct table *t, struct span groups)
{
	struct line_value v = line_value(groups);
	char text[CELL];

	put_cell(t, AT_UNIT, v.unit);
	if (printable(text, sizeof(text), v.number) > VALUE_WIDE) {
		size_t n = printable(text, VALUE_WIDE - 1, v.number);

		snprintf(text + n, sizeof(text) - n, "..");
	}
	put_cell(t, AT_VALUE, span_of(text));
}

/* Hungary's month-close profile shares the reference of Belgium's peaks. */
static bool is_kept(const struct reading *r, uint32_t obis)
{
	return obis != OBIS(0, 0, 98, 1, 0) || r->peaks > 0;
}

static void add_row(struct table *t, const struct reading *r,
		    const struct line *line)
{
	uint32_t obis = obis_parse(line->obis);
	char meaning[OBIS_DESCRIPTION_TEXT], kept[KEPT_TEXT];

	if (t->n == ROWS_MAX)
		return;
	obis_description_text(meaning, obis);
	kept_text(kept, obis);
	put_cell(t, AT_OBIS, line->obis);
	put_cell(t, AT_MEANING, span_of(*meaning ? meaning : "unknown"));
	put_value(t, line->groups);
	put_cell(t, AT_KEPT, span_of(*kept && is_kept(r, obis) ? kept : "-"));
	t->n++;
}

static void print_row(const struct table *t, const char *const cells[COLUMNS],
		      FILE *out)
{
	print_line(out, "%-*s  %-*s  %*s  %-*s  %s", t->wide[AT_OBIS],
		   cells[AT_OBIS], t->wide[AT_MEANING], cells[AT_MEANING],
		   t->wide[AT_VALUE], cells[AT_VALUE], t->wide[AT_UNIT],
		   cells[AT_UNIT], cells[AT_KEPT]);
}

static void print_table(struct table *t, FILE *out)
{
	for (int c = 0; c < COLUMNS; c++)
		if ((int)strlen(heads[c]) > t->wide[c])
			t->wide[c] = (int)strlen(heads[c]);
	putc('\n', out);
	print_row(t, heads, out);
	for (size_t i = 0; i < t->n; i++) {
		const char *cells[COLUMNS];

		for (int c = 0; c < COLUMNS; c++)
			cells[c] = t->cell[i][c];
		print_row(t, cells, out);
	}
}

static void put(FILE *out, const char *word, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void put(FILE *out, const char *word, const char *format, ...)
{
	char text[PRINTABLE_MAX];
	va_list ap;

	va_start(ap, format);
	printable_format(text, sizeof(text), format, ap);
	va_end(ap);
	print_line(out, "%-*s%s", LEFT, word, text);
}

static void put_stamp(char *buf, size_t size, const struct timestamp *s)
{
	const struct civil *c = &s->civil;

	if (s->kind == TIMESTAMP_NONE)
		snprintf(buf, size, "without a time");
	else
		snprintf(buf, size, "at %04d-%02d-%02d %02d:%02d", c->year,
			 c->month, c->day, c->hour, c->minute);
}

static void print_mbus(const struct mbus *b, FILE *out)
{
	char id[METER_SERIAL_TEXT], medium[MEDIUM_TEXT] = "unknown", when[64],
				    word[16];

	if (b->channel == 0)
		return;
	if (b->medium != MEDIUM_UNKNOWN)
		medium_text(medium, b);
	meter_serial(id, b->meter);
	put_stamp(when, sizeof(when), &b->time);
	snprintf(word, sizeof(word), "M-Bus %d", b->channel);
	if (b->has_value)
		put(out, word, "%s, %s, %" PRId64 ".%03" PRId64 " %s %s",
		    medium, *id ? id : "no identifier", b->value / 1000,
		    b->value % 1000, units[b->unit].json, when);
	else
		put(out, word, "%s, %s, no value", medium,
		    *id ? id : "no identifier");
}

static const char *port_of(const struct probe *p, char path[static FIND_PATH])
{
	if (!probe_has_speed(p) ||
	    !port_environment_stable_name(probe_name(p), path, FIND_PATH))
		snprintf(path, FIND_PATH, "%s", probe_name(p));
	return path;
}

static void print_meter(const struct probe *p, const struct evidence *ev,
			const struct reading *r, FILE *out)
{
	char kind[DIALECT_NAME_TEXT], id[METER_SERIAL_TEXT], path[FIND_PATH];

	put(out, "Port", "%s", port_of(p, path));
	if (probe_has_speed(p))
		put(out, "Speed", "%s", ev->speed);
	put(out, "Dialect", "%s", dialect_name_text(kind, r));
	put(out, "Header", "%.*s", SPAN_ARG(r->header));
	if (r->version.n > 0)
		put(out, "Version", "%.*s", SPAN_ARG(r->version));
	if (probe_recording(p)->interval > 0)
		put(out, "Interval", "%" PRId64 " s",
		    probe_recording(p)->interval);
	put(out, "Telegrams", "%" PRId64 ", %s", probe_recording(p)->telegrams,
	    r->crc == CRC_OK ? "CRC correct" : "this version has no CRC");
	meter_serial(id, r->meter);
	put(out, "Meter", "%s", *id ? id : "no identifier");
	for (int i = 0; i < MBUS_CHANNELS; i++)
		print_mbus(&r->mbus[i], out);
}

static bool is_extra(const struct table *t, size_t i)
{
	const char *obis = t->cell[i][AT_OBIS];
	uint32_t reference = obis_parse(span_of(obis));

	if (reference == OBIS_NONE)
		return false;
	for (size_t k = 0; k < i; k++)
		if (strcmp(t->cell[k][AT_OBIS], obis) == 0)
			return false;
	return strcmp(t->cell[i][AT_KEPT], "-") == 0 &&
	       t->cell[i][AT_VALUE][0] != '\0' &&
	       !obis_description_is_personal(reference);
}

static void print_extra_head(FILE *out)
{
	putc('\n', out);
	print_line(out, "    [log]");
	print_line(out, "    # Not stored yet; remove the # below to store "
			"these as series:");
	print_piece(out, "    #extra = ");
}

/* Lines for p1logger.ini; optional ones are commented out. */
static void print_settings(const struct probe *p, const struct table *t,
			   const struct report_how *how, FILE *out)
{
	const struct {
		const char *key, *value;
	} set[] = {
		{ "key_file", how->key_file },
		{ "auth_key_file", how->auth_key_file },
		{ "utc_offset", how->utc_offset },
	};
	char path[FIND_PATH];
	int n = 0;

	putc('\n', out);
	print_line(out, "Lines for /etc/p1logger.ini:");
	putc('\n', out);
	print_line(out, "    [meter]");
	print_line(out, "    port = %s", port_of(p, path));
	for (size_t i = 0; i < COUNT(set); i++)
		if (set[i].value[0] != '\0')
			print_line(out, "    %s = %s", set[i].key,
				   set[i].value);
	for (size_t i = 0; i < t->n; i++) {
		if (!is_extra(t, i))
			continue;
		if (n++ == 0)
			print_extra_head(out);
		else
			print_piece(out, ", ");
		print_piece(out, "%s", t->cell[i][AT_OBIS]);
	}
	if (n > 0)
		putc('\n', out);
}

static bool has_crc(struct span text)
{
	while (text.n > 0 && !isxdigit((unsigned char)text.p[text.n - 1]) &&
	       text.p[text.n - 1] != '!')
		text.n--;
	return text.n > 0 && isxdigit((unsigned char)text.p[text.n - 1]) &&
	       memrchr(text.p, '!', text.n) != NULL;
}

int report_meter(const struct probe *p, const struct evidence *ev,
		 const struct report_how *how, FILE *out, struct err *e)
{
	struct span text = recording_text(probe_recording(p),
					  probe_recording(p)->kept - 1),
		    rest;
	struct table *t = calloc(1, sizeof(*t));
	char *masked = malloc(text.n + REDACT_MORE);
	struct reading r;
	struct line line;
	int rc = 0;

	if (t == NULL || masked == NULL) {
		rc = err_memory(e);
		goto out;
	}
	if (how->redact)
		text = (struct span){ masked, redact_telegram(text, masked) };
	telegram_parse(text, WINTER, &r);
	r.crc = has_crc(text) ? CRC_OK : CRC_NONE;
	for (rest = text; telegram_line(&rest, &line);)
		add_row(t, &r, &line);
	print_meter(p, ev, &r, out);
	print_table(t, out);
	print_settings(p, t, how, out);
out:
	free(masked);
	free(t);
	return rc;
}

/* Print "keyword: text", wrapped for a terminal. */
static void print_wrapped(const char *word, const char *text, FILE *out)
{
	int column = print_piece(out, "%s:", word);

	while (*text != '\0') {
		int n = (int)strcspn(text, " ");

		if (column > 0 && column + 1 + n > WIDE) {
			putc('\n', out);
			column = 0;
		}
		column += print_piece(out, "%s%.*s", column > 0 ? " " : "", n,
				      text);
		text += n;
		text += strspn(text, " ");
	}
	putc('\n', out);
}

void report_findings(const struct evidence *ev, const enum finding *found,
		     size_t n, FILE *out)
{
	char text[FINDING_TEXT];

	for (size_t i = 0; i < n; i++) {
		if (i > 0 || ev->telegrams > 0)
			putc('\n', out);
		finding_text(text, found[i], ev);
		print_wrapped(finding_word(found[i]), text, out);
	}
}

void report_stored(const char *word, const char *sentence, FILE *out)
{
	putc('\n', out);
	print_wrapped(word, sentence, out);
}

void report_capture(const char *file, bool redact, size_t telegrams, FILE *out)
{
	putc('\n', out);
	if (!redact)
		print_line(out, "The received bytes are in %s.", file);
	else if (telegrams == 0)
		print_line(out,
			   "%s is empty: only complete telegrams can be "
			   "masked reliably.",
			   file);
	else
		print_line(out, "%s has %zu masked %s with a correct CRC.",
			   file, telegrams,
			   print_noun((int64_t)telegrams, "telegram",
				      "telegrams"));
}
