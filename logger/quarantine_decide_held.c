#include "logger/quarantine_decide_held.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fixed.h"
#include "base/print.h"
#include "base/utc.h"
#include "logger/follower_processes.h"
#include "storage/journal/pins.h"

static enum pins_verb verb_of(const char *word)
{
	return strcmp(word, "accept") == 0   ? PINS_ACCEPT
	       : strcmp(word, "reject") == 0 ? PINS_REJECT
					     : PINS_CLEAR;
}

static int read_time(struct span text, bool or_id, int64_t *at, struct err *e)
{
	if (utc_parse(text, at))
		return 0;
	return err_set(e, ERR_USAGE,
		       "--quarantine: '%.*s' is %s such as "
		       "2025-05-20T11:37:12Z",
		       SPAN_ARG(text),
		       or_id ? "neither an ID nor a time" : "not a time");
}

static int read_range(const char *text, struct pins_order *o, struct err *e)
{
	const char *dots = strstr(text, "..");
	const struct span from = { text, dots != NULL ? (size_t)(dots - text)
						      : strlen(text) };
	int rc = read_time(from, dots == NULL && o->verb != PINS_CLEAR,
			   &o->from, e);

	o->to = o->from;
	if (rc == 0 && dots != NULL)
		rc = read_time(span_of(dots + 2), false, &o->to, e);
	if (rc == 0 && o->from > o->to)
		rc = err_set(e, ERR_USAGE, "--quarantine: %.*s is after %s",
			     SPAN_ARG(from), dots + 2);
	return rc;
}

/* A number names an entry, whose decision cannot be cleared. */
static int read_words(const struct quarantine_words *w, struct pins_order *o,
		      struct err *e)
{
	char *end;

	o->verb = verb_of(w->verb);
	o->meter = w->meter;
	if (o->verb == PINS_CLEAR || w->which[0] == '\0' ||
	    strspn(w->which, "0123456789") != strlen(w->which))
		return read_range(w->which, o, e);
	if (w->meter != NULL || w->yes)
		return err_set(e, ERR_USAGE,
			       "--meter and --yes need --quarantine with "
			       "FROM[..TO]");
	o->id = strtoll(w->which, &end, 10);
	return o->id > 0 ? 0
			 : err_set(e, ERR_USAGE,
				   "there is no held reading 0; p1logger "
				   "--quarantine lists them");
}

static const char *become(int readings)
{
	return readings == 1 ? "reading becomes" : "readings become";
}

/* Print the changes, and each total before and after. */
static void print_answer(FILE *out, const struct pins_answer *a)
{
	print_piece(out, "%s: ", a->meter);
	if (a->withdrawn + a->accepted == 0)
		print_piece(out, "no reading changes now");
	if (a->withdrawn > 0)
		print_piece(out, "%d %s held", a->withdrawn,
			    become(a->withdrawn));
	if (a->accepted > 0)
		print_piece(out, "%s%d %s accepted",
			    a->withdrawn > 0 ? ", " : "", a->accepted,
			    become(a->accepted));
	print_line(out, "%s", "");
	for (int i = 0; i < SERIES_COUNT; i++) {
		char before[FIXED_TEXT], after[FIXED_TEXT];

		if (a->before[i] != a->after[i])
			print_line(out, "  %-16s %14s -> %s %s", series[i].name,
				   fixed_format(before, a->before[i]),
				   fixed_format(after, a->after[i]),
				   units[series[i].unit].json);
	}
}

/* Returns 0 if the user agrees. */
static int ask(FILE *out, struct err *e)
{
	char line[16] = "";

	fflush(out);
	if (!isatty(STDIN_FILENO))
		return err_set(
			e, ERR_USAGE,
			"nothing was changed: without a terminal, add --yes");
	print_piece(out, "Proceed? [y/N] ");
	fflush(out);
	if (fgets(line, sizeof(line), stdin) == NULL)
		print_line(out, "%s", "");
	if (line[0] == 'y' || line[0] == 'Y')
		return 0;
	return err_set(e, ERR_FAILED, "nothing was changed");
}

/* Returns 1 to continue, 0 if nothing changes, or a negative code. */
static int preview(struct store *k, const struct quarantine_words *w,
		   const struct pins_order *o, FILE *out, struct err *e)
{
	struct pins_answer a = { 0 };
	int rc = journal_pin(k->journal, o, false, &a, e);

	if (rc < 0)
		return rc;
	if (a.again && a.withdrawn == 0 && a.accepted == 0) {
		print_line(out, "%s: nothing changes", a.meter);
		return 0;
	}
	print_answer(out, &a);
	rc = w->yes ? 0 : ask(out, e);
	return rc < 0 ? rc : 1;
}

static int write_order(struct store *k, const struct quarantine_words *w,
		       const struct pins_order *o, FILE *out, struct err *e)
{
	struct pins_answer a = { 0 };
	const bool by_id = o->id != 0;
	int rc = by_id ? 1 : preview(k, w, o, out, e);

	if (rc > 0)
		rc = journal_pin(k->journal, o, true, &a, e);
	if (rc >= 0 && by_id && a.withdrawn + a.accepted > 0)
		print_answer(out, &a);
	return rc;
}

int quarantine_decide(const struct store_options *o,
		      const struct quarantine_words *w, int64_t wait_s,
		      FILE *out, struct err *e)
{
	struct pins_order order = { .now = clock_utc(o->clock) };
	struct store k = { .lock = -1 };
	int rc = read_words(w, &order, e);

	if (rc < 0)
		return rc;
	rc = store_open_alone(&k, o, wait_s, e);
	if (rc > 0)
		rc = write_order(&k, w, &order, out, e);
	store_close(&k);
	if (rc <= 0)
		return rc;
	return followers_run(o, FOLLOWER_REDO_MS, e);
}
