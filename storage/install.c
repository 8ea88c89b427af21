#include "storage/install.h"

#include <stdio.h>
#include <stdlib.h>

#include "storage/db/list.h"

const char *const begin_words[BEGIN_COUNT] = {
	[BEGIN_METER] = "",
	[BEGIN_ROLLED] = "roll-over",
	[BEGIN_RESET] = "reset",
};

static int insert(struct installations *in, size_t at,
		  const struct installation *one, struct err *e)
{
	struct installation *list =
		list_more(in->list, in->n, &in->room, sizeof(*list));

	if (list == NULL)
		return err_set(e, ERR_FAILED, "out of memory");
	in->list = list;
	memmove(&list[at + 1], &list[at], (in->n - at) * sizeof(*list));
	list[at] = *one;
	in->n++;
	return 0;
}

static enum begin begin_of(struct span word)
{
	int b = BEGIN_COUNT - 1;

	while (b > 0 && !span_eq(word, span_of(begin_words[b])))
		b--;
	return (enum begin)b;
}

static void read_one(struct stmt *s, struct installation *one)
{
	struct span medium = stmt_text(s, 1);

	*one = (struct installation){
		.run = { .channel = (int)stmt_int(s, 0),
			 .meter = stmt_int(s, 3),
			 .named = stmt_int(s, 4) != 0 },
		.first_ts = stmt_time(s, 2),
		.value_offset = stmt_int(s, 5),
	};
	snprintf(one->run.medium, MEDIUM_TEXT, "%.*s", SPAN_ARG(medium));
	for (int i = 0; i < ELECTRIC_SERIES; i++) {
		one->offset[i] = stmt_int(s, 6 + i);
		if (!stmt_is_null(s, 6 + i))
			one->known |= 1u << i;
	}
	if (!stmt_is_null(s, 6 + ELECTRIC_SERIES))
		one->begin = begin_of(stmt_text(s, 6 + ELECTRIC_SERIES));
}

/* Which registers a run has is what its first row has. */
static int read_registers(struct installations *in, struct installation *one,
			  struct err *e)
{
	int column = 1;
	int rc;

	if (one->run.channel != 0)
		return 0;
	stmt_bind(&in->row_at, 1, one->first_ts);
	rc = stmt_next(&in->row_at, e);
	if (rc <= 0)
		return rc;
	for (int q = 0; q < Q_COUNT; q++)
		if (quantities[q].place == PLACE_COUNTER &&
		    !stmt_is_null(&in->row_at, column++))
			one->run.registers |= UINT64_C(1) << q;
	stmt_reset(&in->row_at);
	return 0;
}

int install_load(struct installations *in, struct err *e)
{
	struct installation one;
	int rc;

	in->n = 0;
	in->changed = false;
	while ((rc = stmt_next(&in->load, e)) > 0) {
		read_one(&in->load, &one);
		rc = read_registers(in, &one, e);
		if (rc == 0)
			rc = insert(in, in->n, &one, e);
		if (rc < 0) {
			stmt_reset(&in->load);
			return rc;
		}
	}
	return rc;
}

static int compare_lines(const struct run *a, const struct run *b)
{
	if (a->channel != b->channel)
		return a->channel < b->channel ? -1 : 1;
	return strcmp(a->medium, b->medium);
}

/* How many installations begin at or before (line, ts). */
static size_t count_to(const struct installations *in, const struct run *line,
		       int64_t ts)
{
	size_t low = 0, high = in->n;

	while (low < high) {
		size_t mid = (low + high) / 2;
		int c = compare_lines(&in->list[mid].run, line);

		if (c < 0 || (c == 0 && in->list[mid].first_ts <= ts))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct installation *in_line(const struct installations *in, size_t i,
				    const struct run *line)
{
	return i < in->n && compare_lines(&in->list[i].run, line) == 0
		       ? &in->list[i]
		       : NULL;
}

const struct installation *install_at(const struct installations *in,
				      const struct run *line, int64_t ts)
{
	return in_line(in, count_to(in, line, ts) - 1, line);
}

bool install_is_reduced(const struct run *before, const struct run *next)
{
	if (before->meter == next->meter)
		return (before->registers & ~next->registers) != 0;
	return before->named && !next->named;
}

static bool same_run(const struct run *a, const struct run *b)
{
	return a->meter == b->meter && a->registers == b->registers;
}

/* The first row of a run after ts and before `limit`; 0 when it has none. */
static int next_of(struct installations *in, const struct run *run, int64_t ts,
		   int64_t limit, int64_t *next, struct err *e)
{
	struct stmt *s = run->channel == 0 ? &in->next_row : &in->next_value;

	stmt_bind(s, 1, ts);
	stmt_bind(s, 2, limit);
	if (run->channel != 0)
		stmt_bind(s, 3, run->meter);
	return stmt_value_time(s, 0, next, e);
}

static int begin_run(struct installations *in, const struct run *run,
		     int64_t ts, struct err *e)
{
	struct installation one = { .run = *run, .first_ts = ts };

	return insert(in, count_to(in, run, ts), &one, e);
}

/*
 * Two meters of one line at one instant, as where one replaced the other
 * between two stamps: the one that was there before goes on to it, the other
 * begins. While neither was, one begins a second earlier, where it has no row.
 */
static int place_beside(struct installations *in, const struct run *run,
			int64_t ts, struct err *e)
{
	const struct installation *before =
		in_line(in, count_to(in, run, ts - 1) - 1, run);

	if (before != NULL && same_run(&before->run, run))
		return 0;
	return install_place(in, run, ts - 1, e);
}

static void drop(struct installations *in, size_t i)
{
	in->n--;
	memmove(&in->list[i], &in->list[i + 1],
		(in->n - i) * sizeof(*in->list));
}

/* Behind a run that was placed at ts: it may turn out to have been there. */
static int settle(struct installations *in, const struct run *run, int64_t ts,
		  struct err *e)
{
	size_t at = count_to(in, run, ts);
	struct installation *here = in_line(in, at - 1, run);
	struct installation *other = in_line(in, at, run);
	struct installation *again = in_line(in, at + 1, run);
	int rc;

	if (again == NULL || !same_run(&here->run, &again->run) ||
	    run->channel == 0 || other->first_ts + 1 != again->first_ts ||
	    again->begin != BEGIN_METER)
		return 0;
	stmt_bind(&in->value_at, 1, other->first_ts);
	stmt_bind(&in->value_at, 2, other->run.meter);
	rc = stmt_next(&in->value_at, e);
	stmt_reset(&in->value_at);
	if (rc != 0)
		return rc < 0 ? rc : 0;
	other->first_ts++;
	drop(in, at + 1);
	again = in_line(in, at + 1, run);
	if (again != NULL && same_run(&other->run, &again->run) &&
	    again->begin == BEGIN_METER)
		drop(in, at + 1);
	return 0;
}

/* The run begins at ts; those of before, if rows of it are left, behind it. */
static int split(struct installations *in, const struct run *run, int64_t ts,
		 const struct run *before, int64_t rest, struct err *e)
{
	int rc = begin_run(in, run, ts, e);

	return rc == 0 && rest != 0 ? begin_run(in, before, rest, e) : rc;
}

int install_place(struct installations *in, const struct run *run, int64_t ts,
		  struct err *e)
{
	size_t at = count_to(in, run, ts);
	struct installation *here = in_line(in, at - 1, run);
	struct installation *after = in_line(in, at, run);
	const struct run before = here != NULL ? here->run : *run;
	int64_t rest = 0;
	int rc = 0;

	if (here != NULL && same_run(&before, run))
		return 0;
	if (here != NULL && here->first_ts == ts)
		return place_beside(in, run, ts, e);
	if (here != NULL)
		rc = next_of(in, &before, ts,
			     after ? after->first_ts : INT64_MAX, &rest, e);
	if (rc < 0)
		return rc;
	in->changed = true;
	if (rest == 0 && after != NULL && same_run(&after->run, run) &&
	    after->begin == BEGIN_METER)
		after->first_ts = ts;
	else
		rc = split(in, run, ts, &before, rest, e);
	return rc == 0 ? settle(in, run, ts, e) : rc;
}

int install_mark(struct installations *in, const struct run *run, int64_t ts,
		 enum begin begin, struct err *e)
{
	size_t at = count_to(in, run, ts);
	struct installation *here = in_line(in, at - 1, run);
	int rc = 0;

	in->changed = true;
	if (here == NULL || here->first_ts != ts) {
		rc = begin_run(in, run, ts, e);
		here = rc == 0 ? in_line(in, at, run) : NULL;
	}
	if (here != NULL)
		here->begin = begin;
	return rc;
}

int install_mark_again(struct installations *in, int64_t meter, int64_t ts,
		       enum begin begin, struct err *e)
{
	const struct installation *last = NULL;
	struct run run;

	for (size_t i = 0; i < in->n; i++) {
		const struct installation *one = &in->list[i];

		if (one->run.meter == meter && one->first_ts <= ts &&
		    (last == NULL || one->first_ts > last->first_ts))
			last = one;
	}
	if (last == NULL ||
	    (last->first_ts == ts && last->begin != BEGIN_METER))
		return 0;
	run = last->run; /* the list may move */
	return install_mark(in, &run, ts, begin, e);
}

/* Where the run at `i` begins with the rows that it has left; 0: it has none. */
static int find_first(struct installations *in, size_t i, int64_t *first,
		      struct err *e)
{
	const struct installation *one = &in->list[i];
	const struct installation *after = in_line(in, i + 1, &one->run);
	/* of an M-Bus run it may stand where the next one begins (settle) */
	int64_t limit = after == NULL		? INT64_MAX
			: one->run.channel == 0 ? after->first_ts
						: after->first_ts + 1;
	int rc = next_of(in, &one->run, one->first_ts - 1, limit, first, e);

	if (rc == 0 && after != NULL && *first == after->first_ts)
		--*first; /* as place_beside */
	return rc;
}

int install_repair(struct installations *in, int64_t meter, struct err *e)
{
	for (size_t i = in->n; i-- > 0;) {
		struct installation *one = &in->list[i];
		int64_t first = 0;

		if (one->run.meter != meter)
			continue;
		if (find_first(in, i, &first, e) < 0)
			return e->code;
		if (first == one->first_ts)
			continue;
		in->changed = true;
		one->first_ts = first;
		if (first == 0)
			drop(in, i);
	}
	return 0;
}

static void bind_one(struct stmt *s, const struct installation *one)
{
	stmt_bind(s, 1, one->run.channel);
	stmt_bind_text(s, 2, span_of(one->run.medium));
	stmt_bind(s, 3, one->first_ts);
	stmt_bind(s, 4, one->run.meter);
	if (one->run.channel != 0)
		stmt_bind(s, 5, one->value_offset);
	for (int i = 0; i < ELECTRIC_SERIES; i++)
		if (one->known >> i & 1)
			stmt_bind(s, 6 + i, one->offset[i]);
	if (one->begin != BEGIN_METER)
		stmt_bind_text(s, 6 + ELECTRIC_SERIES,
			       span_of(begin_words[one->begin]));
}

static int write_all(struct installations *in, struct err *e)
{
	int rc = stmt_run(&in->wipe, e);

	for (size_t i = 0; rc >= 0 && i < in->n; i++) {
		bind_one(&in->save, &in->list[i]);
		rc = stmt_run(&in->save, e);
	}
	return rc < 0 ? rc : 0;
}

static bool same_list(const struct installations *a,
		      const struct installations *b)
{
	for (size_t i = 0; a->n == b->n && i < a->n; i++) {
		const struct installation *x = &a->list[i], *y = &b->list[i];

		if (compare_lines(&x->run, &y->run) != 0 ||
		    x->first_ts != y->first_ts || x->begin != y->begin ||
		    x->run.meter != y->run.meter || x->known != y->known ||
		    x->value_offset != y->value_offset ||
		    memcmp(x->offset, y->offset, sizeof(x->offset)) != 0)
			return false;
	}
	return a->n == b->n;
}

int install_save(struct installations *in, struct err *e)
{
	struct installations now = *in;
	int rc;

	/* Read what is written, to see whether it became different. */
	in->list = NULL;
	in->n = in->room = 0;
	rc = install_load(in, e);
	if (rc == 0 && !same_list(in, &now))
		rc = write_all(&now, e);
	free(in->list);
	in->list = now.list;
	in->n = now.n;
	in->room = now.room;
	return rc;
}
