/*
 * What systemd wants to know of a service (sd_notify). Without systemd, or built
 * without libsystemd, nothing happens.
 */
#ifndef LOGGER_NOTIFY_H
#define LOGGER_NOTIFY_H

#include <stdint.h>

/*
 * sd_notify(3): READY=1 when it reads, RELOADING=1 at SIGHUP, STOPPING=1 at the
 * end, WATCHDOG=1 as often as notify_period_ms says.
 */
void notify_ready(void);
void notify_reloading(void);
void notify_stopping(void);
void notify_alive(void);

/*
 * It starts, or goes on, with work that takes long: systemd waits for ten minutes
 * more.
 */
void notify_busy(void);

/* How often, in ms, notify_alive must be called; 0: no watchdog is set. */
int64_t notify_period_ms(void);

#endif
