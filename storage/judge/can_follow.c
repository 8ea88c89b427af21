#include "storage/judge/can_follow.h"

#include "base/utc.h"
#include "storage/judge/roll_over.h"

enum {
	ALL_TARIFFS = 0xf,	      /* bits of a total's four tariffs */
	FORMS = ALL_TARIFFS << 1 | 1, /* sets of the total and its tariffs */
	ELECTRIC_GRACE_S = 10,	      /* counters are updated this often */
	MBUS_GRACE_S = 300,	      /* from reading a value to its time */
	STEP_WH = 2,
	STEP_MBUS = 10, /* G10 and larger count 0.01 m3, heat 0.01 GJ */
};

/*
 * Maximum time between two readings of a meter; keeps products within 64 bits.
 */
#define CENTURY_S (INT64_C(100) * 366 * DAY_S)

_Static_assert(Q_IMPORT_TOTAL == 0 && JUDGE_REGISTERS == 12,
	       "electricity's counters are the first quantities");

/* clang-format off */
const char *const verdict_words[VERDICT_COUNT] = {
	[VERDICT_BACK] = "back",         [VERDICT_FAST] = "fast",
	[VERDICT_TIME] = "time",         [VERDICT_UNPROVEN] = "unproven",
	[VERDICT_OUTLIER] = "outlier",   [VERDICT_ZERO] = "zero",
};
/* clang-format on */

static bool is_export(int q)
{
	return q >= Q_EXPORT_TOTAL && q <= Q_EXPORT_T4;
}

/* Reactive energy flows in either direction. */
struct judge_rates judge_electricity(const struct judge_limits *l)
{
	struct judge_rates r = { .grace_s = ELECTRIC_GRACE_S, .step = STEP_WH };
	bool open = l->import_w == 0 || l->export_w == 0;
	long higher = l->import_w > l->export_w ? l->import_w : l->export_w;

	for (int q = 0; q < JUDGE_REGISTERS; q++)
		if (q >= Q_REACTIVE_IMPORT_TOTAL)
			r.per_hour[q] = open ? 0 : higher;
		else
			r.per_hour[q] =
				is_export(q) ? l->export_w : l->import_w;
	return r;
}

static int64_t per_hour(const struct judge_limits *l, enum medium medium,
			enum unit unit)
{
	if (unit == UNIT_DM3)
		return 1000 *
		       (medium == MEDIUM_GAS ? l->gas_m3_h : l->water_m3_h);
	if (unit == UNIT_MJ)
		return l->heat_kw * HOUR_S / 1000;
	if (medium == MEDIUM_ELECTRICITY)
		return l->import_w;
	return l->heat_kw * 1000;
}

struct judge_rates judge_mbus(const struct judge_limits *l, enum medium medium,
			      enum unit unit)
{
	return (struct judge_rates){ .per_hour = { per_hour(l, medium, unit) },
				     .grace_s = MBUS_GRACE_S,
				     .step = STEP_MBUS,
				     .stamped = true };
}

struct judge_point judge_point_of(const struct reading *r)
{
	struct judge_point p = { .ts = r->time.utc };

	p.have = (unsigned)(r->have & ((1u << JUDGE_REGISTERS) - 1));
	for (int i = 0; i < JUDGE_REGISTERS; i++)
		p.value[i] = r->value[i];
	return p;
}

struct judge_point judge_point_of_mbus(const struct mbus *b)
{
	return (struct judge_point){ .ts = b->time.utc,
				     .have = 1,
				     .value = { b->value } };
}

int judge_first(const struct judge_point *p)
{
	for (int i = 0; i < JUDGE_REGISTERS; i++)
		if (p->have >> i & 1)
			return i;
	return 0;
}

int64_t judge_climb(const struct judge_rates *r, int i, int64_t elapsed)
{
	if (r->per_hour[i] == 0)
		return INT64_MAX;
	if (elapsed > CENTURY_S)
		elapsed = CENTURY_S;
	return r->step + r->per_hour[i] * (elapsed + r->grace_s) / HOUR_S;
}

int64_t judge_highest(const struct judge_rates *r, const struct judge_point *a,
		      int i, int64_t ts)
{
	int64_t elapsed = ts - a->ts, climb;

	if (r->stamped && elapsed == 0)
		return a->value[i];
	climb = judge_climb(r, i, elapsed);
	return climb == INT64_MAX ? climb : a->value[i] + climb;
}

static bool rolls(const struct judge_rates *r, const struct judge_point *a,
		  const struct judge_point *b, int i)
{
	return roll_over_between(a->value[i], b->value[i]) &&
	       b->value[i] + roll_over_end(a->value[i]) <=
		       judge_highest(r, a, i, b->ts);
}

static enum verdict judge_register(const struct judge_rates *r,
				   const struct judge_point *a,
				   const struct judge_point *b, int i)
{
	if (b->value[i] < a->value[i])
		return rolls(r, a, b, i) ? VERDICT_ROLLED : VERDICT_BACK;
	return b->value[i] > judge_highest(r, a, i, b->ts) ? VERDICT_FAST
							   : VERDICT_FITS;
}

/* Like judge_step, for some registers. */
static enum verdict step_of(const struct judge_rates *r,
			    const struct judge_point *a,
			    const struct judge_point *b, unsigned registers,
			    int *where)
{
	unsigned both = a->have & b->have & registers;
	enum verdict sum = VERDICT_FITS;

	for (int i = 0; both >> i && verdict_is_good(sum); i++) {
		enum verdict v;

		if (!(both >> i & 1))
			continue;
		v = judge_register(r, a, b, i);
		if (v != VERDICT_FITS) {
			*where = i;
			sum = v;
		}
	}
	return sum;
}

enum verdict judge_step(const struct judge_rates *r,
			const struct judge_point *a,
			const struct judge_point *b, int *where)
{
	return step_of(r, a, b, ~0u, where);
}

bool judge_total(const struct judge_point *p, enum quantity total, int64_t *sum)
{
	unsigned tariffs = p->have >> (total + 1) & ALL_TARIFFS;

	*sum = p->value[total];
	if (p->have >> total & 1)
		return true;
	*sum = 0;
	for (int i = 0; tariffs >> i; i++)
		if (tariffs >> i & 1)
			*sum += p->value[(int)total + 1 + i];
	return tariffs != 0;
}

/* Like judge_can_follow, for one value that two readings show in two forms. */
static bool total_follows(const struct judge_rates *r,
			  const struct judge_point *a,
			  const struct judge_point *b, enum quantity total)
{
	struct judge_point x = { .ts = a->ts }, y = { .ts = b->ts };
	enum verdict v;

	if (!judge_total(a, total, &x.value[total]) ||
	    !judge_total(b, total, &y.value[total]))
		return true;
	v = judge_register(r, &x, &y, (int)total);
	return verdict_is_good(v) ||
	       (v == VERDICT_BACK &&
		y.value[total] + r->step >= x.value[total]);
}

bool judge_can_follow(const struct judge_rates *r, const struct judge_point *a,
		      const struct judge_point *b, unsigned registers)
{
	static const enum quantity totals[] = { Q_IMPORT_TOTAL,
						Q_EXPORT_TOTAL };
	int where;

	if (b->ts <= a->ts ||
	    !verdict_is_good(step_of(r, a, b, registers, &where)))
		return false;
	if (((a->have ^ b->have) & registers) == 0)
		return true;
	for (size_t t = 0; t < COUNT(totals); t++)
		if (registers >> totals[t] & FORMS &&
		    !((a->have & b->have) >> totals[t] & FORMS) &&
		    !total_follows(r, a, b, totals[t]))
			return false;
	return true;
}

bool judge_is_zero(const struct judge_point *p)
{
	for (int i = 0; i <= Q_IMPORT_T4; i++)
		if (p->have >> i & 1 && p->value[i] != 0)
			return false;
	return (p->have & FORMS) != 0;
}
