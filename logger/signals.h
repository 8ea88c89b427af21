/*
 * Signals as readable bytes, to poll() together with the port: no handler runs,
 * so nothing needs to be async-signal-safe.
 */
#ifndef LOGGER_SIGNALS_H
#define LOGGER_SIGNALS_H

#include "base/err.h"

/*
 * Catch SIGINT, SIGTERM, SIGHUP and SIGCHLD. Returns a descriptor, or
 * ERR_FAILED.
 */
int signals_open(struct err *e);

/* The next pending signal, or 0. */
int signals_take(int fd);

/* Close the descriptor and restore the signals' previous actions. */
void signals_close(int fd);

#endif
