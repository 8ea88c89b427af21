#include "logger/closing_opening.h"

#include "base/fixed.h"
#include "base/print.h"
#include "base/utc.h"
#include "logger/follower_processes.h"
#include "storage/journal/manual_reading.h"

static int read_words(struct manual_reading *n, const char *at, char **words,
		      struct err *e)
{
	if (at != NULL && !utc_parse(span_of(at), &n->at))
		return err_set(e, ERR_USAGE,
			       "--at: '%s' is not a time such as "
			       "2025-05-20T11:37:12Z",
			       at);
	if (words[0] == NULL)
		return err_set(e, ERR_USAGE,
			       "give at least one counter, such as "
			       "import_t1=1234.567");
	for (; *words != NULL; words++)
		if (manual_reading_set(n, *words, e) < 0)
			return e->code;
	return 0;
}

/* "1002.350"; counters that were not entered are the meter's own. */
static void say_value(FILE *out, const char *before, int64_t value,
		      int64_t sent)
{
	char text[FIXED_TEXT];

	print_piece(out, "%s %s%s", before, fixed_format(text, value),
		    value == sent ? " (the meter's own)" : "");
}

/* ", 0.350 more than the meter's own": by how much the entry exceeds it. */
static void say_added(FILE *out, const struct manual_reading *n, int64_t value,
		      int64_t sent)
{
	char text[FIXED_TEXT];
	int64_t added = n->opening ? sent - value : value - sent;

	say_value(out, " is", value, sent);
	if (added != 0)
		print_piece(out, ", %s %s than the meter's own",
			    fixed_format(text, added),
			    n->opening ? "less" : "more");
}

/* Print each change: the old, if any, and the new entry. */
static void say_change(const struct manual_reading *n, FILE *out)
{
	const struct judge_point *is = n->is.have ? &n->is : &n->sent;
	const char *end = n->opening ? "opening" : "closing";
	const bool first = n->was.have == 0;
	char was_at[UTC_TEXT], is_at[UTC_TEXT];

	for (int i = 0; i < JUDGE_REGISTERS; i++) {
		if ((first ? n->sent : n->was).value[i] == is->value[i])
			continue;
		print_piece(out, "%s of %s: %.*s", end, n->meter,
			    SPAN_ARG(n->electric ? span_of(quantities[i].name)
						 : n->counter));
		if (first) {
			say_added(out, n, is->value[i], n->sent.value[i]);
		} else {
			say_value(out, " was", n->was.value[i],
				  n->sent.value[i]);
			say_value(out, ", is now", is->value[i],
				  n->sent.value[i]);
		}
		putc('\n', out);
	}
	utc_format(is_at, n->is.ts);
	if (first)
		print_line(out, "%s of %s: time is %s", end, n->meter, is_at);
	else if (n->is.have == 0 || n->was.ts != n->is.ts)
		print_line(out, "%s of %s: time was %s, is now %s", end,
			   n->meter, utc_format(was_at, n->was.ts),
			   n->is.have ? is_at : "none");
}

int closing_opening_enter(const struct store_options *o, bool opening,
			  const char *meter, const char *at, char **words,
			  int64_t wait_s, FILE *out, struct err *e)
{
	struct manual_reading n = { .opening = opening,
				    .meter = meter,
				    .at = INT64_MIN };
	struct store k = { .lock = -1 };
	int rc = read_words(&n, at, words, e);

	if (rc < 0)
		return rc;
	rc = store_open_alone(&k, o, wait_s, e);
	if (rc > 0)
		rc = journal_enter(k.journal, &n, clock_utc(o->clock), e);
	store_close(&k);
	if (rc == 0)
		print_line(out, "%s of %s: nothing changes",
			   opening ? "opening" : "closing", meter);
	if (rc <= 0)
		return rc;
	say_change(&n, out);
	return followers_run(o, FOLLOWER_REDO_MS, e);
}
