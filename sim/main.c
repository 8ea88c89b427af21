/* p1sim: plays a smart meter, for tests, measurements and the demo. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fixed.h"
#include "base/span.h"
#include "sim/fault.h"
#include "sim/play.h"
#include "sim/render.h"
#include "sim/script.h"
#include "sim/truth.h"

enum { NOISE = 100, NOISE_MS = 100, SOLAR_W = 3200 };

/* All that the command line can say. */
struct request {
	struct script script;
	struct faults *faults;
	const char *pty, *tcp, *file, *truth;
	int64_t speed; /* thousandths; 0 fast; -1 not said */
	int baud;      /* -1: not said */
	bool silent, babble, help, version;
};

typedef int set_option(struct request *r, const char *value, struct err *e);

static int set_whole(const char *value, int64_t low, int64_t high, int64_t *out,
		     struct err *e)
{
	int64_t v;

	if (strchr(value, '.') != NULL || !fixed_parse(span_of(value), 0, &v) ||
	    v < low || v > high)
		return err_set(e, ERR_USAGE,
			       "'%s' is no whole number from %lld to %lld",
			       value, (long long)low, (long long)high);
	*out = v;
	return 0;
}

static int set_dialect(struct request *r, const char *value, struct err *e)
{
	r->script.meter.dialect = dialect_find(value);
	if (r->script.meter.dialect == NULL)
		return err_set(e, ERR_USAGE,
			       "there is no dialect '%s'; "
			       "see --help",
			       value);
	return 0;
}

static int set_start(struct request *r, const char *value, struct err *e)
{
	if (!script_stamp(value, &r->script.meter.start))
		return err_set(e, ERR_USAGE,
			       "'%s' is no time, as "
			       "2025-01-31T12:00:00Z",
			       value);
	return 0;
}

static int set_count(struct request *r, const char *value, struct err *e)
{
	return set_whole(value, 0, INT64_C(1000000000000), &r->script.count, e);
}

static int set_duration(struct request *r, const char *value, struct err *e)
{
	if (!script_duration(value, &r->script.duration))
		return err_set(e, ERR_USAGE, "'%s' is no duration, as 30d",
			       value);
	return 0;
}

static int set_interval(struct request *r, const char *value, struct err *e)
{
	int64_t v;

	if (set_whole(value, 1, 86400, &v, e) < 0)
		return e->code;
	r->script.interval = (int)v;
	return 0;
}

static int set_seed(struct request *r, const char *value, struct err *e)
{
	int64_t v;

	if (set_whole(value, 0, INT64_C(999999999999), &v, e) < 0)
		return e->code;
	r->script.meter.seed = (uint64_t)v;
	return 0;
}

static int set_phases(struct request *r, const char *value, struct err *e)
{
	if (strcmp(value, "1") != 0 && strcmp(value, "3") != 0)
		return err_set(e, ERR_USAGE, "a meter has 1 phase or 3");
	r->script.meter.phases = value[0] - '0';
	return 0;
}

static int set_solar(struct request *r, const char *value, struct err *e)
{
	return set_whole(value, 0, 50000, &r->script.meter.solar_w, e);
}

static int set_no_solar(struct request *r, const char *value, struct err *e)
{
	(void)value;
	(void)e;
	r->script.meter.solar_w = 0;
	return 0;
}

static int set_no_gas(struct request *r, const char *value, struct err *e)
{
	(void)value;
	(void)e;
	r->script.meter.has[FACE_GAS] = false;
	return 0;
}

static int set_water(struct request *r, const char *value, struct err *e)
{
	(void)value;
	(void)e;
	r->script.meter.has[FACE_WATER] = true;
	return 0;
}

static int set_heat(struct request *r, const char *value, struct err *e)
{
	(void)value;
	(void)e;
	r->script.meter.has[FACE_HEAT] = true;
	return 0;
}

static int set_initial(struct request *r, const char *value, struct err *e)
{
	struct span rest = span_of(value), name;
	int64_t v;

	if (!span_cut(&rest, '=', &name) || !fixed_parse(rest, 3, &v))
		return err_set(e, ERR_USAGE,
			       "'%s' is no NAME=VALUE, as "
			       "import_t1=1234.567",
			       value);
	for (int i = 0; i < INITIAL_COUNT; i++)
		if (span_eq(name, span_of(initial_names[i]))) {
			r->script.meter.initial[i] = v;
			return 0;
		}
	return err_set(e, ERR_USAGE, "no counter is named '%.*s'; see --help",
		       SPAN_ARG(name));
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

static int set_pty(struct request *r, const char *value, struct err *e)
{
	(void)e;
	r->pty = value;
	return 0;
}

static int set_tcp(struct request *r, const char *value, struct err *e)
{
	(void)e;
	r->tcp = value;
	return 0;
}

static int set_file(struct request *r, const char *value, struct err *e)
{
	(void)e;
	r->file = value;
	return 0;
}

static int set_truth(struct request *r, const char *value, struct err *e)
{
	(void)e;
	r->truth = value;
	return 0;
}

static int set_speed(struct request *r, const char *value, struct err *e)
{
	if (!fixed_parse(span_of(value), 3, &r->speed) || r->speed == 0 ||
	    r->speed > 1000000)
		return err_set(e, ERR_USAGE,
			       "'%s' is no speed from 0.001 to "
			       "1000",
			       value);
	return 0;
}

static int set_fast(struct request *r, const char *value, struct err *e)
{
	(void)value;
	(void)e;
	r->speed = 0;
	return 0;
}

static int set_baud(struct request *r, const char *value, struct err *e)
{
	int64_t v;

	if (set_whole(value, 0, 115200, &v, e) < 0)
		return e->code;
	r->baud = (int)v;
	return 0;
}

static int set_fault(struct request *r, const char *value, struct err *e)
{
	return faults_add(r->faults, value, e);
}

static int set_silent(struct request *r, const char *value, struct err *e)
{
	(void)value;
	(void)e;
	r->silent = true;
	return 0;
}

static int set_babble(struct request *r, const char *value, struct err *e)
{
	(void)value;
	(void)e;
	r->babble = true;
	return 0;
}

static int set_help(struct request *r, const char *value, struct err *e)
{
	(void)value;
	(void)e;
	r->help = true;
	return 0;
}

static int set_version(struct request *r, const char *value, struct err *e)
{
	(void)value;
	(void)e;
	r->version = true;
	return 0;
}

/* clang-format off */
static const struct {
	char letter;          /* 0: none */
	const char *name;
	const char *argument; /* NULL: takes none */
	set_option *set;
	const char *help;
} options[] = {
	{ 0, "dialect", "NAME", set_dialect, "the kind of meter (nl50), see below" },
	{ 0, "start", "STAMP", set_start, "UTC, 2025-01-31T12:00:00Z or 2025-01-31 (now)" },
	{ 'n', "count", "N", set_count, "end after N telegrams" },
	{ 0, "duration", "TIME", set_duration, "end after so much simulated time: 1y 30d 6h 15m 90s" },
	{ 0, "interval", "S", set_interval, "seconds between telegrams (1 or 10, as the dialect)" },
	{ 0, "seed", "N", set_seed, "another household, other chance (1)" },
	{ 0, "phases", "1|3", set_phases, "of the connection (3)" },
	{ 0, "solar", "WP", set_solar, "peak power of the panels in W (3200)" },
	{ 0, "no-solar", NULL, set_no_solar, "no panels" },
	{ 0, "no-gas", NULL, set_no_gas, "no gas meter" },
	{ 0, "water", NULL, set_water, "a water meter too" },
	{ 0, "heat", NULL, set_heat, "a heat meter too (district heating)" },
	{ 0, "initial", "NAME=VALUE", set_initial, "counter at the start, in kWh, m3, GJ: import_t1\n"
	  "import_t2 export_t1 export_t2 gas water heat" },
	{ 0, "meter-swap", "STAMP[=ID]", set_meter_swap, "a new electricity meter, from 0" },
	{ 0, "gas-swap", "STAMP[=ID]", set_gas_swap, "a new gas meter, from 0" },
	{ 0, "gap", "STAMP+TIME", set_gap, "nothing is sent for so long" },
	{ 'o', "output", "FILE", set_file, "write to a file (standard output)" },
	{ 0, "pty", "LINK", set_pty, "play on a pseudo terminal that LINK leads to" },
	{ 0, "tcp", "[ADDR:]PORT", set_tcp, "serve a TCP port (127.0.0.1); 0 prints a free one" },
	{ 0, "speed", "N", set_speed, "N times as fast as a clock (1 on a port)" },
	{ 0, "fast", NULL, set_fast, "as fast as a reader takes it; the default to a file" },
	{ 0, "baud", "N", set_baud, "speed of the wire (of a pty: the dialect's); 0: none" },
	{ 0, "truth", "FILE", set_truth, "write what a reader must decode, as CSV" },
	{ 0, "fault", "KIND=P", set_fault, "damage a telegram with chance P (0 to 1), see below" },
	{ 0, "silent", NULL, set_silent, "open the port and say nothing" },
	{ 0, "babble", NULL, set_babble, "open the port and send noise" },
	{ 'h', "help", NULL, set_help, "this text" },
	{ 'V', "version", NULL, set_version, "the version" },
};
/* clang-format on */

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
	puts("\nFaults:");
	faults_print(stdout);
}

/* The tables that getopt_long wants. */
static void make_tables(struct option *longs, char *letters)
{
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
	char letters[2 * COUNT(options) + 1];
	int c;

	make_tables(longs, letters);
	opterr = 0;
	while ((c = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		int i = find_option(c);

		if (i < 0)
			return err_set(e, ERR_USAGE,
				       "'%s' is not understood; see --help",
				       argv[optind - 1]);
		if (options[i].set(r, optarg, e) < 0)
			return err_while(e, "--%s", options[i].name);
	}
	if (optind < argc)
		return err_set(e, ERR_USAGE,
			       "'%s' is not understood; see "
			       "--help",
			       argv[optind]);
	if ((r->pty != NULL) + (r->tcp != NULL) + (r->file != NULL) > 1)
		return err_set(e, ERR_USAGE,
			       "-o, --pty and --tcp exclude "
			       "each other");
	if ((r->silent || r->babble) && r->pty == NULL && r->tcp == NULL)
		return err_set(e, ERR_USAGE,
			       "--silent and --babble need "
			       "--pty or --tcp");
	return 0;
}

static int preset(struct request *r, struct err *e)
{
	*r = (struct request){ .speed = -1, .baud = -1 };
	r->script.count = r->script.duration = -1;
	r->script.meter = (struct meter_options){
		.dialect = dialect_find("nl50"),
		.seed = 1,
		.start = clock_utc(&clock_machine),
		.phases = 3,
		.solar_w = SOLAR_W,
		.has[FACE_GAS] = true,
	};
	for (int i = 0; i < INITIAL_COUNT; i++)
		r->script.meter.initial[i] = -1;
	r->faults = faults_new();
	return r->faults != NULL ? 0 : err_set(e, ERR_FAILED, "out of memory");
}

/* What was not said follows from what was. */
static void complete(struct request *r)
{
	bool port = r->pty != NULL || r->tcp != NULL;

	if (r->script.interval == 0)
		r->script.interval = r->script.meter.dialect->interval;
	if (r->speed < 0)
		r->speed = port ? 1000 : 0;
	if (r->baud < 0)
		r->baud = r->pty != NULL ? r->script.meter.dialect->baud : 0;
	if (!port && r->script.count < 0 && r->script.duration < 0)
		r->script.count = 1;
	faults_seed(r->faults, r->script.meter.seed);
	script_begin(&r->script);
}

/* No telegrams: silence, or noise, for as long as was asked. */
static int make_no_sense(struct request *r, struct player *p, struct err *e)
{
	int64_t ms = r->script.duration < 0 ? -1 : r->script.duration * 1000;
	char noise[NOISE];
	int rc = 1;

	if (r->silent)
		return player_rest(p, ms);
	for (int64_t t = 0; rc > 0 && (ms < 0 || t < ms); t += NOISE_MS) {
		faults_noise(r->faults, noise, sizeof(noise));
		rc = player_send(p, t / 1000, noise, sizeof(noise), e);
		if (rc > 0)
			rc = player_rest(p, NOISE_MS);
	}
	return rc;
}

static int play_telegrams(struct request *r, struct player *p, struct meter *m,
			  struct truth *t, struct err *e)
{
	const struct dialect *d = r->script.meter.dialect;
	char telegram[TELEGRAM_SIZE];
	struct face face = { 0 };
	struct wire wire;
	int64_t utc;
	int rc = 1;

	while (rc > 0 && script_next(&r->script, m, &utc)) {
		size_t n;

		meter_face(m, &face);
		n = render(d, &face, telegram);
		faults_apply(r->faults, telegram, n, d->crc, &wire);
		if (t != NULL && truth_add(t, &face, &wire, e) < 0)
			return e->code;
		rc = player_send(p, utc, wire.bytes, wire.n, e);
	}
	return rc;
}

static struct sink *open_sink(const struct request *r, struct err *e)
{
	struct sink *s;

	if (r->pty != NULL)
		return sink_pty(r->pty, r->baud, e);
	if (r->tcp == NULL)
		return sink_file(r->file, e);
	s = sink_tcp(r->tcp, e);
	if (s != NULL) {
		puts(sink_name(s));
		fflush(stdout);
	}
	return s;
}

static int run(struct request *r, struct err *e)
{
	struct player_options o = { r->speed, r->baud };
	const struct meter_options *mo = &r->script.meter;
	struct meter *m = meter_new(mo);
	struct sink *s = open_sink(r, e);
	struct player *p = NULL;
	struct truth *t = NULL;
	struct err late = { 0 };
	int rc = -1;

	if (m == NULL)
		err_set(e, ERR_FAILED, "out of memory");
	if (m == NULL || s == NULL)
		goto out;
	if (r->truth != NULL &&
	    (t = truth_new(r->truth, mo->dialect, mo->phases, r->speed > 0,
			   e)) == NULL)
		goto out;
	p = player_new(s, &o, &clock_machine, e);
	if (p == NULL)
		goto out;
	rc = r->silent || r->babble ? make_no_sense(r, p, e)
				    : play_telegrams(r, p, m, t, e);
out:
	player_free(p);
	if (sink_close(s, &late) < 0 && rc >= 0)
		rc = err_set(e, late.code, "%s", late.text);
	if (truth_close(t, &late) < 0 && rc >= 0)
		rc = err_set(e, late.code, "%s", late.text);
	meter_free(m);
	return rc < 0 ? e->code : 0;
}

int main(int argc, char **argv)
{
	struct request r;
	struct err e = { 0 };

	if (preset(&r, &e) < 0 || read_options(&r, argc, argv, &e) < 0)
		goto out;
	if (r.help) {
		print_help();
	} else if (r.version) {
		puts("p1sim " VERSION);
	} else {
		complete(&r);
		run(&r, &e);
	}
out:
	faults_free(r.faults);
	if (e.code < 0)
		fprintf(stderr, "p1sim: %s\n", e.text);
	return err_exit_status(e.code);
}
