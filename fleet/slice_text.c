#include "fleet/slice_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "storage/history/boundary_readings.h"
#include "storage/history/table_text.h"

/* The parts that are tables of the journal. */
static const struct {
	enum slice_part part;
	enum table_text table;
	bool detail;
} tables[] = {
	{ SLICE_COUNTER_FROM, TABLE_TEXT_COUNTER_FROM, false },
	{ SLICE_COUNTER_TO, TABLE_TEXT_COUNTER_TO, false },
	{ SLICE_ELECTRICITY, TABLE_TEXT_ELECTRICITY, true },
	{ SLICE_MBUS, TABLE_TEXT_MBUS, true },
	{ SLICE_PHASES, TABLE_TEXT_PHASES, true },
};

static void write_known(FILE *out, bool known, int64_t value)
{
	if (known)
		fprintf(out, ",%" PRId64, value);
	else
		putc(',', out);
}

static void write_boundary(const struct boundary_reading *r, FILE *out)
{
	fprintf(out, "%" PRId64, r->t);
	for (int s = 0; s < SERIES_COUNT; s++)
		write_known(out, r->have >> s & 1, r->counter[s]);
	for (int i = 0; i < BOUNDARY_POWERS; i++)
		write_known(out, r->max_w[i] >= 0, r->max_w[i]);
	write_known(out, r->gap_s >= 0, r->gap_s);
	putc('\n', out);
}

static int write_boundaries(struct slice_text *t, struct history *h,
			    struct slice range, int64_t interval, FILE *out,
			    struct err *e)
{
	struct boundary_readings b = { 0 };
	struct boundary_reading r;
	int rc = boundary_readings_begin(&b, h, interval, range.first,
					 range.last, e);

	t->newest = b.extent.all.last;
	while (rc >= 0 && (rc = boundary_readings_next(&b, &r, e)) > 0) {
		write_boundary(&r, out);
		t->boundaries++;
	}
	boundary_readings_end(&b);
	return rc;
}

/* Close a stream in memory: it may have run out of that. */
static int close_text(FILE *out, int rc, struct err *e)
{
	bool failed = ferror(out) != 0;

	if (fclose(out) != 0)
		failed = true;
	return rc == 0 && failed ? err_memory(e) : rc;
}

static FILE *open_text(char **text, struct err *e)
{
	static size_t size;
	FILE *out = open_memstream(text, &size);

	if (out == NULL)
		err_memory(e);
	return out;
}

static int read_table(struct slice_text *t, struct history *h,
		      enum slice_part part, enum table_text table,
		      struct slice range, struct err *e)
{
	FILE *out = open_text(&t->part[part], e);
	int rc;

	if (out == NULL)
		return e->code;
	rc = table_text_lines(h, table, range.first, range.last, out, e);
	return close_text(out, rc, e);
}

int slice_text_read(struct slice_text *t, struct history *h, struct slice range,
		    int64_t interval, bool detail, struct err *e)
{
	FILE *out;
	int rc;

	*t = (struct slice_text){ .newest = INT64_MIN };
	out = open_text(&t->part[SLICE_READINGS], e);
	if (out == NULL)
		return e->code;
	rc = write_boundaries(t, h, range, interval, out, e);
	rc = close_text(out, rc, e);
	for (size_t i = 0; rc == 0 && i < COUNT(tables); i++)
		if (detail || !tables[i].detail)
			rc = read_table(t, h, tables[i].part, tables[i].table,
					range, e);
	return rc;
}

void slice_text_free(struct slice_text *t)
{
	for (int i = 0; i < SLICE_PARTS; i++)
		free(t->part[i]);
	*t = (struct slice_text){ 0 };
}

/* FNV-1a. */
static uint64_t digest_of(const char *text)
{
	uint64_t sum = UINT64_C(0xcbf29ce484222325);

	for (; *text != '\0'; text++)
		sum = (sum ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return sum;
}

int slice_text_house(struct history *h, char **out,
		     char digest[static SLICE_DIGEST], struct err *e)
{
	FILE *f = open_text(out, e);
	int rc;

	if (f == NULL)
		return e->code;
	rc = table_text_house(h, f, e);
	rc = close_text(f, rc, e);
	if (rc == 0)
		snprintf(digest, SLICE_DIGEST, "%016" PRIx64, digest_of(*out));
	return rc;
}
