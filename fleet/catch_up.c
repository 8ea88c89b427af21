#include "fleet/catch_up.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utc.h"
#include "storage/db/stmt.h"

enum {
	SLICE_BOUNDARIES = 2016, /* a week of five minutes */
	DETAIL_SHARE = 7,	 /* slices are so much shorter with detail */
	TRIES = 5,		 /* if the cursor moves under our hands */
};

static bool is_same(const struct journal_state *a,
		    const struct journal_state *b)
{
	return strcmp(a->journal, b->journal) == 0 && a->change == b->change &&
	       a->written == b->written;
}

int catch_up_watch(struct state_file *s, struct history *h, struct err *e)
{
	struct journal_state now;
	bool known = false;
	int rc = history_hold(h, e);

	if (rc < 0)
		return rc;
	rc = journal_changes_known(h, &s->seen, &known, e);
	if (rc == 0)
		rc = journal_changes_now(h, &now, e);
	history_release(h);
	if (rc < 0)
		return rc;
	if (!known)
		s->cursor = (struct journal_state){ 0 };
	s->seen = now;
	return 0;
}

/* The server's cursor is known now: the chain of states begins there. */
static void remember(struct state_file *s, const struct journal_state *cursor,
		     const struct journal_state *now)
{
	s->cursor = *cursor;
	s->seen = *now;
}

/*
 * Is the server's copy one of an earlier state of this journal? The change list
 * may be too short to say so; then our own state may know it.
 */
static int is_known(struct history *h, const struct journal_state *cursor,
		    const struct state_file *state, bool *known, struct err *e)
{
	int rc = journal_changes_known(h, cursor, known, e);

	if (rc < 0 || *known || cursor->journal[0] == '\0' ||
	    !is_same(cursor, &state->cursor))
		return rc;
	return journal_changes_known(h, &state->seen, known, e);
}

/* What is to be sent, and from which state of the journal. */
struct plan {
	bool again;
	struct journal_state before, after;
	struct slice all;
	char *house; /* owned; NULL: the server knows it */
	char digest[SLICE_DIGEST];
};

/* Send the house if it differs from what the server knows. */
static int plan_house(struct plan *p, struct history *h, const char *known,
		      struct err *e)
{
	int rc = slice_text_house(h, &p->house, p->digest, e);

	if (rc == 0 && !p->again && strcmp(p->digest, known) == 0) {
		free(p->house);
		p->house = NULL;
	}
	return rc;
}

static int plan_range(struct plan *p, const struct catch_up *o,
		      struct history *h, const struct server_cursor *c,
		      struct err *e)
{
	struct slice changed = { 0, STMT_LAST_TIME };
	int rc = 0;

	if (!p->again)
		rc = journal_changes_since(h, c->at.change, &changed.first,
					   &changed.last, e);
	changed = slices_widen(changed, o->interval);
	p->all = p->again ? changed : slices_join(changed, c->pending);
	return rc;
}

/* The caller holds the history. */
static int make_plan(struct plan *p, const struct catch_up *o,
		     struct history *h, const struct server_cursor *c,
		     struct state_file *state, struct err *e)
{
	bool known = false;
	int rc = journal_changes_now(h, &p->after, e);

	p->before = c->at;
	if (rc == 0 && p->after.journal[0] == '\0')
		rc = err_set(e, ERR_CONFIG,
			     "the database was made by an older p1logger: "
			     "start this one once");
	if (rc == 0)
		rc = is_known(h, &c->at, state, &known, e);
	p->again = o->again || !known;
	if (rc == 0 && known)
		remember(state, &c->at, &p->after);
	if (rc == 0)
		rc = plan_range(p, o, h, c, e);
	return rc == 0 ? plan_house(p, h, c->house, e) : rc;
}

static void say(const struct catch_up *o, const struct server_store *w)
{
	char first[UTC_TEXT], last[UTC_TEXT], text[128];

	utc_format(first, w->range.first);
	utc_format(last, w->range.last);
	snprintf(text, sizeof(text), "stored %s to %s, %" PRId64 " rows%s",
		 first, last, w->text->boundaries,
		 w->again ? ", beginning again" : "");
	o->note(o->ctx, text);
}

/* Find the first reading of any medium after t. */
static int reading_after(struct history *h, int64_t t, int64_t *first,
			 struct err *e)
{
	int rc = 0;

	*first = STMT_LAST_TIME;
	for (int i = 0; rc == 0 && i < SERIES_GAPS; i++) {
		int64_t next;

		rc = history_after(h, series_gaps[i].medium, t, &next, e);
		if (rc == 0 && next < *first)
			*first = next;
	}
	return rc;
}

static int first_slice(const struct plan *p, const struct catch_up *o,
		       struct history *h, struct slice *out, struct err *e)
{
	int64_t span = o->interval * SLICE_BOUNDARIES, data, end, next;
	int rc = reading_after(h, p->all.first - 1, &data, e);

	if (rc < 0)
		return rc;
	if (o->detail)
		span /= DETAIL_SHARE;
	end = slices_end(p->all, data, span);
	rc = reading_after(h, end, &next, e);
	*out = slices_first(p->all, end,
			    next < STMT_LAST_TIME ? next : INT64_MAX);
	return rc;
}

/* Read the first slice of what is left. */
static int read_slice(const struct plan *p, const struct catch_up *o,
		      struct history *h, struct slice *range,
		      struct slice_text *t, struct err *e)
{
	int rc = history_hold(h, e);

	if (rc < 0)
		return rc;
	rc = first_slice(p, o, h, range, e);
	if (rc == 0)
		rc = slice_text_read(t, h, *range, o->interval, o->detail, e);
	history_release(h);
	return rc;
}

/* The plan without the slice that was stored. */
static void stored(struct plan *p, const struct server_store *w)
{
	p->before = p->after;
	p->all = w->pending;
	p->again = false;
	free(p->house);
	p->house = NULL;
}

/* Send the first slice of the plan, which then begins after it. */
static int send_slice(struct plan *p, const struct catch_up *o,
		      struct history *h, struct server *s,
		      struct caught_up *out, struct err *e)
{
	struct slice_text t = { 0 };
	struct server_store w = { .again = p->again,
				  .before = p->before,
				  .after = p->after,
				  .text = &t,
				  .house = p->house,
				  .digest = p->digest };
	int rc = read_slice(p, o, h, &w.range, &t, e);

	w.pending = slices_rest(p->all, w.range);
	if (rc == 0)
		rc = server_store(s, &w, e);
	if (rc == 0) {
		say(o, &w);
		out->slices++;
		out->boundaries += t.boundaries;
		stored(p, &w);
	}
	slice_text_free(&t);
	return rc;
}

static bool is_done(const struct plan *p)
{
	return slices_is_empty(p->all) && p->house == NULL &&
	       is_same(&p->before, &p->after);
}

static int follow_plan(struct plan *p, const struct catch_up *o,
		       struct history *h, struct server *s,
		       struct state_file *state, struct caught_up *out,
		       struct err *e)
{
	int rc = 0;

	while (rc == 0 && !is_done(p)) {
		rc = send_slice(p, o, h, s, out, e);
		if (rc == 0)
			remember(state, &p->after, &p->after);
	}
	return rc;
}

static int run_once(const struct catch_up *o, struct history *h,
		    struct server *s, struct state_file *state,
		    struct caught_up *out, struct err *e)
{
	struct server_cursor c;
	struct plan p = { 0 };
	int rc = server_cursor(s, &c, e);

	if (rc == 0)
		rc = history_hold(h, e);
	if (rc < 0)
		return rc;
	rc = make_plan(&p, o, h, &c, state, e);
	history_release(h);
	if (rc == 0)
		rc = follow_plan(&p, o, h, s, state, out, e);
	free(p.house);
	return rc;
}

int catch_up_run(const struct catch_up *o, struct history *h, struct server *s,
		 struct state_file *state, struct caught_up *out, struct err *e)
{
	int rc = ERR_BUSY;

	*out = (struct caught_up){ 0 };
	for (int i = 0; i < TRIES && rc == ERR_BUSY; i++)
		rc = run_once(o, h, s, state, out, e);
	return rc;
}
