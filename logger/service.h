/*
 * The service: reads until told to stop, recovers the port, writes the journal,
 * updates the RRD files and reports to systemd.
 */
#ifndef LOGGER_SERVICE_H
#define LOGGER_SERVICE_H

#include <stdint.h>

#include "base/err.h"
#include "base/log.h"
#include "forward/outputs.h"
#include "logger/service_requests.h"
#include "logger/store.h"
#include "logger/today_totals.h"
#include "telegram/reader.h"

struct service_options {
	const char *port;	   /* "" searches for it */
	int64_t wait_s;		   /* for the lock */
	struct reader_options how; /* for reading telegrams */
	const struct outputs_settings *forward;
	struct today_options today;
	struct requests_options requests; /* socket "": take none */
	struct store_options store;
};

enum service_end {
	SERVICE_STOPPED, /* SIGTERM, SIGINT, or the end of a file */
	SERVICE_RELOAD,	 /* SIGHUP: read the settings and run again */
};

/*
 * Run to the end. Returns a service_end, with everything committed, or a
 * negative code if it could not start or its last commit failed. A missing port
 * is not a reason to stop.
 */
int service_run(const struct service_options *o, const struct log *log,
		struct err *e);

#endif
