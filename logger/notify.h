/*
 * Status messages to systemd (sd_notify). Do nothing without systemd or without
 * libsystemd.
 */
#ifndef LOGGER_NOTIFY_H
#define LOGGER_NOTIFY_H

#include <stdint.h>

/*
 * sd_notify(3): READY=1 when reading starts, RELOADING=1 on SIGHUP, STOPPING=1
 * at the end, WATCHDOG=1 every notify_period_ms.
 */
void notify_ready(void);
void notify_reloading(void);
void notify_stopping(void);
void notify_alive(void);

/* A long task starts or continues: extend systemd's timeout by ten minutes. */
void notify_busy(void);

/* Interval in ms for calling notify_alive; 0: no watchdog. */
int64_t notify_period_ms(void);

#endif
