#include "logger/discover.h"

#include <stdlib.h>
#include <string.h>

#include "logger/diagnose/port_environment.h"
#include "logger/diagnose/probe.h"
#include "logger/diagnose/redact.h"
#include "logger/diagnose/select_findings.h"
#include "storage/history/held_list.h"

enum { PORTS = 8 };

struct discover {
	const struct discover_options *o;
	struct probe *port[PORTS];
	size_t ports;
};

static int add_port(struct discover *d, const char *name, struct err *e)
{
	struct probe *p = probe_new(name, &d->o->how, d->o->clock);

	if (p == NULL)
		return err_memory(e);
	d->port[d->ports++] = p;
	return 0;
}

static int add_ports(struct discover *d, struct err *e)
{
	char found[PORTS][FIND_PATH];
	int rc = 0;
	size_t n;

	if (d->o->port[0] != '\0')
		return add_port(d, d->o->port, e);
	n = find_ports(found, PORTS);
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = add_port(d, found[i], e);
	return rc;
}

/* Has one port delivered everything, or are all finished? */
static bool is_over(const struct discover *d)
{
	bool all_over = true;

	for (size_t i = 0; i < d->ports; i++) {
		if (probe_has_all(d->port[i]))
			return true;
		all_over = all_over && probe_is_over(d->port[i]);
	}
	return all_over;
}

static int listen(struct discover *d, struct err *e)
{
	int64_t until = clock_monotonic_ms(d->o->clock) + d->o->wait_s * 1000;
	struct pollable list[PORTS];
	int rc = 0;

	for (size_t i = 0; i < d->ports; i++)
		list[i] = probe_pollable(d->port[i]);
	while (rc == 0 && !is_over(d) &&
	       clock_monotonic_ms(d->o->clock) < until)
		rc = pollable_wait(list, d->ports, until, d->o->clock, e);
	return rc;
}

/* Rank by telegrams, then bytes, then being open. */
static int64_t merit(const struct probe *p)
{
	struct evidence ev = { 0 };

	probe_evidence(p, &ev);
	if (ev.telegrams > 0)
		return INT64_MAX;
	return ev.bytes.all > 0 ? ev.bytes.all + 1 : ev.refused == 0;
}

static struct probe *best_of(const struct discover *d)
{
	struct probe *best = d->ports > 0 ? d->port[0] : NULL;

	for (size_t i = 1; i < d->ports; i++)
		if (merit(d->port[i]) > merit(best))
			best = d->port[i];
	return best;
}

static bool write_redacted(FILE *f, const struct probe *p)
{
	bool ok = true;

	for (size_t i = 0; ok && i < probe_recording(p)->kept; i++) {
		struct span text = recording_text(probe_recording(p), i);
		char *masked = malloc(text.n + REDACT_MORE);
		size_t n;

		if (masked == NULL)
			return false;
		n = redact_telegram(text, masked);
		ok = fwrite(masked, 1, n, f) == n;
		free(masked);
	}
	return ok;
}

/*
 * Write all raw bytes; or, redacted, complete telegrams only, since damaged
 * ones cannot be masked reliably.
 */
static int capture(const struct discover *d, const struct probe *p,
		   struct err *e)
{
	struct span all = p != NULL ? recording_now(probe_recording(p))
				    : (struct span){ 0 };
	FILE *f = fopen(d->o->capture, "we");
	bool ok = true;

	if (f == NULL)
		return err_errno(e, ERR_CREATE, "%s", d->o->capture);
	if (p != NULL && d->o->report.redact)
		ok = write_redacted(f, p);
	else if (all.n > 0)
		ok = fwrite(all.p, 1, all.n, f) == all.n;
	if (fclose(f) != 0 || !ok)
		return err_errno(e, ERR_IO, "writing %s", d->o->capture);
	return 0;
}

static void look_around(const struct probe *p, char mm[static HOLDER_TEXT],
			struct evidence *ev)
{
	*ev = (struct evidence){
		.port = "", .refusal = "", .holder = "", .speed = ""
	};
	if (p != NULL)
		probe_evidence(p, ev);
	port_environment_modem_manager(mm);
	ev->modem_manager = mm;
	ev->modem_manager_told =
		p != NULL && port_environment_is_told(probe_name(p));
}

/*
 * Name each meter whose readings were all held for an hour, and each that is
 * not the house's. A database that is missing or unreadable for this user is
 * not a problem of the port.
 */
static void tell_stored(const struct discover *d, FILE *out)
{
	char sentence[HELD_LIST_SENTENCE];
	struct held_list_entry q;
	struct held_list_other other;
	struct err ignored;
	struct held_list *r = d->o->database != NULL
				      ? held_list_open(d->o->database, &ignored)
				      : NULL;
	int64_t since;

	while (r != NULL && held_list_next_stuck(r, &q, &since, &ignored) > 0) {
		if (d->o->report.redact)
			q.identifier = "";
		report_stored("held-counters",
			      held_list_sentence(sentence, &q, since), out);
	}
	while (r != NULL && held_list_next_other(r, &other, &ignored) > 0) {
		if (d->o->report.redact)
			other.identifier = other.house = "...";
		report_stored("other-meter",
			      held_list_other_sentence(sentence, &other), out);
	}
	held_list_close(r);
}

static int print(const struct discover *d, int64_t began_ms, FILE *out,
		 struct err *e)
{
	const struct probe *best = best_of(d);
	enum finding found[FINDING_COUNT];
	struct evidence ev;
	char mm[HOLDER_TEXT];
	size_t n;

	look_around(best, mm, &ev);
	ev.waited_s =
		((clock_monotonic_ms(d->o->clock) - began_ms + 500) / 1000);
	if (best != NULL && probe_recording(best)->kept > 0 &&
	    report_meter(best, &ev, &d->o->report, out, e) < 0)
		return e->code;
	n = select_findings(&ev, found);
	report_findings(&ev, found, n, out);
	tell_stored(d, out);
	if (d->o->capture != NULL && capture(d, best, e) < 0)
		return e->code;
	if (d->o->capture != NULL)
		report_capture(d->o->capture, d->o->report.redact,
			       best != NULL ? probe_recording(best)->kept : 0,
			       out);
	return ev.telegrams > 0 || n == 0 ? 0 : finding_code(found[0]);
}

/* Mask names in one place, for the whole report. */
static int print_redacted(const struct discover *d, int64_t began_ms, FILE *out,
			  struct err *e)
{
	char *text = NULL;
	size_t n = 0;
	FILE *all = open_memstream(&text, &n);
	int rc;

	if (all == NULL)
		return err_memory(e);
	rc = print(d, began_ms, all, e);
	if (fclose(all) != 0) {
		free(text);
		return err_memory(e);
	}
	redact_names(text);
	fwrite(text, 1, n, out);
	free(text);
	return rc;
}

int discover_run(const struct discover_options *o, FILE *out, struct err *e)
{
	struct discover d = { .o = o };
	int64_t began = clock_monotonic_ms(o->clock);
	int rc = add_ports(&d, e);

	e->text[0] = '\0';
	if (rc == 0)
		rc = listen(&d, e);
	if (rc == 0)
		rc = (o->report.redact ? print_redacted : print)(&d, began, out,
								 e);
	for (size_t i = 0; i < d.ports; i++)
		probe_free(d.port[i]);
	return rc;
}
