#include "logger/quarantine.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/fixed.h"
#include "base/print.h"
#include "base/utc.h"
#include "logger/follow.h"
#include "storage/pins.h"
#include "storage/review.h"

enum { FOLLOW_MS = 3600000 }; /* the longest wait for p1rrd */

static void print_row(FILE *out, const char *id, const char *time,
		      const char *reason, const char *value,
		      const char *expected, const char *count,
		      const char *meter)
{
	print_line(out, "%6s  %-20s  %-8s  %-30s  %-24s  %8s  %s", id, time,
		   reason, value, expected, count, meter);
}

/* "1621.615 to 1622.500", "from 5.000", "to 7.000" or "-". */
static void say_expected(char *to, size_t size, const struct review_entry *q)
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

static void print_entry(FILE *out, const struct review_entry *q)
{
	char id[24], time[UTC_TEXT], number[FIXED_TEXT], value[96];
	char expected[64], count[24], meter[160];

	snprintf(id, sizeof(id), "%" PRId64, q->id);
	snprintf(count, sizeof(count), "%" PRId64, q->count);
	snprintf(value, sizeof(value), "%s %s %s", q->name,
		 fixed_format(number, q->value), q->unit);
	snprintf(meter, sizeof(meter), "%s %s", q->medium, q->identifier);
	say_expected(expected, sizeof(expected), q);
	print_row(out, id, utc_format(time, q->ts), q->reason, value, expected,
		  count, meter);
}

int quarantine_print(const char *database, FILE *out, struct err *e)
{
	struct review *r = review_open(database, e);
	struct review_entry entry;
	bool any = false;
	int rc;

	if (r == NULL)
		return err_while(e, "%s", database);
	while ((rc = review_next(r, &entry, e)) > 0) {
		if (!any)
			print_row(out, "id", "time", "reason", "value",
				  "expected", "count", "meter");
		any = true;
		print_entry(out, &entry);
	}
	review_close(r);
	return rc;
}

static int read_id(const char *text, int64_t *id, struct err *e)
{
	char *end;

	*id = strtoll(text != NULL ? text : "", &end, 10);
	if (text == NULL || end == text || *end != '\0' || *id < 1)
		return err_set(e, ERR_USAGE,
			       "--quarantine: '%s' is no number "
			       "of an entry",
			       text != NULL ? text : "");
	return 0;
}

static int decide(struct keep *k, bool accept, int64_t id, struct err *e)
{
	const struct pins_order o = {
		.verb = accept ? PINS_ACCEPT : PINS_REJECT,
		.id = id,
		.now = clock_utc(k->o->clock),
	};
	struct pins_answer a;

	return journal_pin(k->journal, &o, true, &a, e);
}

int quarantine_decide(const struct keep_options *o, const char *verb,
		      const char *id, int64_t wait_s, struct err *e)
{
	bool accept = strcmp(verb, "accept") == 0;
	struct keep k = { .lock = -1 };
	int64_t number = 0;
	int rc = read_id(id, &number, e);

	if (rc < 0)
		return rc;
	rc = keep_open(&k, o, wait_s, true, e);
	if (rc == 0)
		rc = err_set(e, ERR_BUSY,
			     "the service keeps %s: stop it for "
			     "this, systemctl stop p1logger",
			     o->database);
	if (rc > 0)
		rc = decide(&k, accept, number, e);
	keep_close(&k);
	if (rc <= 0)
		return rc;
	return o->follow ? follow_run(o->config, FOLLOW_MS, e) : 0;
}
