#include "sim/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fixed.h"
#include "base/span.h"
#include "base/utc.h"

bool script_time(const char *text, int64_t *out)
{
	char whole[UTC_TEXT + 16];

	if (strlen(text) == 10)
		snprintf(whole, sizeof(whole), "%sT00:00:00Z", text);
	else
		snprintf(whole, sizeof(whole), "%s", text);
	return utc_parse(span_of(whole), out);
}

bool script_duration(const char *text, int64_t *out)
{
	static const struct {
		char letter;
		int64_t seconds;
	} units[] = {
		{ 's', 1 },	{ 'm', 60 },	    { 'h', HOUR_S },
		{ 'd', DAY_S }, { 'w', 7 * DAY_S }, { 'y', 365 * DAY_S },
	};
	struct span s = span_of(text);
	int64_t n, unit = 1;

	for (size_t i = 0; s.n > 0 && i < COUNT(units); i++)
		if (s.p[s.n - 1] == units[i].letter) {
			unit = units[i].seconds;
			s.n--;
			break;
		}
	if (s.n > 9 || !fixed_parse(s, 0, &n) || memchr(s.p, '.', s.n) != NULL)
		return false;
	*out = n * unit;
	return true;
}

/* Read the part after the time: "=ID" of a swap, "+DURATION" of a gap. */
static int read_rest(struct script_event *ev, const char *rest, struct err *e)
{
	size_t n = strlen(rest);

	if (ev->what == HAPPENS_GAP) {
		if (!script_duration(rest, &ev->until) || ev->until == 0)
			return err_set(e, ERR_USAGE, "'%s' is not a duration",
				       rest);
		ev->until += ev->at;
		return 0;
	}
	for (size_t i = 0; i < n; i++)
		if (rest[i] < ' ' || rest[i] > '~')
			return err_set(e, ERR_USAGE,
				       "an identifier must be printable ASCII");
	if (n == 0 || n >= DISPLAY_ID)
		return err_set(e, ERR_USAGE,
			       "an identifier must have 1 to %d characters",
			       DISPLAY_ID - 1);
	memcpy(ev->id, rest, n + 1);
	return 0;
}

int script_add(struct script *s, enum happening what, const char *text,
	       struct err *e)
{
	struct script_event ev = { .what = what };
	char time[64];
	size_t n = strcspn(text, what == HAPPENS_GAP ? "+" : "=");

	if (s->events == SCRIPT_EVENTS)
		return err_set(e, ERR_USAGE, "more than %d swaps and gaps",
			       SCRIPT_EVENTS);
	snprintf(time, sizeof(time), "%.*s", n < 60 ? (int)n : 60, text);
	if (!script_time(time, &ev.at))
		return err_set(
			e, ERR_USAGE,
			"'%s' is not a time such as 2025-01-31T12:00:00Z",
			time);
	if (what == HAPPENS_GAP && text[n] == '\0')
		return err_set(e, ERR_USAGE, "'%s' lacks +DURATION", text);
	if (text[n] != '\0' && read_rest(&ev, text + n + 1, e) < 0)
		return e->code;
	s->event[s->events++] = ev;
	return 0;
}

int script_initial(struct script *s, const char *text, struct err *e)
{
	struct span rest = span_of(text), name;
	int64_t v;

	if (!span_cut(&rest, '=', &name) || !fixed_parse(rest, 3, &v))
		return err_set(
			e, ERR_USAGE,
			"'%s' is not of the form NAME=VALUE, such as import_t1=1234.567",
			text);
	for (int i = 0; i < INITIAL_COUNT; i++)
		if (span_eq(name, span_of(initial_names[i]))) {
			s->meter.initial[i] = v;
			return 0;
		}
	return err_set(e, ERR_USAGE, "unknown counter '%.*s'; see --help",
		       SPAN_ARG(name));
}

static int earlier(const void *a, const void *b)
{
	const struct script_event *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

void script_begin(struct script *s)
{
	qsort(s->event, (size_t)s->events, sizeof(s->event[0]), earlier);
	s->sent = 0;
	s->done = 0;
	s->next = s->meter.start;
}

/* Apply the events up to `utc`. */
static void happen(struct script *s, struct sim_meter *m, int64_t utc)
{
	for (; s->done < s->events && s->event[s->done].at <= utc; s->done++) {
		const struct script_event *ev = &s->event[s->done];
		const char *id = ev->id[0] != '\0' ? ev->id : NULL;

		if (ev->what == HAPPENS_GAP || ev->at < s->meter.start)
			continue;
		meter_advance(m, ev->at);
		if (ev->what == HAPPENS_SWAP)
			meter_swap(m, id);
		else
			meter_swap_device(m, DISPLAY_GAS, id);
	}
}

/* Advance s->next to the first telegram outside a gap. */
static void skip_gaps(struct script *s)
{
	for (int i = 0; i < s->events; i++) {
		const struct script_event *ev = &s->event[i];

		while (ev->what == HAPPENS_GAP && s->next >= ev->at &&
		       s->next < ev->until)
			s->next += s->interval;
	}
}

bool script_next(struct script *s, struct sim_meter *m, int64_t *utc)
{
	skip_gaps(s);
	if ((s->count >= 0 && s->sent >= s->count) ||
	    (s->duration >= 0 && s->next - s->meter.start >= s->duration))
		return false;
	happen(s, m, s->next);
	meter_advance(m, s->next);
	*utc = s->next;
	s->next += s->interval;
	s->sent++;
	return true;
}
