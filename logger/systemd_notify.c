#include "logger/systemd_notify.h"

#ifdef HAVE_SYSTEMD
#include <systemd/sd-daemon.h>
#else
#define sd_notify(unset, state) ((void)(state))
#define sd_watchdog_enabled(unset, usec) ((void)(usec), 0)
#endif

void systemd_notify_ready(void)
{
	sd_notify(0, "READY=1");
}

void systemd_notify_reloading(void)
{
	sd_notify(0, "RELOADING=1");
}

void systemd_notify_stopping(void)
{
	sd_notify(0, "STOPPING=1");
}

void systemd_notify_alive(void)
{
	sd_notify(0, "WATCHDOG=1");
}

void systemd_notify_busy(void)
{
	sd_notify(0, "EXTEND_TIMEOUT_USEC=600000000\nWATCHDOG=1");
}

/* Half of systemd's interval, as its manual advises. */
int64_t systemd_notify_period_ms(void)
{
	uint64_t usec = 0;

	if (sd_watchdog_enabled(0, &usec) <= 0)
		return 0;
	return usec < 2000 ? 1 : (int64_t)(usec / 2000);
}
