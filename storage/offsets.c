#include "storage/offsets.h"

#include "storage/judge/rules.h"

/* One row's counters; bit q of `have` as in struct reading. */
struct counters {
	uint64_t have;
	int64_t value[Q_COUNT];
};

static int read_counters(struct stmt *s, int64_t ts, struct counters *c,
			 struct err *e)
{
	int column = 1;
	int rc;

	*c = (struct counters){ 0 };
	stmt_bind(s, 1, ts);
	rc = stmt_next(s, e);
	if (rc <= 0)
		return rc;
	for (int q = 0; q < Q_COUNT; q++) {
		if (quantities[q].place != PLACE_COUNTER)
			continue;
		if (!stmt_is_null(s, column)) {
			c->have |= UINT64_C(1) << q;
			c->value[q] = stmt_int(s, column);
		}
		column++;
	}
	stmt_reset(s);
	return 1;
}

/* What a series shows in a row: its register, else the sum of its tariffs. */
struct shown {
	bool total; /* by the register itself */
	bool any;
	int64_t value;
};

static struct shown shown(const struct counters *c, enum series s)
{
	const struct registers *r = &registers[s];
	struct shown out = { .total = c->have >> r->total & 1 };

	out.any = out.total;
	out.value = c->value[r->total];
	for (int i = 0; !out.total && i < r->parts; i++) {
		out.any |= c->have >> r->part[i] & 1;
		out.value += c->value[r->part[i]];
	}
	return out;
}

/* What is known of a series while one goes along the installations. */
struct chain {
	bool seen;	/* some installation has shown it */
	bool held;	/* `offset` still holds: the meter is the same */
	bool total;	/* as struct shown, where it was seen last */
	int64_t offset; /* where it was seen last */
	int64_t carry;	/* the continuous counter where it was seen last */
};

/* The continuous counter of a row in an installation. */
static int64_t continuous(const struct counters *c,
			  const struct installation *in, enum series s)
{
	return shown(c, s).value + in->offset[s];
}

/* How far the tariffs of a total went on from row p to row f. */
static int64_t parts_step(const struct counters *p,
			  const struct installation *was,
			  const struct counters *f,
			  const struct installation *is, enum series s)
{
	int64_t step = 0;

	for (int i = 1; i <= registers[s].parts; i++)
		step += continuous(f, is, (enum series)((int)s + i)) -
			continuous(p, was, (enum series)((int)s + i));
	return step;
}

/*
 * By how much a register that fell from one row of a meter to the next goes on:
 * over its end by what is missing to it, after a reset from where it was.
 */
static int64_t fallen(enum begin begin, int64_t was, int64_t is)
{
	if (is >= was || begin == BEGIN_METER)
		return 0;
	return begin == BEGIN_ROLLED ? judge_end_of_counter(was) : was - is;
}

/* Show a series for the first time in `list[k]`: until then it stood still. */
static void appear(struct installation *list, size_t k, enum series s,
		   int64_t value)
{
	for (size_t i = 0; i < k; i++) {
		list[i].offset[s] = value;
		list[i].known |= 1u << s;
	}
	list[k].offset[s] = 0;
}

/* The offset of one series in list[k], from the rows at the seam before it. */
static void chain_on(struct chain *c, struct installation *list, size_t k,
		     enum series s, const struct counters *p,
		     const struct counters *f)
{
	struct installation *is = &list[k];
	struct shown now = shown(f, s);

	if (c->seen && k > 0)
		c->carry = continuous(p, &list[k - 1], s);
	is->known &= ~(1u << s);
	is->offset[s] = 0;
	if (!now.any && !c->seen)
		return;
	is->known |= 1u << s;
	if (!now.any)
		is->offset[s] = c->carry;
	else if (!c->seen)
		appear(list, k, s, now.value);
	else if (c->held && c->total == now.total &&
		 (now.total || registers[s].parts == 0))
		is->offset[s] = c->offset +
				fallen(is->begin, shown(p, s).value, now.value);
	else
		is->offset[s] = c->carry - now.value +
				(registers[s].parts > 0
					 ? parts_step(p, &list[k - 1], f, is, s)
					 : 0);
	if (!now.any)
		return;
	c->seen = c->held = true;
	c->total = now.total;
	c->offset = is->offset[s];
}

/* The tariffs go before the totals, which may have to be their sum. */
static void chain_all(struct chain *chains, struct installation *list, size_t k,
		      const struct counters *p, const struct counters *f)
{
	for (int totals = 0; totals <= 1; totals++)
		for (int s = 0; s < ELECTRIC_SERIES; s++)
			if ((registers[s].parts > 0) == totals)
				chain_on(&chains[s], list, k, (enum series)s, p,
					 f);
}

static int reckon_electricity(struct installations *in, struct err *e)
{
	struct chain chains[ELECTRIC_SERIES] = { 0 };
	struct counters p, f;
	int rc = 0;

	for (size_t k = 0; k < in->n && in->list[k].run.channel == 0; k++) {
		struct installation *is = &in->list[k];
		bool swapped =
			k > 0 && is->run.meter != in->list[k - 1].run.meter;

		rc = read_counters(&in->row_before, is->first_ts, &p, e);
		if (rc >= 0)
			rc = read_counters(&in->row_at, is->first_ts, &f, e);
		if (rc < 0)
			return rc;
		for (int s = 0; swapped && s < ELECTRIC_SERIES; s++)
			chains[s].held = false;
		chain_all(chains, in->list, k, &p, &f);
	}
	return 0;
}

static int read_value(struct stmt *s, int64_t meter, int64_t at, int64_t *ts,
		      int64_t *value, struct err *e)
{
	int rc;

	stmt_bind(s, 1, at);
	stmt_bind(s, 2, meter);
	rc = stmt_next(s, e);
	if (rc <= 0)
		return rc;
	*ts = stmt_time(s, 0);
	*value = stmt_int(s, 1);
	stmt_reset(s);
	return 1;
}

/* The same meter's run before list[k], on whatever channel. */
static const struct installation *run_before(const struct installations *in,
					     size_t k)
{
	const struct installation *is = &in->list[k], *best = NULL;

	for (size_t i = 0; i < in->n; i++) {
		const struct installation *one = &in->list[i];

		if (one->run.channel != 0 && one->run.meter == is->run.meter &&
		    one->first_ts < is->first_ts &&
		    (best == NULL || one->first_ts > best->first_ts))
			best = one;
	}
	return best;
}

/* Was another meter in the place of list[k] after the instant `ts`? */
static bool was_replaced(const struct installations *in, size_t k, int64_t ts)
{
	const struct run *line = &in->list[k].run;

	for (size_t i = k; i > 0; i--) {
		const struct installation *one = &in->list[i - 1];

		if (one->run.channel != line->channel ||
		    strcmp(one->run.medium, line->medium) != 0 ||
		    one->first_ts <= ts)
			return false;
		if (one->run.meter != line->meter)
			return true;
	}
	return false;
}

/*
 * A meter that comes back after another one had its place: what it counted
 * elsewhere is not ours.
 */
static int reckon_value(struct installations *in, size_t k, struct err *e)
{
	struct installation *is = &in->list[k];
	const struct installation *before = run_before(in, k);
	int64_t ts = 0, last = 0, first = 0;
	int rc;

	is->value_offset = before != NULL ? before->value_offset : 0;
	if (before == NULL)
		return 0;
	rc = read_value(&in->value_before, is->run.meter, is->first_ts, &ts,
			&last, e);
	if (rc <= 0 || (is->begin == BEGIN_METER && !was_replaced(in, k, ts)))
		return rc;
	rc = read_value(&in->value_at, is->run.meter, is->first_ts, &ts, &first,
			e);
	if (rc > 0)
		is->value_offset += is->begin == BEGIN_METER
					    ? last - first
					    : fallen(is->begin, last, first);
	return rc;
}

/* The next M-Bus run in time after (ts, k), whatever its line. */
static size_t next_in_time(const struct installations *in, int64_t ts,
			   size_t after, bool started)
{
	size_t best = in->n;

	for (size_t i = 0; i < in->n; i++) {
		int64_t t = in->list[i].first_ts;

		if (in->list[i].run.channel == 0 ||
		    (started && (t < ts || (t == ts && i <= after))))
			continue;
		if (best == in->n || t < in->list[best].first_ts)
			best = i;
	}
	return best;
}

int offsets_reckon(struct installations *in, struct err *e)
{
	int rc = reckon_electricity(in, e);
	size_t k = next_in_time(in, 0, 0, false);

	while (rc >= 0 && k < in->n) {
		rc = reckon_value(in, k, e);
		k = next_in_time(in, in->list[k].first_ts, k, true);
	}
	return rc < 0 ? rc : 0;
}
