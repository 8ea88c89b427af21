#include "storage/judge/counter_offsets.h"
#include "storage/judge/roll_over.h"

/* The tariffs come before the totals, which may have to be their sum. */
static const int order[JUDGE_REGISTERS] = {
	Q_IMPORT_T1,
	Q_IMPORT_T2,
	Q_IMPORT_T3,
	Q_IMPORT_T4,
	Q_EXPORT_T1,
	Q_EXPORT_T2,
	Q_EXPORT_T3,
	Q_EXPORT_T4,
	Q_REACTIVE_IMPORT_TOTAL,
	Q_REACTIVE_EXPORT_TOTAL,
	Q_IMPORT_TOTAL,
	Q_EXPORT_TOTAL,
};

enum { TARIFFS = 4, ALL_TARIFFS = 0xf };

static bool is_total(int series)
{
	return series == Q_IMPORT_TOTAL || series == Q_EXPORT_TOTAL;
}

static bool shows(const struct judge_point *p, int series, int64_t *value)
{
	if (is_total(series))
		return judge_total(p, (enum quantity)series, value);
	*value = p->value[series];
	return p->have >> series & 1;
}

/* Returns the sum of what a total's tariffs have counted up to this reading. */
static int64_t tariffs_counted(const struct counter_offsets *before,
			       const struct counter_offsets *o, int total)
{
	int64_t sum = 0;

	for (int s = total + 1; s <= total + TARIFFS; s++)
		if (before->known >> s & 1)
			sum += counter_offsets_counter(o, s) -
			       counter_offsets_counter(before, s);
	return sum;
}

/*
 * Returns by how much the offset of a register grows when its meter shows it
 * again.
 */
static int64_t growth(int64_t last, int64_t value, enum run_start *fall)
{
	if (value >= last)
		return 0;
	if (roll_over_between(last, value)) {
		*fall = RUN_ROLLED;
		return roll_over_end(last);
	}
	*fall = RUN_RESET;
	return last - value;
}

/* Did the reading before show all the tariffs whose sum this one shows? */
static bool shows_tariffs_on(const struct counter_offsets *before,
			     const struct judge_point *p, int total)
{
	unsigned tariffs = p->have >> (total + 1) & ALL_TARIFFS;

	return (before->shows >> (total + 1) & tariffs) == tariffs;
}

/*
 * Returns by how much the offset of a total grows. A sum counts what the
 * tariffs count, which may differ from what the register shows.
 */
static int64_t growth_of_total(const struct counter_offsets *before,
			       const struct counter_offsets *o, int total,
			       const struct judge_point *p, int64_t value,
			       enum run_start *fall)
{
	int64_t last = before->value[total], on;
	bool summed = !(p->have >> total & 1);
	bool was_summed = before->summed >> total & 1;

	if (!summed && !was_summed)
		return growth(last, value, fall);
	if (summed && (was_summed || shows_tariffs_on(before, p, total)))
		return last + tariffs_counted(before, o, total) - value;
	/* The register continues from where it was. */
	on = !summed && before->own >> total & 1
		     ? before->own_offset[total] - before->offset[total]
		     : 0;
	/* A sum lacks the digits that were cut off the tariffs. */
	return value + on < last ? last - value : on;
}

static void add_series(const struct counter_offsets *before,
		       struct counter_offsets *o, int64_t meter,
		       const struct judge_point *p, int series,
		       enum run_start *fall)
{
	bool summed = is_total(series) && !(p->have >> series & 1);
	bool came = before->meter != meter || before->owner[series] != meter;
	unsigned bit = 1u << series;
	int64_t value;

	if (!shows(p, series, &value))
		return;
	if (!(before->known & bit))
		o->offset[series] = 0;
	else if (came)
		o->offset[series] =
			counter_offsets_counter(before, series) - value;
	else if (is_total(series))
		o->offset[series] +=
			growth_of_total(before, o, series, p, value, fall);
	else
		o->offset[series] += growth(before->value[series], value, fall);
	o->known |= bit;
	o->summed = summed ? o->summed | bit : o->summed & ~bit;
	if (came)
		o->own &= ~bit;
	if (!summed) {
		o->own |= bit;
		o->own_offset[series] = o->offset[series];
	}
	o->value[series] = value;
	o->owner[series] = meter;
}

bool counter_offsets_resume(struct counter_offsets *o, int64_t meter,
			    const struct judge_point *p, unsigned known,
			    const int64_t *offset, bool alone)
{
	*o = (struct counter_offsets){ .meter = meter,
				       .shows = p->have,
				       .known = known };
	for (int s = 0; s < JUDGE_REGISTERS; s++) {
		const unsigned bit = 1u << s;

		if ((known & bit) == 0)
			continue;
		if (!shows(p, s, &o->value[s]))
			return false;
		o->offset[s] = offset[s];
		o->owner[s] = meter;
		if ((p->have & bit) != 0) {
			o->own |= bit;
			o->own_offset[s] = offset[s];
		} else {
			o->summed |= bit;
		}
	}
	return alone || o->summed == 0;
}

enum run_start counter_offsets_add(struct counter_offsets *o, int64_t meter,
				   const struct judge_point *p)
{
	const struct counter_offsets before = *o;
	enum run_start fall = RUN_GOES_ON;

	for (int i = 0; i < JUDGE_REGISTERS; i++)
		add_series(&before, o, meter, p, order[i], &fall);
	o->meter = meter;
	o->shows = p->have;
	if (before.known == 0)
		return RUN_FIRST;
	if (before.meter != meter)
		return RUN_METER;
	if (fall != RUN_GOES_ON)
		return fall;
	return before.shows == p->have ? RUN_GOES_ON : RUN_FORM;
}
