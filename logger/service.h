/*
 * The service: reads on until it is told to stop, and keeps the port heard, the
 * journal written, the RRD files fed and systemd content.
 */
#ifndef LOGGER_SERVICE_H
#define LOGGER_SERVICE_H

#include <stdint.h>

#include "base/err.h"
#include "base/log.h"
#include "forward/forward.h"
#include "logger/requests.h"
#include "logger/store.h"
#include "telegram/reader.h"

struct service_options {
	const char *port;	   /* "" finds it */
	int64_t wait_s;		   /* for the lock */
	struct reader_options how; /* to read telegrams */
	const struct forward_settings *forward;
	struct requests_options requests; /* with socket "": none are taken */
	struct store_options keep;
};

enum service_end {
	SERVICE_STOPPED, /* SIGTERM, SIGINT, or the end of a file */
	SERVICE_RELOAD,	 /* SIGHUP: read the settings and run it again */
};

/*
 * Run until its end: a service_end, everything committed; or a negative code
 * when it cannot begin or its last commit failed. A port that is away is no
 * reason to end.
 */
int service_run(const struct service_options *o, const struct log *log,
		struct err *e);

#endif
