/*
 * Status messages to systemd: datagrams to the socket that it names, as
 * sd_notify(3) describes. Do nothing without systemd.
 */
#ifndef LOGGER_SYSTEMD_NOTIFY_H
#define LOGGER_SYSTEMD_NOTIFY_H

#include <stdint.h>

/*
 * sd_notify(3): READY=1 when reading starts, RELOADING=1 on SIGHUP, STOPPING=1
 * at the end, WATCHDOG=1 every systemd_notify_period_ms.
 */
void systemd_notify_ready(void);
void systemd_notify_reloading(void);
void systemd_notify_stopping(void);
void systemd_notify_alive(void);

/* STATUS=: one line that `systemctl status` shows, truncated to 500 bytes. */
void systemd_notify_status(const char *line);

/* A long task starts or continues: extend systemd's timeout by ten minutes. */
void systemd_notify_busy(void);

/*
 * Interval in ms for calling systemd_notify_alive, from sd_watchdog_enabled(3),
 * or 0 if there is no watchdog.
 */
int64_t systemd_notify_period_ms(void);

#endif
