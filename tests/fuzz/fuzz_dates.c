/*
 * libFuzzer target: dates, times and all other words of a command line. The
 * input's lines are the words; each also goes to every function that reads a
 * date. Refusals have a sentence, and accepted values are in range.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fixed.h"
#include "base/localday.h"
#include "base/range.h"
#include "base/utc.h"
#include "logger/import_times.h"
#include "logger/options.h"
#include "sim/script.h"

enum { LONGEST = 4096, WORDS = 32 };

static const int64_t noon_2025 = INT64_C(1736942400);

static void insist(bool holds, const char *what, const char *word)
{
	if (holds)
		return;
	fprintf(stderr, "%s: %s\n", what, word);
	abort();
}

static void refused(int rc, const struct err *e, const char *word)
{
	insist(rc == 0 || (rc < 0 && e->text[0] != '\0'),
	       "refused without a sentence", word);
}

/* An instant that was read is written in the same form. */
static void instant(const char *word)
{
	char text[UTC_TEXT];
	int64_t utc;
	struct civil c;

	if (utc_parse(span_of(word), &utc)) {
		utc_format(text, utc);
		insist(strcmp(text, word) == 0, "another instant", word);
		c = utc_to_civil(utc);
		insist(civil_valid(&c) && utc_from_civil(&c) == utc,
		       "no such date", word);
	}
	if (civil_parse_tst(span_of(word), &c))
		insist(civil_valid(&c) && c.year >= 2000 && c.year < 2070,
		       "no such time", word);
}

static void ranges(const char *word)
{
	for (int kind = 0; kind < RANGE_COUNT; kind++) {
		struct err e = { 0 };
		struct range r;
		int rc = range_parse((enum range_kind)kind, word, noon_2025, &r,
				     &e);

		refused(rc, &e, word);
		insist(rc < 0 || r.start < r.end, "an empty range", word);
	}
}

static void simulated(const char *word)
{
	struct script s = { 0 };
	struct err e = { 0 };
	int64_t v;

	if (script_duration(word, &v))
		insist(v >= 0, "a negative duration", word);
	refused(script_add(&s, HAPPENS_GAP, word, &e), &e, word);
	refused(script_add(&s, HAPPENS_SWAP, word, &e), &e, word);
	refused(script_initial(&s, word, &e), &e, word);
}

static void one_word(const char *word)
{
	struct timefrom from;
	struct err e = { 0 };
	int64_t v = 0;
	int rc = timefrom_parse(word, &from, &e);

	refused(rc, &e, word);
	insist(rc < 0 || from.kind == TIMEFROM_NONE || from.step > 0, "no step",
	       word);
	if (fixed_parse(span_of(word), 3, &v))
		insist(v >= 0, "a negative number", word);
	instant(word);
	ranges(word);
	simulated(word);
}

static void command_line(int n, char **words)
{
	char *argv[WORDS + 2] = { (char[]){ "p1logger" } };
	struct arguments a;
	struct err e = { 0 };
	int rc;

	memcpy(argv + 1, words, (size_t)n * sizeof(*words));
	rc = options_parse(n + 1, argv, &a, &e);
	insist(rc >= 0 || (rc == ERR_USAGE && e.text[0] != '\0'),
	       "refused without a sentence", e.text);
	insist(rc != 0 || (a.wait_s >= 1 && a.wait_s <= 3600), "--wait", "");
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct err e;

	(void)argc;
	(void)argv;
	insist(localday_use("Europe/Amsterdam", &e) == 0, "time zone", e.text);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[LONGEST + 1], *words[WORDS];
	int n = 0;

	if (size > LONGEST)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	for (char *rest = text; n < WORDS && rest != NULL; n++) {
		words[n] = rest;
		rest = strchr(rest, '\n');
		if (rest != NULL)
			*rest++ = '\0';
	}
	for (int i = 0; i < n; i++)
		one_word(words[i]);
	command_line(n, words);
	return 0;
}
