/*
 * The totals of the local day that the outputs publish: consumption, costs and
 * the month's peak, from the journal.
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
 * Pass the totals to the outputs, if one sends them. If the journal cannot be
 * queried now, it is queried after the next commit.
 */
void today_totals_send(struct outputs *f, const struct store_options *store,
		       const struct today_options *o, const struct log *log);

#endif
