/* p1sim: simulate a smart meter, for tests, measurements and the demo. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/cmdline.h"
#include "base/fixed.h"
#include "base/print.h"
#include "base/similar_word.h"
#include "base/span.h"
#include "sim/simulation.h"

static int set_dialect(void *into, int which, const char *value, struct err *e)
{
	struct simulation *sim = into;
	struct similar_word s = { .word = value };

	(void)which;
	sim->script.meter.dialect = dialect_find(value);
	if (sim->script.meter.dialect != NULL)
		return 0;
	for (size_t i = 0; i < dialect_count; i++)
		similar_word_try(&s, dialects[i].name);
	err_set(e, ERR_USAGE, "unknown dialect '%s'", value);
	return s.nearest != NULL ? err_after(e, "did you mean %s?", s.nearest)
				 : err_after(e, "see p1sim --help");
}

static int set_start(void *into, int which, const char *value, struct err *e)
{
	struct simulation *sim = into;

	(void)which;
	if (!script_time(value, &sim->script.meter.start))
		return err_set(
			e, ERR_USAGE,
			"'%s' is not a time such as 2025-01-31T12:00:00Z",
			value);
	return 0;
}

static int set_duration(void *into, int which, const char *value, struct err *e)
{
	struct simulation *sim = into;

	(void)which;
	if (!script_duration(value, &sim->script.duration))
		return err_set(e, ERR_USAGE,
			       "'%s' is not a duration such as 30d", value);
	return 0;
}

static int set_phases(void *into, int which, const char *value, struct err *e)
{
	struct simulation *sim = into;

	(void)which;
	if (strcmp(value, "1") != 0 && strcmp(value, "3") != 0)
		return err_set(e, ERR_USAGE, "a meter has 1 or 3 phases");
	sim->script.meter.phases = value[0] - '0';
	return 0;
}

static int set_initial(void *into, int which, const char *value, struct err *e)
{
	struct simulation *sim = into;

	(void)which;
	return script_initial(&sim->script, value, e);
}

static int set_happening(void *into, int which, const char *value,
			 struct err *e)
{
	struct simulation *sim = into;

	return script_add(&sim->script, (enum happening)which, value, e);
}

static int set_speed(void *into, int which, const char *value, struct err *e)
{
	struct simulation *sim = into;

	(void)which;
	if (!fixed_parse(span_of(value), 3, &sim->speed) || sim->speed == 0 ||
	    sim->speed > 1000000)
		return err_set(e, ERR_USAGE,
			       "'%s' is not a speed from 0.001 to 1000", value);
	return 0;
}

static int set_fault(void *into, int which, const char *value, struct err *e)
{
	struct simulation *sim = into;

	(void)which;
	return lies_know(value) ? lies_add(sim->lies, value, e)
				: faults_add(sim->faults, value, e);
}

#define CALL(function) CMDLINE_CALL(function, 0)
#define HAPPENS(which) CMDLINE_CALL(set_happening, HAPPENS_##which)
#define COUNT_TO(high, field) CMDLINE_COUNT(struct simulation, field, 0, high)
#define ZERO(field) CMDLINE_ZERO(struct simulation, field)
#define NAME(field) CMDLINE_NAME(struct simulation, field)
#define TURN(field, on) CMDLINE_TURN(struct simulation, field, on)

/* clang-format off */
static const struct cmdline_option options[] = {
	{ 0, "dialect", "NAME", "kind of meter (nl50), see below", CALL(set_dialect) },
	{ 0, "start", "STAMP", "time of the first telegram, in UTC (now):\n"
	  "2025-01-31T12:00:00Z or 2025-01-31", CALL(set_start) },
	{ 'n', "count", "N", "stop after N telegrams",
	  COUNT_TO(INT64_C(1000000000000), script.count) },
	{ 0, "duration", "TIME", "stop after this simulated time, such as 1y, 30d,\n"
	  "6h, 15m or 90s",
	  CALL(set_duration) },
	{ 0, "interval", "S", "seconds between telegrams (dialect's: 1 or 10)",
	  COUNT_TO(86400, interval) },
	{ 0, "seed", "N", "seed for the household and its random events (1)",
	  COUNT_TO(INT64_C(1000000000000), seed) },
	{ 0, "phases", "1|3", "number of phases of the connection (3)", CALL(set_phases) },
	{ 0, "solar", "WP", "peak power of the solar panels in W (3200)",
	  COUNT_TO(50000, script.meter.solar_w) },
	{ 0, "no-solar", NULL, "no solar panels", ZERO(script.meter.solar_w) },
	{ 0, "no-gas", NULL, "no gas meter", TURN(script.meter.has[DISPLAY_GAS], false) },
	{ 0, "water", NULL, "add a water meter", TURN(script.meter.has[DISPLAY_WATER], true) },
	{ 0, "heat", NULL, "add a heat meter (district heating)",
	  TURN(script.meter.has[DISPLAY_HEAT], true) },
	{ 0, "initial", "NAME=VALUE", "initial counter in kWh, m3 or GJ: import_t1,\n"
	  "import_t2, export_t1, export_t2, gas, water, heat", CALL(set_initial) },
	{ 0, "meter-swap", "STAMP[=ID]", "replace the electricity meter, starting at 0", HAPPENS(SWAP) },
	{ 0, "gas-swap", "STAMP[=ID]", "replace the gas meter, starting at 0", HAPPENS(GAS_SWAP) },
	{ 0, "gap", "STAMP+TIME", "send nothing for TIME from STAMP on", HAPPENS(GAP) },
	{ 'o', "output", "FILE", "write to a file (standard output)", NAME(file) },
	{ 0, "pty", "LINK", "send to a pseudo terminal that LINK points to", NAME(pty) },
	{ 0, "tcp", "[ADDR:]PORT", "serve a TCP port (127.0.0.1); 0 picks a free one", NAME(tcp) },
	{ 0, "speed", "N", "run at N times real time (1 on a port)", CALL(set_speed) },
	{ 0, "fast", NULL, "run as fast as the reader; default for a file", ZERO(speed) },
	{ 0, "baud", "N", "line speed (pty: the dialect's); 0: no limit",
	  COUNT_TO(115200, baud) },
	{ 0, "uart", NULL, "with --pty: send what a UART would receive at the\n"
	  "reader's speed and framing", TURN(uart, true) },
	{ 0, "invert", NULL, "like --uart, over an inverted line", TURN(invert, true) },
	{ 0, "heard", "BAUD", "not with --pty: send what a serial server set to\n"
	  "BAUD 8N1 would receive",
	  COUNT_TO(115200, heard) },
	{ 0, "key", "FILE", "encrypt with the key in FILE (32 hex digits)", NAME(key) },
	{ 0, "auth-key", "FILE", "the authentication key in FILE (Luxembourg's)", NAME(auth_key) },
	{ 0, "truth", "FILE", "write the values to be decoded, as CSV", NAME(truth) },
	{ 0, "fault", "KIND=P", "fault with probability P (0 to 1), see below;\n"
	  "some take KIND=STAMP+TIME",
	  CALL(set_fault) },
	{ 0, "silent", NULL, "open the port and send nothing", TURN(silent, true) },
	{ 0, "babble", NULL, "open the port and send noise", TURN(babble, true) },
	{ 0, "push", NULL, "send DLMS/HDLC frames instead of telegrams",
	  TURN(push, true) },
	CMDLINE_HELP_ROW,
	CMDLINE_VERSION_ROW,
};
/* clang-format on */

static const struct cmdline command = {
	.program = "p1sim",
	.above =
		"Usage: p1sim [OPTION]...\n"
		"Simulates a household's smart meter and the telegrams of its P1 "
		"port.\n"
		"By default it sends one telegram to a file; to a port, it never stops.\n"
		"Defaults are in parentheses.\n\n",
	.rows = options,
	.count = COUNT(options),
};

static void print_choices(void)
{
	putc('\n', stdout);
	print_line(stdout, "Dialects:");
	for (size_t i = 0; i < dialect_count; i++)
		print_line(stdout, "  %-9s %s", dialects[i].name,
			   dialects[i].about);
	putc('\n', stdout);
	print_line(stdout, "Line faults:");
	faults_print(stdout);
	putc('\n', stdout);
	print_line(stdout, "Meter faults, with a correct CRC; "
			   "also KIND=STAMP+TIME:");
	lies_print(stdout);
}

/* Are the options compatible? */
static int check(const struct simulation *sim, struct err *e)
{
	if (sim->interval == 0)
		return err_set(e, ERR_USAGE, "--interval must be at least 1");
	if ((sim->pty != NULL) + (sim->tcp != NULL) + (sim->file != NULL) > 1)
		return err_set(e, ERR_USAGE,
			       "only one of -o, --pty and --tcp is "
			       "allowed");
	if (sim->key == NULL && sim->auth_key != NULL)
		return err_set(e, ERR_USAGE, "--auth-key needs --key");
	if ((sim->key != NULL || sim->push) && !faults_fit_frames(sim->faults))
		return err_set(e, ERR_USAGE,
			       "this --fault cannot be combined with "
			       "--key or --push");
	if (sim->push && (sim->key != NULL || sim->truth != NULL))
		return err_set(
			e, ERR_USAGE,
			"--push sends no telegrams: it cannot be combined "
			"with --key or --truth");
	if ((sim->silent || sim->babble) && sim->pty == NULL &&
	    sim->tcp == NULL)
		return err_set(e, ERR_USAGE,
			       "--silent and --babble need "
			       "--pty or --tcp");
	return 0;
}

static int answer(int asked, struct err *e)
{
	if (cmdline_say(&command, asked, stdout, e) < 0)
		return e->code;
	if (asked == CMDLINE_ASKED_HELP)
		print_choices();
	return fflush(stdout) == 0 ? 0 : err_errno(e, ERR_IO, "writing");
}

int main(int argc, char **argv)
{
	struct simulation sim;
	struct err e = { 0 };
	int rc = simulation_preset(&sim, &e);

	if (rc == 0)
		rc = cmdline_read(&command, argc, argv, &sim, NULL, &e);
	if (rc > 0)
		rc = answer(rc, &e);
	else if (rc == 0 && (rc = check(&sim, &e)) == 0)
		rc = simulation_run(&sim, &e);
	simulation_free(&sim);
	if (rc < 0)
		print_line(stderr, "p1sim: %s", e.text);
	return err_exit_status(rc);
}
