#include "tariffs/price_settings.h"

#include <string.h>

/* ISO 4217: browsers format no others. */
static int check_currency(const char *code, struct err *e)
{
	enum { LETTERS = 3 };

	if (strlen(code) == LETTERS &&
	    strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == LETTERS)
		return 0;
	return err_set(e, ERR_CONFIG,
		       "[prices] currency: '%s' is not a currency code of "
		       "three capital letters, such as EUR",
		       code);
}

/* The settings' texts, in the order of enum price. */
int price_settings_read(struct amounts *prices, const struct all_settings *s,
			struct err *e)
{
	const char *const texts[PRICE_COUNT] = {
		s->prices.import,     s->prices.import_t1, s->prices.import_t2,
		s->prices.import_t3,  s->prices.import_t4, s->prices.export,
		s->prices.export_t1,  s->prices.export_t2, s->prices.export_t3,
		s->prices.export_t4,  s->prices.gas,	   s->prices.water,
		s->prices.warm_water, s->prices.heat,	   s->prices.cold,
		s->prices.fixed,
	};

	for (int i = 0; i < PRICE_COUNT; i++)
		if (price_read(prices, (enum price)i, texts[i], e) < 0)
			return err_section(e, "prices");
	return check_currency(s->prices.currency, e);
}
