/* p1sim: plays a smart meter, for tests, measurements and the demo. */
#include <getopt.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fixed.h"
#include "base/span.h"
#include "sim/request.h"

static int set_dialect(struct request *r, const char *value, struct err *e)
{
	r->script.meter.dialect = dialect_find(value);
	if (r->script.meter.dialect == NULL)
		return err_set(e, ERR_USAGE,
			       "there is no dialect '%s'; see --help", value);
	return 0;
}

static int set_start(struct request *r, const char *value, struct err *e)
{
	if (!script_stamp(value, &r->script.meter.start))
		return err_set(e, ERR_USAGE,
			       "'%s' is no time, as 2025-01-31T12:00:00Z",
			       value);
	return 0;
}

static int set_duration(struct request *r, const char *value, struct err *e)
{
	if (!script_duration(value, &r->script.duration))
		return err_set(e, ERR_USAGE, "'%s' is no duration, as 30d",
			       value);
	return 0;
}

static int set_phases(struct request *r, const char *value, struct err *e)
{
	if (strcmp(value, "1") != 0 && strcmp(value, "3") != 0)
		return err_set(e, ERR_USAGE, "a meter has 1 phase or 3");
	r->script.meter.phases = value[0] - '0';
	return 0;
}

static int set_initial(struct request *r, const char *value, struct err *e)
{
	return script_initial(&r->script, value, e);
}

static int set_meter_swap(struct request *r, const char *value, struct err *e)
{
	return script_add(&r->script, HAPPENS_SWAP, value, e);
}

static int set_gas_swap(struct request *r, const char *value, struct err *e)
{
	return script_add(&r->script, HAPPENS_GAS_SWAP, value, e);
}

static int set_gap(struct request *r, const char *value, struct err *e)
{
	return script_add(&r->script, HAPPENS_GAP, value, e);
}

static int set_speed(struct request *r, const char *value, struct err *e)
{
	if (!fixed_parse(span_of(value), 3, &r->speed) || r->speed == 0 ||
	    r->speed > 1000000)
		return err_set(e, ERR_USAGE,
			       "'%s' is no speed from 0.001 to 1000", value);
	return 0;
}

static int set_fault(struct request *r, const char *value, struct err *e)
{
	return lies_know(value) ? lies_add(r->lies, value, e)
				: faults_add(r->faults, value, e);
}

/* What an option does. */
enum effect {
	CALLS,	/* its function */
	COUNTS, /* its field, an int64_t, is the whole number from 0 to `high`
		 */
	ZEROES, /* such a field is 0 */
	NAMES,	/* its field, a const char *, is the word */
	TURNS,	/* its field, a bool, is `high` */
};

#define IN(field) offsetof(struct request, field)
#define CALL(function) CALLS, 0, 0, function
#define COUNT_TO(high, field) COUNTS, IN(field), high, NULL
#define ZERO(field) ZEROES, IN(field), 0, NULL
#define NAME(field) NAMES, IN(field), 0, NULL
#define TURN(field, on) TURNS, IN(field), on, NULL

/* clang-format off */
static const struct {
	char letter;          /* 0: none */
	const char *name;
	const char *argument; /* NULL: takes none */
	const char *help;
	enum effect effect;
	size_t field;
	int64_t high;
	int (*set)(struct request *r, const char *value, struct err *e);
} options[] = {
	{ 0, "dialect", "NAME", "the kind of meter (nl50), see below", CALL(set_dialect) },
	{ 0, "start", "STAMP", "UTC, 2025-01-31T12:00:00Z or 2025-01-31 (now)", CALL(set_start) },
	{ 'n', "count", "N", "end after N telegrams",
	  COUNT_TO(INT64_C(1000000000000), script.count) },
	{ 0, "duration", "TIME", "end after so much of its time: 1y 30d 6h 15m 90s",
	  CALL(set_duration) },
	{ 0, "interval", "S", "seconds between telegrams (1 or 10, by the dialect)",
	  COUNT_TO(86400, interval) },
	{ 0, "seed", "N", "another household, other chance (1)",
	  COUNT_TO(INT64_C(1000000000000), seed) },
	{ 0, "phases", "1|3", "of the connection (3)", CALL(set_phases) },
	{ 0, "solar", "WP", "peak power of the panels in W (3200)",
	  COUNT_TO(50000, script.meter.solar_w) },
	{ 0, "no-solar", NULL, "no panels", ZERO(script.meter.solar_w) },
	{ 0, "no-gas", NULL, "no gas meter", TURN(script.meter.has[FACE_GAS], false) },
	{ 0, "water", NULL, "a water meter too", TURN(script.meter.has[FACE_WATER], true) },
	{ 0, "heat", NULL, "a heat meter too (district heating)",
	  TURN(script.meter.has[FACE_HEAT], true) },
	{ 0, "initial", "NAME=VALUE", "counter at the start, in kWh, m3 or GJ: import_t1\n"
	  "import_t2 export_t1 export_t2 gas water heat", CALL(set_initial) },
	{ 0, "meter-swap", "STAMP[=ID]", "a new electricity meter, from 0", CALL(set_meter_swap) },
	{ 0, "gas-swap", "STAMP[=ID]", "a new gas meter, from 0", CALL(set_gas_swap) },
	{ 0, "gap", "STAMP+TIME", "nothing is sent for so long", CALL(set_gap) },
	{ 'o', "output", "FILE", "write to a file (standard output)", NAME(file) },
	{ 0, "pty", "LINK", "play on a pseudo terminal that LINK leads to", NAME(pty) },
	{ 0, "tcp", "[ADDR:]PORT", "serve a TCP port (127.0.0.1); 0 prints a free one", NAME(tcp) },
	{ 0, "speed", "N", "N times as fast as a clock (1 on a port)", CALL(set_speed) },
	{ 0, "fast", NULL, "as fast as a reader takes it; the default to a file", ZERO(speed) },
	{ 0, "baud", "N", "speed of the wire (of a pty: the dialect's); 0: none",
	  COUNT_TO(115200, baud) },
	{ 0, "uart", NULL, "a pty hears what a UART would, at the speed and framing\n"
	  "that its reader sets", TURN(uart, true) },
	{ 0, "invert", NULL, "the same over a line of the wrong polarity", TURN(invert, true) },
	{ 0, "heard", "BAUD", "of a TCP port: as a serial server at BAUD 8N1 hears it",
	  COUNT_TO(115200, heard) },
	{ 0, "key", "FILE", "encrypt, by the key in FILE: 32 hexadecimal digits", NAME(key) },
	{ 0, "auth-key", "FILE", "the same of its authentication key (Luxembourg's)", NAME(auth_key) },
	{ 0, "truth", "FILE", "write what a reader must decode, as CSV", NAME(truth) },
	{ 0, "fault", "KIND=P", "with chance P (0 to 1), see below; some take\n"
	  "KIND=STAMP+TIME",
	  CALL(set_fault) },
	{ 0, "silent", NULL, "open the port and say nothing", TURN(silent, true) },
	{ 0, "babble", NULL, "open the port and send noise", TURN(babble, true) },
	{ 'h', "help", NULL, "this text", TURN(help, true) },
	{ 'V', "version", NULL, "the version", TURN(version, true) },
};
/* clang-format on */

static int read_whole(const char *value, int64_t high, int64_t *out,
		      struct err *e)
{
	int64_t v;

	if (strchr(value, '.') != NULL || !fixed_parse(span_of(value), 0, &v) ||
	    v > high)
		return err_set(e, ERR_USAGE,
			       "'%s' is no whole number from 0 to %" PRId64,
			       value, high);
	*out = v;
	return 0;
}

static int take_option(struct request *r, int i, const char *value,
		       struct err *e)
{
	void *field = (char *)r + options[i].field;

	switch (options[i].effect) {
	case CALLS:
		return options[i].set(r, value, e);
	case COUNTS:
		return read_whole(value, options[i].high, field, e);
	case ZEROES:
		*(int64_t *)field = 0;
		break;
	case NAMES:
		*(const char **)field = value;
		break;
	case TURNS:
		*(bool *)field = options[i].high;
		break;
	}
	return 0;
}

static void print_help(void)
{
	puts("Usage: p1sim [OPTION]...\n"
	     "Plays a household's smart meter: the telegrams of its P1 port.\n"
	     "Without an end: one telegram to a file, no end to a port.\n");
	for (size_t i = 0; i < COUNT(options); i++) {
		const char *arg = options[i].argument;
		const char *help = options[i].help;
		size_t line = strcspn(help, "\n");
		int used = options[i].letter
				   ? printf("  -%c, ", options[i].letter)
				   : printf("      ");

		used += printf("--%s%s%s", options[i].name, arg ? " " : "",
			       arg ? arg : "");
		printf("%*s%.*s\n", used < 30 ? 30 - used : 1, "", (int)line,
		       help);
		if (help[line] != '\0')
			printf("%30s%s\n", "", help + line + 1);
	}
	puts("\nDialects:");
	for (size_t i = 0; i < dialect_count; i++)
		printf("  %-9s %s\n", dialects[i].name, dialects[i].about);
	puts("\nFaults of the line:");
	faults_print(stdout);
	puts("\nFaults of the meter, with a right CRC; KIND=STAMP+TIME too:");
	lies_print(stdout);
}

/* The tables that getopt_long wants. */
static void make_tables(struct option *longs, char *letters)
{
	*letters++ = ':'; /* no messages; tell a missing value apart */
	for (size_t i = 0; i < COUNT(options); i++) {
		bool takes = options[i].argument != NULL;

		longs[i] = (struct option){ options[i].name, takes, NULL,
					    1000 + (int)i };
		if (options[i].letter == 0)
			continue;
		*letters++ = options[i].letter;
		if (takes)
			*letters++ = ':';
	}
	*letters = '\0';
}

/* The row of what getopt_long returned; -1 for none. */
static int find_option(int c)
{
	if (c >= 1000)
		return c - 1000;
	for (size_t i = 0; i < COUNT(options); i++)
		if (options[i].letter != 0 && options[i].letter == c)
			return (int)i;
	return -1;
}

static int read_options(struct request *r, int argc, char **argv, struct err *e)
{
	struct option longs[COUNT(options) + 1] = { 0 };
	char letters[2 * COUNT(options) + 2];
	int c;

	make_tables(longs, letters);
	while ((c = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		int i = find_option(c);

		if (i < 0)
			return err_set(e, ERR_USAGE, "'%s' %s; see --help",
				       argv[optind - 1],
				       c == ':' ? "needs a value"
						: "is not understood");
		if (take_option(r, i, optarg, e) < 0)
			return err_while(e, "--%s", options[i].name);
	}
	if (optind < argc)
		return err_set(e, ERR_USAGE,
			       "'%s' is not understood; see "
			       "--help",
			       argv[optind]);
	if (r->interval == 0)
		return err_set(e, ERR_USAGE, "--interval: at least 1");
	if ((r->pty != NULL) + (r->tcp != NULL) + (r->file != NULL) > 1)
		return err_set(e, ERR_USAGE,
			       "-o, --pty and --tcp exclude "
			       "each other");
	if (r->key == NULL && r->auth_key != NULL)
		return err_set(e, ERR_USAGE, "--auth-key needs --key");
	if (r->key != NULL && !faults_fit_frames(r->faults))
		return err_set(e, ERR_USAGE, "such a --fault does not go with "
					     "--key");
	if ((r->silent || r->babble) && r->pty == NULL && r->tcp == NULL)
		return err_set(e, ERR_USAGE,
			       "--silent and --babble need "
			       "--pty or --tcp");
	return 0;
}

int main(int argc, char **argv)
{
	struct request r;
	struct err e = { 0 };

	if (request_preset(&r, &e) < 0 || read_options(&r, argc, argv, &e) < 0)
		goto out;
	if (r.help) {
		print_help();
	} else if (r.version) {
		puts("p1sim " VERSION);
	} else {
		request_run(&r, &e);
	}
out:
	request_free(&r);
	if (e.code < 0)
		fprintf(stderr, "p1sim: %s\n", e.text);
	return err_exit_status(e.code);
}
