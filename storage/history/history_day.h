/*
 * Queries about the day that a chart shows: a usual day, gaps, and the highest
 * power.
 */
#ifndef STORAGE_HISTORY_HISTORY_DAY_H
#define STORAGE_HISTORY_HISTORY_DAY_H

#include "storage/history/gap_list.h"
#include "storage/history/history.h"
#include "storage/history/quarters.h"
#include "storage/history/tariff_order.h"
#include "storage/history/usual_day.h"

/* Like usual_day_find, for the local date that contains `day` (UTC). */
int history_usual_day(struct history *h, int64_t day, int64_t until,
		      struct usual_day *out, struct err *e);

/* Like gap_list, and like gap_list_open where only what is stored counts. */
int history_gaps(struct history *h, enum medium m, int64_t from, int64_t to,
		 int64_t shortest, void (*row)(void *ctx, const struct gap *g),
		 void *ctx, struct err *e);
int history_open_gap(struct history *h, enum medium m, int64_t now,
		     struct gap *g, struct err *e);

/* Like tariff_order_find. */
int history_tariff_order(struct history *h, enum tariff_order *out,
			 struct err *e);

/* Like highest_power_find. */
int history_highest(struct history *h, int64_t from, int64_t to, int64_t *at,
		    int64_t *watt, struct err *e);

/* Like quarters_lowest. */
int history_standby(struct history *h, int64_t from, int64_t to,
		    struct quarter *out, struct err *e);

#endif
