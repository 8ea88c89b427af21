#include "base/all_settings.h"

#include <string.h>
#include <sys/stat.h>

#include "base/ini_file.h"
#include "base/safe_path.h"
#include "base/span.h"

#define AT(field)                                                              \
	offsetof(struct all_settings, field),                                  \
		sizeof(((struct all_settings *)0)->field)

static const struct ini_key keys[] = {
	{ "meter:port", INI_TEXT, AT(port), 0, 0, NULL, "",
	  "Where the meter is: a device (/dev/serial/by-id/...), tcp://host:port,\n"
	  "a file, or - for standard input. Empty: the first USB port with data." },
	{ "meter:key_file", INI_TEXT, AT(key_file), 0, 0, NULL, "",
	  "File with the key for encrypted telegrams (32 hexadecimal digits);\n"
	  "readable by the service's user only (chmod 600). Empty: none." },
	{ "meter:auth_key_file", INI_TEXT, AT(auth_key_file), 0, 0, NULL, "",
	  "The same for the authentication key. Empty: do not check the tag of a\n"
	  "telegram, only its CRC." },
	{ "meter:utc_offset", INI_TEXT, AT(utc_offset), 0, 0, NULL, "",
	  "Hours by which the meter's winter time is ahead of UTC: 2 in Finland,\n"
	  "0 in Ireland. Empty: detect it." },
	{ "meter:identifier", INI_TEXT, AT(identifier), 0, 0, NULL, "",
	  "Identifier of the house's electricity meter, as sent or as printed on\n"
	  "it, if several meters share the port. Empty: the one read first. The\n"
	  "readings of the others are stored but not included in any total." },
	{ "meter:also", INI_TEXT, AT(also), 0, 0, NULL, "",
	  "Identifiers of other electricity meters on the port whose readings are\n"
	  "added to the house's totals, separated by commas. Empty: none." },
	{ "storage:database", INI_TEXT, AT(database), 0, 0, NULL,
	  "/var/lib/p1logger/p1logger.db",
	  "The SQLite database that stores all readings." },
	{ "storage:rrd", INI_TEXT, AT(rrd), 0, 0, NULL, "/var/lib/p1logger/rrd",
	  "Folder for the RRD files. Empty: write none." },
	{ "storage:rrd_interval", INI_INT, AT(rrd_interval), 0, 86400, NULL,
	  "900",
	  "Seconds between updates of the RRD files by the service (up to 86400;\n"
	  "0: after each commit)." },
	{ "storage:interval", INI_INT, AT(interval), 1, 3600, NULL, "10",
	  "Seconds between stored readings (1 to 3600)." },
	{ "storage:phases_interval", INI_INT, AT(phases_interval), 1, 900, NULL,
	  "300",
	  "Seconds between stored rows of powers, voltages and currents per\n"
	  "phase (1 to 900); never less than interval." },
	{ "storage:commit", INI_INT, AT(commit), 1, 3600, NULL, "300",
	  "Seconds between the service's writes to disk (1 to 3600). A power cut\n"
	  "loses at most this much detail; totals stay exact." },
	{ "storage:timezone", INI_TEXT, AT(timezone), 0, 0, NULL, "",
	  "Time zone of local days, such as Europe/Amsterdam. Empty: the machine's." },
	{ "keep:rows", INI_TEXT, AT(keep.rows), 0, 0, NULL, "1y",
	  "How long each stored reading is kept, such as 90d, 2y or forever. Older\n"
	  "ones are thinned; no total changes." },
	{ "keep:rows_every", INI_CHOICE, AT(keep.rows_every), 0, 0, "5m 1h",
	  "5m",
	  "Which older ones are kept: those around each boundary of 5m or 1h." },
	{ "keep:phases", INI_TEXT, AT(keep.phases), 0, 0, NULL, "2y",
	  "The same for powers, voltages and currents per phase." },
	{ "keep:phases_every", INI_CHOICE, AT(keep.phases_every), 0, 0, "5m 1h",
	  "1h", "Which older ones are kept: the first in each 5m or 1h." },
	{ "keep:quality", INI_TEXT, AT(keep.quality), 0, 0, NULL, "forever",
	  "The same for the counts of power failures, sags and swells." },
	{ "keep:quality_every", INI_CHOICE, AT(keep.quality_every), 0, 0,
	  "5m 1h", "1h",
	  "Which older ones are kept: the last in each 5m or 1h." },
	{ "limits:import", INI_INT, AT(limits.import), 0, 10000000, NULL,
	  "55200",
	  "Maximum power that the house can draw, in W: phases * A * 230. A reading\n"
	  "whose counter rises faster is held (up to 10000000; 0: no limit)." },
	{ "limits:export", INI_INT, AT(limits.export), 0, 10000000, NULL,
	  "55200",
	  "Maximum power that the house can return, in W (up to 10000000; 0: no limit)." },
	{ "limits:gas", INI_INT, AT(limits.gas), 0, 10000, NULL, "10",
	  "m3 of gas per hour (up to 10000; 0: no limit)." },
	{ "limits:water", INI_INT, AT(limits.water), 0, 10000, NULL, "10",
	  "m3 of water per hour (up to 10000; 0: no limit)." },
	{ "limits:heat", INI_INT, AT(limits.heat), 0, 100000, NULL, "200",
	  "kW of heat or cooling (up to 100000; 0: no limit)." },
	{ "graphs:folder", INI_TEXT, AT(graphs_folder), 0, 0, NULL,
	  "/var/lib/p1logger/graphs",
	  "Folder for the charts that p1graph draws." },
	{ "graphs:language", INI_CHOICE, AT(graphs_language), 0, 0, "en nl",
	  "en",
	  "Language of the charts and of p1report: en (English) or nl (Dutch)." },
	{ "log:target", INI_CHOICE, AT(log_target), 0, 0, "stderr syslog",
	  "stderr", "Where log lines go: stderr or syslog." },
	{ "log:extra", INI_TEXT, AT(extra), 0, 0, NULL, "",
	  "OBIS references to store although no table has a column for them, such as\n"
	  "1-0:14.7.0, 1-0:13.7.0. p1logger --discover lists them." },

	{ "udp_json:target", INI_TEXT, AT(udp_json.target), 0, 0, NULL, "",
	  "Send each reading as a line of JSON in a UDP datagram to this address:port\n"
	  "(a machine, a broadcast address or a multicast group). Empty: off." },
	{ "udp_json:interface", INI_TEXT, AT(udp_json.interface), 0, 0, NULL,
	  "",
	  "Interface for multicast, such as eth0. Empty: the routing table decides." },
	{ "udp_json:ttl", INI_INT, AT(udp_json.ttl), 0, 255, NULL, "1",
	  "Time to live of multicast datagrams; 1: this network only (0 to 255)." },

	{ "udp_lines:target", INI_TEXT, AT(udp_lines.target), 0, 0, NULL, "",
	  "Send each line of the telegram as a UDP datagram to this address:port, such\n"
	  "as 127.0.0.1:5005 (like Python Smart Meter). Empty: off." },

	{ "udp_values:host", INI_TEXT, AT(udp_values.host), 0, 0, NULL, "",
	  "Send bare numbers as UDP datagrams to this address, each register to its\n"
	  "own port (like p1_listener). Empty: off." },
	{ "udp_values:timer", INI_INT, AT(udp_values.timer), 1, 86400, NULL,
	  "300",
	  "Seconds after which the electricity counters are sent again (1 to 86400)." },
	{ "udp_values:*", INI_PAIRS, AT(udp_values.ports), 1, 65535, NULL,
	  "1-0:1.8.1=7111 1-0:1.8.2=7112 1-0:2.8.1=7113 1-0:2.8.2=7114 "
	  "0-0:96.14.0=7115 1-0:1.7.0=7116 1-0:2.7.0=7117 1-0:21.7.0=7118 "
	  "1-0:41.7.0=7119 1-0:61.7.0=7120 1-0:22.7.0=7121 1-0:42.7.0=7122 "
	  "1-0:62.7.0=7123 0-1:24.2.1=7124",
	  "Register = port. If you list any, only those are sent." },

	{ "mqtt:broker", INI_TEXT, AT(mqtt.broker), 0, 0, NULL, "",
	  "MQTT broker, host or host:port. Empty: off." },
	{ "mqtt:topic", INI_TEXT, AT(mqtt.topic), 0, 0, NULL, "p1logger",
	  "Prefix of all topics." },
	{ "mqtt:client_id", INI_TEXT, AT(mqtt.client_id), 0, 0, NULL, "",
	  "Client name. Empty: p1logger- and the machine's name." },
	{ "mqtt:user", INI_TEXT, AT(mqtt.user), 0, 0, NULL, "",
	  "User name. Empty: none." },
	{ "mqtt:password_file", INI_TEXT, AT(mqtt.password_file), 0, 0, NULL,
	  "", "File whose first line is the password." },
	{ "mqtt:tls", INI_BOOL, AT(mqtt.tls), 0, 0, NULL, "no",
	  "Encrypt, and verify the broker's certificate (yes, no)." },
	{ "mqtt:ca_file", INI_TEXT, AT(mqtt.ca_file), 0, 0, NULL, "",
	  "CA certificate that verifies the broker's. Empty: the system's." },
	{ "mqtt:cert_file", INI_TEXT, AT(mqtt.cert_file), 0, 0, NULL, "",
	  "Client certificate, if the broker requires one." },
	{ "mqtt:key_file", INI_TEXT, AT(mqtt.key_file), 0, 0, NULL, "",
	  "Key of that certificate." },
	{ "mqtt:qos", INI_INT, AT(mqtt.qos), 0, 2, NULL, "0",
	  "Quality of service: 0 at most once, 1 at least once, 2 exactly once." },
	{ "mqtt:interval", INI_INT, AT(mqtt.interval), 0, 86400, NULL, "0",
	  "Seconds between readings sent (up to 86400; 0: every telegram)." },
	{ "mqtt:refresh", INI_INT, AT(mqtt.refresh), 0, 3600, NULL, "300",
	  "Send a value when it changes, and again after this many seconds (up to\n"
	  "3600; 0: each value with each reading)." },
	{ "mqtt:expire", INI_INT, AT(mqtt.expire), 0, 86400, NULL, "900",
	  "Seconds after which Home Assistant shows a value that was not sent again\n"
	  "as unavailable; longer than the time between two runs of --once (up to\n"
	  "86400; 0: never)." },
	{ "mqtt:reading", INI_BOOL, AT(mqtt.reading), 0, 0, NULL, "yes",
	  "Send each reading as JSON on topic/reading (yes, no)." },
	{ "mqtt:values", INI_BOOL, AT(mqtt.values), 0, 0, NULL, "yes",
	  "Send each value on a topic of its own, retained (yes, no)." },
	{ "mqtt:homeassistant", INI_TEXT, AT(mqtt.homeassistant), 0, 0, NULL,
	  "",
	  "Announce the values to Home Assistant on topics with this prefix, usually\n"
	  "homeassistant. Empty: off." },
	{ "mqtt:smart_meter", INI_TEXT, AT(mqtt.smart_meter), 0, 0, NULL, "",
	  "Topic for the document of Smart Meter Service, usually smart-meter.\n"
	  "Empty: off." },

	{ "tcp:listen", INI_TEXT, AT(tcp.listen), 0, 0, NULL, "",
	  "Send the telegrams to every TCP client of this address:port, such as\n"
	  "127.0.0.1:2001. Empty: off." },

	{ "files:telegrams", INI_TEXT, AT(files.telegrams), 0, 0, NULL, "",
	  "Write the raw telegrams to files; the name is a strftime(3) format, such as\n"
	  "/var/lib/p1logger/telegrams/%Y-%m-%d.txt. Empty: off." },
	{ "files:json", INI_TEXT, AT(files.json), 0, 0, NULL, "",
	  "The same for readings as lines of JSON. Empty: off." },
	{ "files:csv", INI_TEXT, AT(files.csv), 0, 0, NULL, "",
	  "The same for readings as comma-separated values. Empty: off." },
	{ "files:interval", INI_INT, AT(files.interval), 0, 86400, NULL, "0",
	  "Seconds between readings in files (up to 86400; 0: every telegram)." },
	{ "files:gzip", INI_BOOL, AT(files.gzip), 0, 0, NULL, "yes",
	  "Compress a file once the next one is started (yes, no)." },
	{ "files:limit", INI_INT, AT(files.limit), 0, 1000000, NULL, "1000",
	  "Megabytes that the files of each of the three kinds may use before the\n"
	  "oldest are deleted (up to 1000000; 0: no limit)." },

	{ "feed:socket", INI_TEXT, AT(feed.socket), 0, 0, NULL, "",
	  "Socket on which p1web receives each reading. Empty:\n"
	  "p1logger.db.feed beside the database. off: none." },
	{ "feed:folder", INI_TEXT, AT(feed.folder), 0, 0, NULL,
	  "/run/p1logger-web",
	  "Folder for that socket if p1web may not write beside the database." },

	{ "backup:folder", INI_TEXT, AT(backup.folder), 0, 0, NULL,
	  "/var/lib/p1logger/backups",
	  "Folder for backups requested from p1web. Empty: refuse them." },
	{ "backup:keep", INI_INT, AT(backup.keep), 1, 3650, NULL, "7",
	  "Keep one backup for each of this many days (1 to 3650)." },
	{ "backup:socket", INI_TEXT, AT(backup.socket), 0, 0, NULL, "",
	  "Socket on which the service accepts these requests. Empty:\n"
	  "p1logger.db.requests beside the database. off: none." },

	{ "fleet:server", INI_TEXT, AT(fleet.server), 0, 0, NULL, "",
	  "PostgreSQL server that gets a copy of the counters, such as\n"
	  "host=fleet.example.org dbname=fleet. Empty: none." },
	{ "fleet:home", INI_TEXT, AT(fleet.home), 0, 0, NULL, "",
	  "Role that p1pg logs in as there; p1pg --add-home prints it." },
	{ "fleet:password_file", INI_TEXT, AT(fleet.password_file), 0, 0, NULL,
	  "", "File whose first line is the password. Empty: none." },
	{ "fleet:ca_file", INI_TEXT, AT(fleet.ca_file), 0, 0, NULL, "",
	  "CA certificate that verifies the server's. Empty: the system's." },
	{ "fleet:cert_file", INI_TEXT, AT(fleet.cert_file), 0, 0, NULL, "",
	  "Client certificate, if the server requires one." },
	{ "fleet:key_file", INI_TEXT, AT(fleet.key_file), 0, 0, NULL, "",
	  "Key of that certificate." },
	{ "fleet:interval", INI_INT, AT(fleet.interval), 60, 3600, NULL, "300",
	  "Seconds between the counters sent; must divide an hour (60 to 3600)." },
	{ "fleet:detail", INI_CHOICE, AT(fleet.detail), 0, 0, "none rows",
	  "none", "Also send each stored reading (none, rows)." },

	{ "prices:currency", INI_TEXT, AT(prices.currency), 0, 0, NULL, "EUR",
	  "Currency of the prices. Consumption without a price below is left out\n"
	  "of the costs." },
	{ "prices:import", INI_DECIMAL, AT(prices.import), 0, 999, NULL, "",
	  "Price of 1 kWh from the grid, unless its tariff has one below, such as\n"
	  "0.28123." },
	{ "prices:import_t1", INI_DECIMAL, AT(prices.import_t1), 0, 999, NULL,
	  "", "Price of 1 kWh in tariff 1 (the low one in the Netherlands)." },
	{ "prices:import_t2", INI_DECIMAL, AT(prices.import_t2), 0, 999, NULL,
	  "", "Price in tariff 2." },
	{ "prices:import_t3", INI_DECIMAL, AT(prices.import_t3), 0, 999, NULL,
	  "", "Price in tariff 3." },
	{ "prices:import_t4", INI_DECIMAL, AT(prices.import_t4), 0, 999, NULL,
	  "", "Price in tariff 4." },
	{ "prices:export", INI_DECIMAL, AT(prices.export), 0, 999, NULL, "",
	  "Price paid to you for 1 kWh, unless its tariff has one below." },
	{ "prices:export_t1", INI_DECIMAL, AT(prices.export_t1), 0, 999, NULL,
	  "", "Price in tariff 1." },
	{ "prices:export_t2", INI_DECIMAL, AT(prices.export_t2), 0, 999, NULL,
	  "", "Price in tariff 2." },
	{ "prices:export_t3", INI_DECIMAL, AT(prices.export_t3), 0, 999, NULL,
	  "", "Price in tariff 3." },
	{ "prices:export_t4", INI_DECIMAL, AT(prices.export_t4), 0, 999, NULL,
	  "", "Price in tariff 4." },
	{ "prices:gas", INI_DECIMAL, AT(prices.gas), 0, 999, NULL, "",
	  "Price of 1 m3 of gas." },
	{ "prices:water", INI_DECIMAL, AT(prices.water), 0, 999, NULL, "",
	  "Price of 1 m3 of water." },
	{ "prices:warm_water", INI_DECIMAL, AT(prices.warm_water), 0, 999, NULL,
	  "", "Price of 1 m3 of warm water." },
	{ "prices:heat", INI_DECIMAL, AT(prices.heat), 0, 999, NULL, "",
	  "Price of 1 GJ of heat." },
	{ "prices:cold", INI_DECIMAL, AT(prices.cold), 0, 999, NULL, "",
	  "Price of 1 GJ of cooling." },
	{ "prices:fixed", INI_DECIMAL, AT(prices.fixed), 0, 999, NULL, "",
	  "Fixed price per day; may be negative." },

	{ "web:listen", INI_TEXT, AT(web.listen), 0, 0, NULL, "127.0.0.1:5002",
	  "Address:port on which p1web listens; 0.0.0.0:5002 for the whole network." },
	{ "web:hosts", INI_TEXT, AT(web.hosts), 0, 0, NULL, "",
	  "Host names that browsers may use besides addresses, localhost and the\n"
	  "machine's own name; needed behind a proxy." },
	{ "web:frame", INI_TEXT, AT(web.frame), 0, 0, NULL, "",
	  "Origin whose pages may show p1web's page in a frame, such as\n"
	  "http://homeassistant.local:8123. Empty: none." },
	{ "web:token_file", INI_TEXT, AT(web.token_file), 0, 0, NULL, "",
	  "File whose first line is the bearer token. Empty: none." },
	{ "web:token_for_reading", INI_BOOL, AT(web.token_for_reading), 0, 0,
	  NULL, "no", "Also require the token for reading (yes, no)." },
	{ "web:clients", INI_INT, AT(web.clients), 1, 10000, NULL, "256",
	  "Maximum number of connections (1 to 10000)." },
	{ "web:rate", INI_INT, AT(web.rate), 0, 100000, NULL, "100",
	  "Requests per second from one address (up to 100000; 0: no limit)." },
	{ "web:work", INI_INT, AT(web.work), 0, 100, NULL, "25",
	  "Percentage of each minute that p1web may spend on queries and charts of one\n"
	  "address (up to 100; 0: no limit)." },
};

/*
 * A link and its target are the same database with one lock, one feed and so
 * on: all programs use the target's path.
 */
static int resolve_database(struct all_settings *s, struct err *e)
{
	char given[SETTING_PATH];
	struct safe_path p;
	struct stat st;
	int rc;

	if (lstat(s->database, &st) < 0 || !S_ISLNK(st.st_mode))
		return 0;
	memcpy(given, s->database, sizeof(given));
	rc = safe_path_find(&p, given, true);
	if (rc == 0)
		rc = safe_path_text(&p, s->database, sizeof(s->database));
	safe_path_close(&p);
	return rc == 0 ? 0
		       : err_errno(e, ERR_CONFIG, "[storage] database %s",
				   given);
}

int all_settings_load(struct all_settings *s, const char *path, struct err *e)
{
	int rc;

	ini_file_preset(keys, COUNT(keys), s);
	rc = ini_file_load(keys, COUNT(keys), path ? path : SETTINGS_FILE, s,
			   e);
	if (rc == 0 || (rc == ERR_ABSENT && path == NULL))
		return resolve_database(s, e);
	if (rc != ERR_ABSENT)
		return rc;
	return err_set(e, ERR_CONFIG, "the settings file %s does not exist",
		       path);
}

char *all_settings_socket(char path[static SETTING_SOCKET],
			  const struct all_settings *s, const char *given,
			  const char *suffix)
{
	int n = *given != '\0' ? snprintf(path, SETTING_SOCKET, "%s", given)
			       : snprintf(path, SETTING_SOCKET, "%s%s",
					  s->database, suffix);

	if (n >= SETTING_SOCKET || strcmp(given, "off") == 0)
		path[0] = '\0';
	return path;
}

char *all_settings_elsewhere(char path[static SETTING_SOCKET],
			     const struct all_settings *s)
{
	int n = snprintf(path, SETTING_SOCKET, "%s/", s->feed.folder);
	int more = n < SETTING_SOCKET
			   ? snprintf(path + n, (size_t)(SETTING_SOCKET - n),
				      "%s.feed", s->database)
			   : 0;

	if (n + more >= SETTING_SOCKET || s->feed.folder[0] == '\0' ||
	    s->feed.socket[0] != '\0') {
		path[0] = '\0';
		return path;
	}
	for (char *at = path + n; (at = strchr(at, '/')) != NULL;)
		*at = '-';
	return path;
}

void all_settings_print(FILE *out, const struct all_settings *s, int shipped)
{
	ini_file_print(out, keys, COUNT(keys), s, shipped);
}

void all_settings_print_changes(FILE *out, const struct all_settings *s)
{
	ini_file_print_changes(out, keys, COUNT(keys), s);
}

bool all_settings_is_changed(const struct all_settings *s, const char *key)
{
	return ini_file_is_changed(keys, COUNT(keys), s, key);
}

const char *all_settings_idle(const struct all_settings *s, const char *section,
			      const char *switches)
{
	return ini_file_idle(keys, COUNT(keys), s, section, switches);
}
