#include "logger/quarantine_list_held.h"

#include <inttypes.h>
#include <stdbool.h>

#include "base/fixed.h"
#include "base/print.h"
#include "base/utc.h"
#include "storage/history/held_list.h"

static void print_row(FILE *out, const char *id, const char *since,
		      const char *until, const char *reason, const char *value,
		      const char *expected, const char *count,
		      const char *meter)
{
	print_line(out, "%6s  %-20s  %-20s  %-8s  %-26s  %-24s  %9s  %s", id,
		   since, until, reason, value, expected, count, meter);
}

/* "1621.615 to 1622.500", "from 5.000", "to 7.000" or "-". */
static void say_expected(char *to, size_t size, const struct held_list_entry *q)
{
	char low[FIXED_TEXT], high[FIXED_TEXT];

	fixed_format(low, q->expected_min);
	fixed_format(high, q->expected_max);
	if (q->has_min && q->has_max)
		snprintf(to, size, "%s to %s", low, high);
	else if (q->has_min || q->has_max)
		snprintf(to, size, q->has_min ? "from %s" : "to %s",
			 q->has_min ? low : high);
	else
		snprintf(to, size, "-");
}

static void print_entry(FILE *out, const struct held_list_entry *q)
{
	char id[24], since[UTC_TEXT], until[UTC_TEXT], number[FIXED_TEXT];
	char value[96], expected[64], count[24], meter[HELD_LIST_METER];

	snprintf(id, sizeof(id), "%" PRId64, q->id);
	snprintf(count, sizeof(count), "%" PRId64, q->count);
	snprintf(value, sizeof(value), "%s %s %s", q->name,
		 fixed_format(number, q->value), q->unit);
	held_list_meter(meter, q);
	say_expected(expected, sizeof(expected), q);
	print_row(out, id, utc_format(since, q->ts),
		  q->last_ts > q->ts ? utc_format(until, q->last_ts) : "",
		  q->reason, value, expected, count, meter);
}

static int print_all_stuck(struct held_list *r, FILE *out, struct err *e)
{
	struct held_list_entry q;
	char sentence[HELD_LIST_SENTENCE];
	int64_t since;
	int rc;

	while ((rc = held_list_next_stuck(r, &q, &since, e)) > 0)
		print_line(out, "%s", held_list_sentence(sentence, &q, since));
	return rc;
}

static int print_table(struct held_list *r, FILE *out, bool *any, struct err *e)
{
	struct held_list_entry q;
	int rc;

	*any = false;
	while ((rc = held_list_next(r, &q, e)) > 0) {
		if (!*any)
			print_row(out, "id", "since", "until", "reason",
				  "value", "expected", "telegrams", "meter");
		*any = true;
		print_entry(out, &q);
	}
	return rc;
}

static void print_what_to_do(FILE *out)
{
	print_line(out, "%s",
		   "To accept the first reading of a line, and those that can "
		   "follow it: p1logger --quarantine accept ID");
	print_line(out, "%s",
		   "To reject the first reading, or every reading of a line: "
		   "p1logger --quarantine reject ID, or SINCE..UNTIL");
	print_line(out, "%s",
		   "Stop the service first: sudo systemctl stop p1logger");
}

int quarantine_print(const char *database, FILE *out, struct err *e)
{
	struct held_list *r = held_list_open(database, e);
	bool any;
	int rc;

	if (r == NULL)
		return err_while(e, "%s", database);
	rc = print_table(r, out, &any, e);
	if (rc == 0 && any) {
		print_line(out, "%s", "");
		rc = print_all_stuck(r, out, e);
	}
	if (rc == 0 && any)
		print_what_to_do(out);
	held_list_close(r);
	return rc;
}
