/*
 * Signals as bytes in a descriptor, to poll() beside the port: no handler runs,
 * so nothing has to be async-signal-safe.
 */
#ifndef LOGGER_SIG_H
#define LOGGER_SIG_H

#include "base/err.h"

/* Catch SIGINT, SIGTERM, SIGHUP and SIGCHLD: the descriptor, or ERR_FAILED. */
int sig_open(struct err *e);

/* The signal waiting, or 0. */
int sig_take(int fd);

/* Close the descriptor and let the signals do what they did before. */
void sig_close(int fd);

#endif
