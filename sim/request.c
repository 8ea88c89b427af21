#include "sim/request.h"

#include <stdio.h>

#include "base/print.h"
#include "sim/run.h"

enum { SOLAR_W = 3200 };

int request_preset(struct request *r, struct err *e)
{
	*r = (struct request){
		.speed = -1, .baud = -1, .interval = -1, .seed = 1
	};
	r->script.count = r->script.duration = -1;
	r->script.meter = (struct meter_options){
		.dialect = dialect_find("nl50"),
		.start = clock_utc(&clock_machine),
		.phases = 3,
		.solar_w = SOLAR_W,
		.has[DISPLAY_GAS] = true,
	};
	for (int i = 0; i < INITIAL_COUNT; i++)
		r->script.meter.initial[i] = -1;
	r->faults = faults_new();
	r->lies = lies_new();
	if (r->faults == NULL || r->lies == NULL)
		return err_set(e, ERR_FAILED, "out of memory");
	return 0;
}

void request_free(struct request *r)
{
	faults_free(r->faults);
	lies_free(r->lies);
}

/* Derive the defaults that depend on other options. */
static void complete(struct request *r)
{
	bool port = r->pty != NULL || r->tcp != NULL;

	if (r->interval < 1)
		r->interval = r->script.meter.dialect->interval;
	r->script.interval = (int)r->interval;
	r->script.meter.seed = (uint64_t)r->seed;
	if (r->speed < 0)
		r->speed = port ? 1000 : 0;
	if (r->baud < 0)
		r->baud = r->pty != NULL ? r->script.meter.dialect->baud : 0;
	if (!port && r->script.count < 0 && r->script.duration < 0)
		r->script.count = 1;
	faults_seed(r->faults, (uint64_t)r->seed);
	lies_seed(r->lies, (uint64_t)r->seed);
	script_begin(&r->script);
}

static struct sink *open_tcp(const struct request *r, struct err *e)
{
	struct sink *s = sink_tcp(r->tcp, e);

	if (s != NULL) {
		print_line(stdout, "%s", sink_name(s));
		fflush(stdout);
	}
	return s;
}

static struct sink *open_sink(const struct request *r, struct err *e)
{
	bool wire = r->uart || r->invert || r->heard > 0;
	int baud = r->baud > 0 ? (int)r->baud : r->script.meter.dialect->baud;
	bool even = r->script.meter.dialect->seven_bits;
	const struct uart_setting sent = { baud, even ? 7 : 8, even };
	struct sink *s;

	if (r->pty != NULL)
		s = sink_pty(r->pty, wire ? 0 : (int)r->baud, e);
	else if (r->tcp != NULL)
		s = open_tcp(r, e);
	else
		s = sink_file(r->file, e);
	if (s == NULL || !wire)
		return s;
	return sink_uart(s, &sent, r->invert, (int)r->heard, e);
}

/* Create the parts one by one; on failure close_parts frees those created. */
static int open_parts(const struct request *r, struct parts *p, struct sink *s,
		      struct err *e)
{
	const struct player_options o = { r->speed, (int)r->baud };
	const struct meter_options *m = &r->script.meter;

	p->meter = meter_new(m);
	if (p->meter == NULL)
		return err_set(e, ERR_FAILED, "out of memory");
	if (r->truth != NULL &&
	    (p->truth = truth_new(r->truth, m->dialect, m->phases, r->speed > 0,
				  e)) == NULL)
		return e->code;
	p->player = player_new(s, &o, &clock_machine, e);
	return p->player != NULL ? 0 : e->code;
}

static int close_parts(struct parts *p, struct sink *s, int rc, struct err *e)
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

int request_run(struct request *r, struct err *e)
{
	const enum program what = r->silent   ? RUN_SILENCE
				  : r->babble ? RUN_NOISE
				  : r->push   ? RUN_PUSH
					      : RUN_TELEGRAMS;
	struct parts p = { .faults = r->faults, .lies = r->lies };
	struct encrypt seal;
	struct sink *s;
	int rc;

	complete(r);
	if (r->key != NULL && encrypt_begin(&seal, r->key, r->auth_key, e) < 0)
		return e->code;
	p.seal = r->key != NULL ? &seal : NULL;
	s = open_sink(r, e);
	rc = s != NULL ? open_parts(r, &p, s, e) : e->code;
	if (rc == 0)
		rc = perform(&r->script, &p, what, e);
	return close_parts(&p, s, rc, e);
}
