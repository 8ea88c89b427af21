/* The handlers of /api/v1/peaks and /api/v1/standby. */
#ifndef WEB_PEAKS_JSON_H
#define WEB_PEAKS_JSON_H

#include <stdio.h>

#include "base/err.h"

struct request;
struct handler_data;

/* Write the documents to `out`. They return 0 or a negative code. */
int handle_peaks(struct handler_data *w, const struct request *r, FILE *out,
		 struct err *e);
int handle_standby(struct handler_data *w, const struct request *r, FILE *out,
		   struct err *e);

#endif
