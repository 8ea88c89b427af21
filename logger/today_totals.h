/*
 * What the outputs publish of the local day: consumption, costs and the month's
 * peak, from the journal.
 */
#ifndef LOGGER_TODAY_TOTALS_H
#define LOGGER_TODAY_TOTALS_H

#include "base/log.h"
#include "forward/outputs.h"
#include "logger/store_options.h"
#include "tariffs/cost.h"

struct today_options {
	const struct amounts *prices;
	const char *currency; /* "EUR" */
};

/*
 * Hand them to the outputs, if one sends them. A journal that cannot be asked now
 * is asked after the next commit.
 */
void today_totals_send(struct outputs *f, const struct store_options *store,
		       const struct today_options *o, const struct log *log);

#endif
