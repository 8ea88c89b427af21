#include "tariffs/cost.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/fixed.h"

enum {
	DECIMALS = 6,
	PRICE_END = 1000000000, /* 1000, in millionths */
	TARIFFS = 4,
	NANO_DIGITS = 9,
};

/* clang-format off */
const char *const price_names[PRICE_COUNT] = {
	[PRICE_IMPORT] = "import",	 [PRICE_IMPORT_T1] = "import_t1",
	[PRICE_IMPORT_T2] = "import_t2", [PRICE_IMPORT_T3] = "import_t3",
	[PRICE_IMPORT_T4] = "import_t4", [PRICE_EXPORT] = "export",
	[PRICE_EXPORT_T1] = "export_t1", [PRICE_EXPORT_T2] = "export_t2",
	[PRICE_EXPORT_T3] = "export_t3", [PRICE_EXPORT_T4] = "export_t4",
	[PRICE_GAS] = "gas",		 [PRICE_WATER] = "water",
	[PRICE_WARM_WATER] = "warm_water", [PRICE_HEAT] = "heat",
	[PRICE_COLD] = "cold",		 [PRICE_FIXED] = "fixed",
};

const char *const cost_names[COST_COUNT] = {
	[COST_IMPORT] = "import",	  [COST_EXPORT] = "export",
	[COST_GAS] = "gas",		  [COST_WATER] = "water",
	[COST_WARM_WATER] = "warm_water", [COST_HEAT] = "heat",
	[COST_COLD] = "cold",		  [COST_FIXED] = "fixed",
	[COST_TOTAL] = "total",
};
/* clang-format on */

void amounts_set(struct amounts *a, enum price which, int64_t value)
{
	a->known[which] = true;
	a->of[which] = value;
}

void amounts_set_named(struct amounts *a, const char *name, int64_t value)
{
	for (int i = 0; i < PRICE_COUNT; i++)
		if (strcmp(price_names[i], name) == 0)
			amounts_set(a, (enum price)i, value);
}

/* More than six decimals would be lost silently. */
static bool parse(const char *text, int64_t *micro)
{
	const char *digits = text + (*text == '-');
	const char *point = strchr(digits, '.');

	if ((point != NULL && strlen(point + 1) > DECIMALS) ||
	    !fixed_parse(span_of(digits), DECIMALS, micro) ||
	    *micro >= PRICE_END)
		return false;
	*micro = digits == text ? *micro : -*micro;
	return true;
}

int price_read(struct amounts *prices, enum price which, const char *text,
	       struct err *e)
{
	int64_t micro;

	if (*text == '\0')
		return 0;
	if (!parse(text, &micro))
		return err_set(e, ERR_CONFIG,
			       "%s: '%s' is not a price such as "
			       "0.28123, below 1000 and with up to six "
			       "decimals",
			       price_names[which], text);
	amounts_set(prices, which, micro);
	return 0;
}

bool price_any(const struct amounts *prices)
{
	for (int i = 0; i < PRICE_COUNT; i++)
		if (prices->known[i])
			return true;
	return false;
}

/*
 * Add count * price to *sum. Returns false if the price is missing or the sum
 * overflows.
 */
static bool add(int64_t *sum, int64_t count, bool priced, int64_t price)
{
	int64_t part;

	if (!priced)
		return count == 0;
	return !__builtin_mul_overflow(count, price, &part) &&
	       !__builtin_add_overflow(*sum, part, sum);
}

/* Add one counter at the price `which`, or else `other`. */
static bool add_one(int64_t *sum, const struct amounts *prices,
		    const struct amounts *used, int which, int other)
{
	int by = prices->known[which] ? which : other;

	return add(sum, used->of[which], prices->known[by], prices->of[by]);
}

/* Add electricity: `all` is followed by its tariffs. */
static void add_tariffs(struct costs *c, enum cost to, int sign,
			const struct amounts *prices,
			const struct amounts *used, int all)
{
	bool any = false, right = true, priced = prices->known[all];
	int64_t sum = 0;

	for (int t = all + 1; t <= all + TARIFFS; t++) {
		priced = priced || prices->known[t];
		if (!used->known[t])
			continue;
		any = true;
		right = right && add_one(&sum, prices, used, t, all);
	}
	if (!any)
		right = used->known[all] &&
			add_one(&sum, prices, used, all, all);
	c->known[to] = right && priced;
	c->nano[to] = sign * sum;
}

static void add_plain(struct costs *c, enum cost to,
		      const struct amounts *prices, const struct amounts *used,
		      int which)
{
	c->known[to] = used->known[which] && prices->known[which] &&
		       add_one(&c->nano[to], prices, used, which, which);
}

/* Days are whole units, Wh, dm3 and MJ thousandths of one: scale by 1000. */
static void add_fixed(struct costs *c, const struct amounts *prices,
		      const struct amounts *used)
{
	add_plain(c, COST_FIXED, prices, used, PRICE_FIXED);
	c->known[COST_FIXED] =
		c->known[COST_FIXED] &&
		!__builtin_mul_overflow(c->nano[COST_FIXED], INT64_C(1000),
					&c->nano[COST_FIXED]);
}

struct costs cost_of(const struct amounts *prices, const struct amounts *used)
{
	struct costs c = { 0 };
	int64_t *total = &c.nano[COST_TOTAL];
	bool right = true;

	add_tariffs(&c, COST_IMPORT, 1, prices, used, PRICE_IMPORT);
	add_tariffs(&c, COST_EXPORT, -1, prices, used, PRICE_EXPORT);
	for (int i = COST_GAS; i <= COST_COLD; i++)
		add_plain(&c, (enum cost)i, prices, used,
			  PRICE_GAS + i - COST_GAS);
	add_fixed(&c, prices, used);
	for (int i = 0; i < COST_TOTAL; i++) {
		if (!c.known[i])
			continue;
		c.known[COST_TOTAL] = true;
		right = right && add(total, c.nano[i], true, 1);
	}
	c.known[COST_TOTAL] = c.known[COST_TOTAL] && right;
	return c;
}

char *cost_format(char buf[static COST_TEXT], int64_t nano)
{
	const uint64_t one = 1000000000;
	uint64_t n = nano < 0 ? -(uint64_t)nano : (uint64_t)nano;
	int length = snprintf(buf, COST_TEXT, "%s%" PRIu64 ".%09" PRIu64,
			      nano < 0 ? "-" : "", n / one, n % one);

	for (int i = 0; i < NANO_DIGITS - 2 && buf[length - 1] == '0'; i++)
		buf[--length] = '\0';
	return buf;
}
