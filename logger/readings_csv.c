#include "logger/readings_csv.h"

#include <stdio.h>
#include <string.h>

#include "base/fixed.h"

static const struct {
	int type; /* of its M-Bus devices, EN 13757-3 */
	enum unit unit;
	const char *suffix;
} media[MEDIUM_OTHER] = {
	[MEDIUM_GAS] = { 3, UNIT_DM3, "m3" },
	[MEDIUM_HEAT] = { 4, UNIT_MJ, "gj" },
	[MEDIUM_COLD] = { 10, UNIT_MJ, "gj" },
	[MEDIUM_WATER] = { 7, UNIT_DM3, "m3" },
	[MEDIUM_WARM_WATER] = { 6, UNIT_DM3, "m3" },
};

/* Cut the next cell off; no cell contains a comma. */
static struct span cell_of(struct span *line)
{
	struct span cell = span_take(line, ',');

	if (cell.n >= 2 && cell.p[0] == '"' && cell.p[cell.n - 1] == '"')
		cell = (struct span){ cell.p + 1, cell.n - 2 };
	return cell;
}

static int count_cells(struct span line)
{
	int n = 1;

	for (size_t i = 0; i < line.n; i++)
		n += line.p[i] == ',';
	return n;
}

static bool is_named(struct span name, const char *first, const char *second)
{
	char text[64];

	snprintf(text, sizeof(text), "%s_%s", first, second);
	return span_eq(name, span_of(text));
}

static bool find_counter(struct readings_csv_column *c, struct span name)
{
	c->kind = CSV_COUNTER;
	c->medium = MEDIUM_ELECTRICITY;
	for (int q = 0; q <= Q_REACTIVE_EXPORT_TOTAL; q++) {
		const bool active = quantities[q].unit == UNIT_WH;

		c->quantity = q;
		if (is_named(name, quantities[q].name,
			     active ? "kwh" : "kvarh"))
			return true;
	}
	for (int m = MEDIUM_GAS; m < MEDIUM_OTHER; m++) {
		c->medium = m;
		if (is_named(name, medium_name((enum medium)m),
			     media[m].suffix))
			return true;
	}
	return false;
}

static bool find_column(struct readings_csv_column *c, struct span name)
{
	*c = (struct readings_csv_column){ .kind = CSV_TIME };
	if (span_eq(name, SPAN("time_utc")))
		return true;
	c->kind = CSV_METER;
	if (span_eq(name, SPAN("meter")))
		return true;
	for (c->medium = MEDIUM_GAS; c->medium < MEDIUM_OTHER; c->medium++)
		if (is_named(name, medium_name((enum medium)c->medium),
			     "meter"))
			return true;
	return find_counter(c, name);
}

static bool is_twice(const struct readings_csv *c)
{
	const struct readings_csv_column *last = &c->column[c->columns - 1];

	for (int i = 0; i < c->columns - 1; i++)
		if (strcmp(c->column[i].name, last->name) == 0)
			return true;
	return false;
}

static int add_column(struct readings_csv *c, struct span name, struct err *e)
{
	struct readings_csv_column *column = &c->column[c->columns++];

	if (!find_column(column, name))
		return err_set(e, ERR_FORMAT,
			       "unknown column '%.*s': the columns are "
			       "time_utc, counters such as import_t1_kwh or "
			       "gas_m3, and meter or gas_meter",
			       SPAN_ARG(name));
	snprintf(column->name, sizeof(column->name), "%.*s", SPAN_ARG(name));
	if (is_twice(c))
		return err_set(e, ERR_FORMAT, "the column %s appears twice",
			       column->name);
	return 0;
}

static struct span without_mark(struct span line)
{
	static const char mark[] = "\xef\xbb\xbf"; /* of UTF-8 */

	return line.n >= 3 && memcmp(line.p, mark, 3) == 0
		       ? (struct span){ line.p + 3, line.n - 3 }
		       : line;
}

int readings_csv_header(struct readings_csv *c, struct span line, struct err *e)
{
	const int none[MEDIUM_COUNT] = { 0 };
	int counters = 0, n;

	*c = (struct readings_csv){ 0 };
	line = without_mark(line);
	n = count_cells(line);
	if (n > READINGS_CSV_COLUMNS)
		return err_set(e, ERR_FORMAT, "it has more than %d columns",
			       READINGS_CSV_COLUMNS);
	while (c->columns < n) {
		if (add_column(c, cell_of(&line), e) < 0)
			return e->code;
		counters += c->column[c->columns - 1].kind == CSV_COUNTER;
	}
	if (c->column[0].kind != CSV_TIME)
		return err_set(e, ERR_FORMAT,
			       "the first column must be time_utc");
	if (counters == 0)
		return err_set(e, ERR_FORMAT,
			       "it has no column with a counter, such as "
			       "import_t1_kwh");
	readings_csv_channels(c, none);
	return 0;
}

static int first_free(unsigned used)
{
	for (int channel = 1; channel <= MBUS_CHANNELS; channel++)
		if (!(used >> channel & 1))
			return channel;
	return 0;
}

void readings_csv_channels(struct readings_csv *c,
			   const int known[MEDIUM_COUNT])
{
	unsigned used = 0;

	for (int m = 0; m < MEDIUM_COUNT; m++) {
		c->channel[m] = known[m];
		used |= 1u << known[m];
	}
	for (int i = 0; i < c->columns; i++) {
		const int m = c->column[i].medium;

		if (m == MEDIUM_ELECTRICITY || c->channel[m] != 0)
			continue;
		c->channel[m] = first_free(used);
		used |= 1u << c->channel[m];
	}
}

static int read_time(struct span cell, struct reading *r, struct err *e)
{
	r->time.kind = TIMESTAMP_UTC;
	if (utc_parse(cell, &r->time.utc))
		return 0;
	return err_set(e, ERR_FORMAT,
		       "time_utc: '%.*s' is not a time in UTC such as "
		       "2025-01-31T12:00:00Z",
		       SPAN_ARG(cell));
}

/* The channel of a medium; NULL: all four are taken. */
static struct mbus *mbus_of(const struct readings_csv *c, int medium,
			    struct reading *r)
{
	const int channel = c->channel[medium];
	struct mbus *b = &r->mbus[channel > 0 ? channel - 1 : 0];

	if (channel == 0)
		return NULL;
	b->channel = channel;
	b->type = media[medium].type;
	b->medium = (enum medium)medium;
	b->unit = media[medium].unit;
	b->time = r->time;
	return b;
}

static int read_counter(const struct readings_csv *c,
			const struct readings_csv_column *column,
			struct span cell, struct reading *r, struct err *e)
{
	struct mbus *b;
	int64_t value;

	if (!fixed_parse(cell, 3, &value))
		return err_set(e, ERR_FORMAT,
			       "%s: '%.*s' is not a counter, such as 1234.567",
			       column->name, SPAN_ARG(cell));
	if (column->medium == MEDIUM_ELECTRICITY) {
		reading_set(r, (enum quantity)column->quantity, value);
		return 0;
	}
	b = mbus_of(c, column->medium, r);
	if (b == NULL)
		return err_set(e, ERR_FORMAT,
			       "%s: a house has at most four such meters",
			       column->name);
	b->has_value = true;
	b->value = value;
	return 0;
}

static int read_cell(const struct readings_csv *c,
		     const struct readings_csv_column *column, struct span cell,
		     struct reading *r, struct err *e)
{
	struct mbus *b;

	if (column->kind == CSV_TIME)
		return read_time(cell, r, e);
	if (cell.n == 0)
		return 0;
	if (column->kind == CSV_COUNTER)
		return read_counter(c, column, cell, r, e);
	if (column->medium == MEDIUM_ELECTRICITY)
		r->meter = cell;
	else if ((b = mbus_of(c, column->medium, r)) != NULL)
		b->meter = cell;
	return 0;
}

int readings_csv_line(const struct readings_csv *c, struct span line,
		      struct reading *r, struct err *e)
{
	const int n = count_cells(line);

	*r = (struct reading){ .raw = line,
			       .header = { line.p, 0 },
			       .version = { line.p, 0 },
			       .meter = { line.p, 0 },
			       .crc = CRC_OK,
			       .source = TIME_IMPORTED };
	for (int i = 0; i < MBUS_CHANNELS; i++)
		r->mbus[i] =
			(struct mbus){ .meter = { line.p, 0 }, .valve = -1 };
	if (n != c->columns)
		return err_set(e, ERR_FORMAT, "%d %s in place of %d", n,
			       n == 1 ? "column" : "columns", c->columns);
	for (int i = 0; i < n; i++)
		if (read_cell(c, &c->column[i], cell_of(&line), r, e) < 0)
			return e->code;
	return 0;
}
