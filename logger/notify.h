/*
 * What systemd wants to know of a service (sd_notify). Without systemd, or built
 * without libsystemd, nothing happens.
 */
#ifndef LOGGER_NOTIFY_H
#define LOGGER_NOTIFY_H

#include <stdint.h>

void notify_ready(void);
void notify_reloading(void);
void notify_stopping(void);
void notify_alive(void);

/* How often, in ms, notify_alive must be called; 0: no watchdog is set. */
int64_t notify_period_ms(void);

#endif
