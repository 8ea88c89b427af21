#include "sim/lie.h"

#include <stdlib.h>
#include <string.h>

#include "base/fixed.h"
#include "base/print.h"
#include "base/span.h"
#include "base/utc.h"
#include "sim/line.h"
#include "sim/random.h"
#include "sim/script.h"

enum {
	MILLION = 1000000,
	TEN_MINUTES = 600,
	PLANNED = 64,
	GAS_JUMP = 1800000, /* dm3 */
};

enum stream { STREAM_BEGIN = 5000, STREAM_AMOUNT = 6000 };

/* 2000-01-01T00:00:00Z */
static const int64_t reset_utc = INT64_C(946684800);

/* A lie in progress. */
struct spell {
	int64_t since, until; /* UTC; true again from `until` on */
	uint64_t bits;	      /* its randomness: amount and target */
};

/* Falsify *f. Returns the false column, or NULL if not applicable. */
typedef const char *lying(const struct spell *s, const struct dialect *d,
			  struct display *f);

struct lies {
	uint64_t seed;
	int64_t telegrams;    /* seen so far */
	int64_t *per_million; /* per kind */
	struct spell *spell;  /* per kind */
	struct plan {
		int kind; /* -1: started already */
		int64_t at, lasts;
	} plan[PLANNED];
	int plans;
	struct display shown;
};

static struct display_device *gas_of(struct display *f)
{
	for (int i = 0; i < f->devices; i++)
		if (f->device[i].medium == DISPLAY_GAS &&
		    f->device[i].has_value)
			return &f->device[i];
	return NULL;
}

static void set_gas(struct display_device *gas, int64_t value)
{
	gas->value = value;
	gas->past[gas->utc / HOUR_S % DISPLAY_RING].value = value;
}

static const char *gas_zero(const struct spell *s, const struct dialect *d,
			    struct display *f)
{
	struct display_device *gas = gas_of(f);

	(void)s;
	(void)d;
	if (gas == NULL || gas->value == 0)
		return NULL;
	set_gas(gas, 0);
	return "gas_dm3";
}

static const char *gas_jump(const struct spell *s, const struct dialect *d,
			    struct display *f)
{
	struct display_device *gas = gas_of(f);

	(void)s;
	(void)d;
	if (gas == NULL)
		return NULL;
	set_gas(gas, gas->value + GAS_JUMP);
	return "gas_dm3";
}

/* One of the counters that the dialect prints; NULL if there is none. */
static int64_t *some_counter(const struct spell *s, const struct dialect *d,
			     struct display *f, const char **column)
{
	static const enum display_item counters[] = {
		DISPLAY_IMPORT_T1, DISPLAY_IMPORT_T2, DISPLAY_IMPORT_TOTAL,
		DISPLAY_EXPORT_T1, DISPLAY_EXPORT_T2, DISPLAY_EXPORT_TOTAL,
	};
	enum display_item sent[COUNT(counters)];
	size_t n = 0, i;

	for (i = 0; i < COUNT(counters); i++)
		if (dialect_resolution(d, counters[i], f->phases).step > 0)
			sent[n++] = counters[i];
	if (n == 0)
		return NULL;
	i = (size_t)(s->bits % n);
	*column = display_columns[sent[i]];
	return &f->value[sent[i]];
}

static const char *backwards(const struct spell *s, const struct dialect *d,
			     struct display *f)
{
	enum { LEAST = 1000, MOST = 500000 }; /* Wh */
	const char *column;
	int64_t *v = some_counter(s, d, f, &column), less;

	if (v == NULL || *v < LEAST)
		return NULL;
	less = random_from(s->bits >> 8, LEAST, MOST);
	*v -= less < *v ? less : *v;
	return column;
}

static const char *upwards(const struct spell *s, const struct dialect *d,
			   struct display *f)
{
	enum { LEAST = 500000, MOST = 40000000 }; /* Wh */
	const char *column;
	int64_t *v = some_counter(s, d, f, &column);

	if (v == NULL)
		return NULL;
	*v += random_from(s->bits >> 8, LEAST, MOST);
	return column;
}

static bool tells_time(const struct dialect *d)
{
	for (size_t i = 0; i < d->lines->count; i++)
		if (d->lines->line[i].kind == LINE_TIME)
			return true;
	return false;
}

static const char *year_2000(const struct spell *s, const struct dialect *d,
			     struct display *f)
{
	if (!tells_time(d))
		return NULL;
	f->utc = reset_utc - d->zone.base + f->utc - s->since;
	return "utc";
}

/* Like Irish meters, whose winter time is the exception. */
static const char *wrong_letter(const struct spell *s, const struct dialect *d,
				struct display *f)
{
	(void)s;
	if (!tells_time(d))
		return NULL;
	f->wrong_letter = true;
	return "utc demand_peak_utc gas_utc water_utc heat_utc";
}

/* clang-format off */
static const struct {
	const char *name;
	lying *lying;
	int64_t lasts; /* seconds; 0: one telegram */
	const char *about;
} kinds[] = {
	{ "gaszero", gas_zero, HOUR_S, "the gas meter reads 0.000, for an hour" },
	{ "gasjump", gas_jump, HOUR_S, "the gas meter reads 1800 m3 too high, for an hour" },
	{ "back", backwards, 0, "an electricity counter reads too low, once" },
	{ "jump", upwards, 0, "an electricity counter reads far too high, once" },
	{ "year2000", year_2000, TEN_MINUTES, "the clock restarts in 2000, for ten minutes" },
	{ "letter", wrong_letter, HOUR_S, "times have S in winter, W in summer, for an hour" },
};
/* clang-format on */

struct lies *lies_new(void)
{
	struct lies *l = calloc(1, sizeof(*l));

	if (l == NULL)
		return NULL;
	l->per_million = calloc(COUNT(kinds), sizeof(*l->per_million));
	l->spell = calloc(COUNT(kinds), sizeof(*l->spell));
	if (l->per_million == NULL || l->spell == NULL) {
		lies_free(l);
		return NULL;
	}
	for (size_t i = 0; i < COUNT(kinds); i++)
		l->spell[i].until = INT64_MIN;
	return l;
}

void lies_free(struct lies *l)
{
	if (l == NULL)
		return;
	free(l->per_million);
	free(l->spell);
	free(l);
}

void lies_seed(struct lies *l, uint64_t seed)
{
	l->seed = seed;
}

/* The row of `kinds` for "KIND=..."; -1 if none. */
static int kind_of(const char *text)
{
	struct span name = { text, strcspn(text, "=") };

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (span_eq(name, span_of(kinds[i].name)))
			return (int)i;
	return -1;
}

bool lies_know(const char *text)
{
	return kind_of(text) >= 0;
}

/* Read "STAMP" or "STAMP+DURATION". */
static int plan(struct lies *l, int kind, const char *when, struct err *e)
{
	struct plan p = { .kind = kind, .lasts = kinds[kind].lasts };
	size_t n = strcspn(when, "+");
	char time[64];

	if (l->plans == PLANNED)
		return err_set(e, ERR_USAGE, "more than %d faults at a time",
			       PLANNED);
	snprintf(time, sizeof(time), "%.*s", n < 60 ? (int)n : 60, when);
	if (!script_time(time, &p.at))
		return err_set(
			e, ERR_USAGE,
			"'%s' is neither a probability such as 0.01 nor a time such as "
			"2025-01-31T12:00:00Z",
			time);
	if (when[n] != '\0' &&
	    (!script_duration(when + n + 1, &p.lasts) || p.lasts == 0))
		return err_set(e, ERR_USAGE,
			       "'%s' is not a duration such as 1h",
			       when + n + 1);
	l->plan[l->plans++] = p;
	return 0;
}

int lies_add(struct lies *l, const char *text, struct err *e)
{
	const char *when = text + strcspn(text, "=");
	int kind = kind_of(text);
	int64_t per_million;

	if (kind < 0 || *when == '\0')
		return err_set(
			e, ERR_USAGE,
			"'%s' is not of the form KIND=P, such as back=0.01",
			text);
	if (!fixed_parse(span_of(++when), 6, &per_million))
		return plan(l, kind, when, e);
	if (per_million > MILLION)
		return err_set(e, ERR_USAGE, "'%s': P must be at most 1", text);
	l->per_million[kind] = per_million;
	return 0;
}

static bool told(const struct lies *l, size_t kind, int64_t utc)
{
	return utc < l->spell[kind].until;
}

static void begin(struct lies *l, size_t kind, int64_t since, int64_t until)
{
	l->spell[kind] =
		(struct spell){ since, until,
				random_at(l->seed, STREAM_AMOUNT + kind,
					  (uint64_t)since) };
}

/* Start the lies planned up to `utc`. */
static void begin_planned(struct lies *l, int64_t utc)
{
	for (int i = 0; i < l->plans; i++) {
		struct plan *p = &l->plan[i];

		if (p->kind < 0 || p->at > utc)
			continue;
		begin(l, (size_t)p->kind, utc,
		      p->lasts > 0 ? p->at + p->lasts : utc + 1);
		p->kind = -1;
	}
}

static void begin_by_chance(struct lies *l, int64_t utc)
{
	uint64_t n = (uint64_t)l->telegrams++;

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (l->per_million[i] > 0 && !told(l, i, utc) &&
		    random_from(random_at(l->seed, STREAM_BEGIN + i, n), 1,
				MILLION) <= l->per_million[i])
			begin(l, i, utc,
			      utc + (kinds[i].lasts > 0 ? kinds[i].lasts : 1));
}

/* Add a column, unless an earlier lie has falsified it already. */
static void add_column(struct lie *lie, const char *column)
{
	size_t n = strlen(lie->columns);

	if (strstr(lie->columns, column) == NULL)
		snprintf(lie->columns + n, sizeof(lie->columns) - n, "%s%s",
			 n > 0 ? " " : "", column);
}

const struct display *lies_tell(struct lies *l, const struct dialect *d,
				const struct display *f, struct lie *out)
{
	*out = (struct lie){ 0 };
	begin_planned(l, f->utc);
	begin_by_chance(l, f->utc);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		const char *column;

		if (!told(l, i, f->utc))
			continue;
		if (out->kind == NULL)
			l->shown = *f;
		column = kinds[i].lying(&l->spell[i], d, &l->shown);
		if (column == NULL)
			continue;
		if (out->kind == NULL)
			out->kind = kinds[i].name;
		add_column(out, column);
	}
	return out->kind != NULL ? &l->shown : f;
}

void lies_print(FILE *out)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		print_line(out, "  %-9s %s", kinds[i].name, kinds[i].about);
}
