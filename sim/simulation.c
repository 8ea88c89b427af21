#include "sim/simulation.h"

#include <stdio.h>

#include "base/print.h"
#include "sim/run.h"

enum { SOLAR_W = 3200 };

int simulation_preset(struct simulation *sim, struct err *e)
{
	*sim = (struct simulation){
		.speed = -1, .baud = -1, .interval = -1, .seed = 1
	};
	sim->script.count = sim->script.duration = -1;
	sim->script.meter = (struct sim_meter_options){
		.dialect = dialect_find("nl50"),
		.start = clock_utc(&clock_machine),
		.phases = 3,
		.solar_w = SOLAR_W,
		.has[DISPLAY_GAS] = true,
	};
	for (int i = 0; i < INITIAL_COUNT; i++)
		sim->script.meter.initial[i] = -1;
	sim->faults = faults_new();
	sim->lies = lies_new();
	if (sim->faults == NULL || sim->lies == NULL)
		return err_memory(e);
	return 0;
}

void simulation_free(struct simulation *sim)
{
	faults_free(sim->faults);
	lies_free(sim->lies);
}

/* Derive the defaults that depend on other options. */
static void complete(struct simulation *sim)
{
	bool port = sim->pty != NULL || sim->tcp != NULL;

	if (sim->interval < 1)
		sim->interval = sim->script.meter.dialect->interval;
	sim->script.interval = (int)sim->interval;
	sim->script.meter.seed = (uint64_t)sim->seed;
	if (sim->speed < 0)
		sim->speed = port ? 1000 : 0;
	if (sim->baud < 0)
		sim->baud =
			sim->pty != NULL ? sim->script.meter.dialect->baud : 0;
	if (!port && sim->script.count < 0 && sim->script.duration < 0)
		sim->script.count = 1;
	faults_seed(sim->faults, (uint64_t)sim->seed);
	lies_seed(sim->lies, (uint64_t)sim->seed);
	script_begin(&sim->script);
}

static struct sink *open_tcp(const struct simulation *sim, struct err *e)
{
	struct sink *s = sink_tcp(sim->tcp, e);

	if (s != NULL) {
		print_line(stdout, "%s", sink_name(s));
		fflush(stdout);
	}
	return s;
}

static struct sink *open_sink(const struct simulation *sim, struct err *e)
{
	bool wire = sim->uart || sim->invert || sim->heard > 0;
	int baud = sim->baud > 0 ? (int)sim->baud
				 : sim->script.meter.dialect->baud;
	bool even = sim->script.meter.dialect->seven_bits;
	const struct uart_setting sent = { baud, even ? 7 : 8, even };
	struct sink *s;

	if (sim->pty != NULL)
		s = sink_pty(sim->pty, wire ? 0 : (int)sim->baud, e);
	else if (sim->tcp != NULL)
		s = open_tcp(sim, e);
	else
		s = sink_file(sim->file, e);
	if (s == NULL || !wire)
		return s;
	return sink_uart(s, &sent, sim->invert, (int)sim->heard, e);
}

/* Create the parts one by one; on failure close_parts frees those created. */
static int open_parts(const struct simulation *sim, struct run_parts *p,
		      struct sink *s, struct err *e)
{
	const struct player_options o = { sim->speed, (int)sim->baud };
	const struct sim_meter_options *m = &sim->script.meter;

	p->meter = meter_new(m);
	if (p->meter == NULL)
		return err_memory(e);
	if (sim->truth != NULL &&
	    (p->truth = truth_new(sim->truth, m->dialect, m->phases,
				  sim->speed > 0, e)) == NULL)
		return e->code;
	p->player = player_new(s, &o, &clock_machine, e);
	return p->player != NULL ? 0 : e->code;
}

static int close_parts(struct run_parts *p, struct sink *s, int rc,
		       struct err *e)
{
	struct err late = { 0 };

	player_free(p->player);
	if (sink_close(s, &late) < 0 && rc >= 0)
		rc = err_set(e, late.code, "%s", late.text);
	if (truth_close(p->truth, &late) < 0 && rc >= 0)
		rc = err_set(e, late.code, "%s", late.text);
	meter_free(p->meter);
	return rc < 0 ? rc : 0;
}

int simulation_run(struct simulation *sim, struct err *e)
{
	const enum run_kind what = sim->silent	 ? RUN_SILENCE
				   : sim->babble ? RUN_NOISE
				   : sim->push	 ? RUN_PUSH
						 : RUN_TELEGRAMS;
	struct run_parts p = { .faults = sim->faults, .lies = sim->lies };
	struct encrypt encrypt;
	struct sink *s;
	int rc;

	complete(sim);
	if (sim->key != NULL &&
	    encrypt_begin(&encrypt, sim->key, sim->auth_key, e) < 0)
		return e->code;
	p.encrypt = sim->key != NULL ? &encrypt : NULL;
	s = open_sink(sim, e);
	rc = s != NULL ? open_parts(sim, &p, s, e) : e->code;
	if (rc == 0)
		rc = run_script(&sim->script, &p, what, e);
	return close_parts(&p, s, rc, e);
}
