#include "base/settings.h"

#include "base/conf.h"
#include "base/span.h"

#define AT(field) \
	offsetof(struct settings, field), sizeof(((struct settings *)0)->field)

static const struct conf_key keys[] = {
	{ "meter:port", CONF_TEXT, AT(port), 0, 0, NULL, "",
	  "Where the meter is: a device (/dev/serial/by-id/...), tcp://host:port,\n"
	  "a file, or - for standard input. Empty: the first USB port that speaks." },
	{ "storage:database", CONF_TEXT, AT(database), 0, 0, NULL,
	  "/var/lib/p1logger/p1logger.db",
	  "The SQLite file that keeps everything." },
	{ "storage:rrd", CONF_TEXT, AT(rrd), 0, 0, NULL,
	  "/var/lib/p1logger/rrd",
	  "Folder of the RRD files. Empty: keep none." },
	{ "storage:interval", CONF_INT, AT(interval), 1, 3600, NULL, "10",
	  "Seconds between two kept readings (1 to 3600)." },
	{ "storage:commit", CONF_INT, AT(commit), 1, 3600, NULL, "300",
	  "Seconds between two writes of the service to the disk (1 to 3600).\n"
	  "A power cut may cost this much detail, and never a Wh of a total." },
	{ "storage:timezone", CONF_TEXT, AT(timezone), 0, 0, NULL, "",
	  "Zone of local days, such as Europe/Amsterdam. Empty: the machine's." },
	{ "graphs:folder", CONF_TEXT, AT(graphs_folder), 0, 0, NULL,
	  "/var/lib/p1logger/graphs",
	  "Folder of the pictures that p1graph draws." },
	{ "log:target", CONF_CHOICE, AT(log_target), 0, 0, "stderr syslog",
	  "stderr", "Where log lines go: stderr or syslog." },
};

int settings_load(struct settings *s, const char *path, struct err *e)
{
	int rc;

	conf_preset(keys, COUNT(keys), s);
	rc = conf_load(keys, COUNT(keys), path ? path : SETTINGS_FILE, s, e);
	return rc == ERR_ABSENT && path == NULL ? 0 : rc;
}

void settings_print(FILE *out, const struct settings *s, int shipped)
{
	conf_print(out, keys, COUNT(keys), s, shipped);
}
