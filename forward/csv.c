#include "forward/csv.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/csvout.h"
#include "base/fixed.h"

/* A line being built. */
struct row {
	char *buf;
	size_t n;
};

static void put(struct row *row, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void put(struct row *row, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(row->buf + row->n, CSV_MAX - row->n, fmt, ap);
	va_end(ap);
	if (n > 0)
		row->n += (size_t)n;
	if (row->n >= CSV_MAX)
		row->n = CSV_MAX - 1;
}

size_t csv_header(char buf[static CSV_MAX])
{
	struct row row = { buf, 0 };

	put(&row, "time,meter");
	for (int q = 0; q < Q_COUNT; q++)
		put(&row, ",%s", quantities[q].name);
	for (int c = 1; c <= MBUS_CHANNELS; c++)
		put(&row, ",mbus%d_medium,mbus%d_time,mbus%d_value,mbus%d_unit",
		    c, c, c, c);
	put(&row, "\n");
	return row.n;
}

static void put_time(struct row *row, const struct timestamp *s)
{
	char text[UTC_TEXT];

	if (s->kind == TIMESTAMP_UTC)
		put(row, "%s", utc_format(text, s->utc));
}

static void put_quantity(struct row *row, const struct reading *r,
			 enum quantity q)
{
	char text[FIXED_TEXT];

	put(row, ",");
	if (!reading_has(r, q))
		return;
	if (units[quantities[q].unit].decimals == 0)
		put(row, "%" PRId64, r->value[q]);
	else
		put(row, "%s", fixed_format(text, r->value[q]));
}

static void put_channel(struct row *row, const struct mbus *m)
{
	char medium[MEDIUM_TEXT] = "", value[FIXED_TEXT];

	if (!m->has_value) {
		put(row, ",,,,");
		return;
	}
	if (m->medium != MEDIUM_UNKNOWN)
		medium_text(medium, m);
	put(row, ",%s,", medium);
	put_time(row, &m->time);
	put(row, ",%s,%s", fixed_format(value, m->value), units[m->unit].json);
}

/*
 * The identifier is raw bytes from the meter; unusually long ones are
 * truncated.
 */
static void put_identifier(struct row *row, struct span id)
{
	enum { MOST = 96 };
	char cell[4 * MOST + sizeof("\"'\"")];

	csv_cell(cell, sizeof(cell),
		 (struct span){ id.p, id.n < MOST ? id.n : MOST });
	put(row, "%s", cell);
}

size_t csv_reading(const struct reading *r, char buf[static CSV_MAX])
{
	struct row row = { buf, 0 };

	put_time(&row, &r->time);
	put(&row, ",");
	put_identifier(&row, r->meter);
	for (int q = 0; q < Q_COUNT; q++)
		put_quantity(&row, r, (enum quantity)q);
	for (int i = 0; i < MBUS_CHANNELS; i++)
		put_channel(&row, &r->mbus[i]);
	put(&row, "\n");
	return row.n;
}
