#include "storage/journal/extra_values.h"

#include <stdlib.h>

#include "base/array.h"
#include "base/fixed.h"
#include "telegram/obis_code.h"
#include "telegram/obis_description.h"

enum {
	ROWS_MAX = 100000,
	BYTES_MAX = 8 * 1024 * 1024,
	THOUSANDTHS = 3,
	TEXT_MAX = 2048
};

static const char between[] = " \t,";

static int want(struct extra_values *x, struct span one, struct err *e)
{
	if (obis_parse(one) == OBIS_NONE || one.n >= REFERENCE_TEXT ||
	    memchr(one.p, '*', one.n) != NULL)
		return err_set(
			e, ERR_CONFIG,
			"'%.*s' is not an OBIS reference, such as 1-0:14.7.0",
			SPAN_ARG(one));
	if (extra_values_index(x, one) >= 0)
		return 0;
	if (x->n == EXTRA_VALUES_MAX)
		return err_set(e, ERR_CONFIG, "more than %d references",
			       EXTRA_VALUES_MAX);
	memcpy(x->wanted[x->n], one.p, one.n);
	x->wanted[x->n++][one.n] = '\0';
	return 0;
}

int extra_values_wanted(struct extra_values *x, const char *list, struct err *e)
{
	int rc = 0;

	*x = (struct extra_values){ .ts = INT64_MIN };
	for (; rc == 0 && list != NULL && *list != '\0';) {
		size_t n = strcspn(list, between);

		if (n > 0)
			rc = want(x, (struct span){ list, n }, e);
		list += n;
		list += strspn(list, between);
	}
	return rc;
}

int extra_values_open(struct extra_values *x, sqlite3 *db, long interval,
		      struct flood_limit *a, struct err *e)
{
	x->allowance = a;
	x->interval = interval;
	return stmt_open(&x->add, db,
			 "INSERT OR IGNORE INTO extra (obis, ts, value) "
			 "SELECT id, ?2, "
			 "ifnull(?3, ?4) FROM obis WHERE reference = ?1 "
			 "AND NOT EXISTS (SELECT 1 FROM extra WHERE obis = id "
			 "AND ts >= ?2 - ?2 % ?5 AND ts < ?2 - ?2 % ?5 + ?5)",
			 e);
}

void extra_values_clear(struct extra_values *x)
{
	for (size_t i = 0; i < x->count; i++)
		free(x->rows[i].text);
	x->count = x->bytes = 0;
}

bool extra_values_full(const struct extra_values *x)
{
	return x->count >= ROWS_MAX / 2 || x->bytes >= BYTES_MAX / 2;
}

void extra_values_close(struct extra_values *x)
{
	extra_values_clear(x);
	free(x->rows);
	stmt_close(&x->add);
	*x = (struct extra_values){ 0 };
}

bool extra_values_begins(struct extra_values *x, int64_t ts)
{
	if (x->n == 0 || (x->ts != INT64_MIN && x->ts <= ts &&
			  x->ts / x->interval == ts / x->interval))
		return false;
	x->ts = ts;
	return true;
}

int extra_values_index(const struct extra_values *x, struct span reference)
{
	for (int i = 0; i < x->n; i++)
		if (span_eq(span_of(x->wanted[i]), reference))
			return i;
	return -1;
}

/* Parse a number with or without a sign; not an identifier. */
static bool number_of(const struct extra_values *x, int wanted,
		      struct span text, int64_t *number)
{
	bool minus = text.n > 0 && *text.p == '-';

	if (obis_description_is_personal(
		    obis_parse(span_of(x->wanted[wanted]))) ||
	    !fixed_parse(span_skip(text, minus), THOUSANDTHS, number))
		return false;
	*number = minus ? -*number : *number;
	return true;
}

/* Copy as printable ASCII, for a database of texts. */
static char *text_of(struct span text)
{
	size_t n = text.n < TEXT_MAX ? text.n : TEXT_MAX;
	char *copy = malloc(n + 1);

	if (copy == NULL)
		return NULL;
	for (size_t i = 0; i < n; i++)
		copy[i] =
			text.p[i] >= ' ' && text.p[i] <= '~' ? text.p[i] : '?';
	copy[n] = '\0';
	return copy;
}

/* If more than the maximum are pending, drop the oldest. */
static void make_way(struct extra_values *x)
{
	size_t old = x->count / 8;

	if (x->count < ROWS_MAX && x->bytes < BYTES_MAX)
		return;
	for (size_t i = 0; i < old; i++) {
		if (x->rows[i].text != NULL)
			x->bytes -= strlen(x->rows[i].text);
		free(x->rows[i].text);
	}
	array_drop(x->rows, &x->count, old, sizeof(*x->rows));
}

int extra_values_put(struct extra_values *x, int64_t ts, int wanted,
		     struct span groups, struct err *e)
{
	struct extra_values_row row = { .ts = ts, .wanted = wanted }, *rows;
	struct line_value v = line_value(groups);

	if (!flood_limit_take(x->allowance, ALLOW_EXTRA,
			      v.number.n < TEXT_MAX ? v.number.n : TEXT_MAX))
		return 0;
	make_way(x);
	rows = array_grow(x->rows, x->count, &x->room, sizeof(*rows));
	if (rows == NULL)
		return err_memory(e);
	x->rows = rows;
	if (!number_of(x, wanted, v.number, &row.number) &&
	    (row.text = text_of(v.number)) == NULL)
		return err_memory(e);
	x->bytes += row.text != NULL ? strlen(row.text) : 0;
	rows[x->count++] = row;
	return 0;
}

int extra_values_write(struct extra_values *x, struct err *e)
{
	int added = 0;

	for (size_t i = 0; i < x->count; i++) {
		const struct extra_values_row *row = &x->rows[i];
		int rc;

		stmt_bind_text(&x->add, 1, span_of(x->wanted[row->wanted]));
		stmt_bind(&x->add, 2, row->ts);
		if (row->text != NULL)
			stmt_bind_text(&x->add, 4, span_of(row->text));
		else
			stmt_bind(&x->add, 3, row->number);
		stmt_bind(&x->add, 5, x->interval);
		rc = stmt_run(&x->add, e);
		if (rc < 0)
			return rc;
		added += rc;
	}
	return added;
}

void extra_values_move(struct extra_values *to, struct extra_values *from)
{
	struct extra_values empty = *to;

	to->ts = from->ts;
	to->rows = from->rows;
	to->count = from->count;
	to->room = from->room;
	to->bytes = from->bytes;
	from->rows = empty.rows;
	from->count = empty.count;
	from->room = empty.room;
	from->bytes = empty.bytes;
}
