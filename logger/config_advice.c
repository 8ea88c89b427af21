#include "logger/config_advice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/span.h"
#include "forward/endpoint.h"

enum {
	KETTLE_W = 1000, /* a smaller number was probably in kW */
	DEAR = 3,	 /* a higher price per kWh was probably in cents */
};

#define PLACE(field) offsetof(struct all_settings, field)

static const char *text_at(const struct all_settings *s, size_t place)
{
	const void *text = (const char *)s + place;

	return text;
}

/* Outputs that are off until one of these keys is set. */
static const struct {
	const char *section, *switches, *needs;
} idle_rows[] = {
	{ "udp_json", "target", "[udp_json] target" },
	{ "udp_values", "host", "[udp_values] host" },
	{ "mqtt", "broker", "[mqtt] broker" },
	{ "fleet", "server", "[fleet] server" },
	{ "files", "telegrams json csv", "[files] telegrams, json or csv" },
	{ "prices",
	  "import import_t1 import_t2 import_t3 import_t4 export export_t1 "
	  "export_t2 export_t3 export_t4 gas water warm_water heat cold fixed",
	  "a price" },
};

static void advise_of_idle(const struct all_settings *s, const struct log *log)
{
	for (size_t i = 0; i < COUNT(idle_rows); i++) {
		const char *key = all_settings_idle(s, idle_rows[i].section,
						    idle_rows[i].switches);

		if (key != NULL)
			log_line(log, LOG_LEVEL_WARNING,
				 "[%s] %s has no effect: set %s as well",
				 idle_rows[i].section, key, idle_rows[i].needs);
	}
}

/* Settings that name a file or a folder. */
static const struct {
	const char *key, *text;
	size_t place;
	bool must_exist; /* if it is not the default */
} path_rows[] = {
	{ "meter:key_file", "[meter] key_file", PLACE(key_file), false },
	{ "meter:auth_key_file", "[meter] auth_key_file", PLACE(auth_key_file),
	  false },
	{ "storage:database", "[storage] database", PLACE(database), false },
	{ "storage:rrd", "[storage] rrd", PLACE(rrd), false },
	{ "graphs:folder", "[graphs] folder", PLACE(graphs_folder), true },
	{ "mqtt:password_file", "[mqtt] password_file",
	  PLACE(mqtt.password_file), false },
	{ "mqtt:ca_file", "[mqtt] ca_file", PLACE(mqtt.ca_file), false },
	{ "mqtt:cert_file", "[mqtt] cert_file", PLACE(mqtt.cert_file), false },
	{ "mqtt:key_file", "[mqtt] key_file", PLACE(mqtt.key_file), false },
	{ "backup:folder", "[backup] folder", PLACE(backup.folder), true },
	{ "fleet:password_file", "[fleet] password_file",
	  PLACE(fleet.password_file), false },
	{ "fleet:ca_file", "[fleet] ca_file", PLACE(fleet.ca_file), false },
	{ "fleet:cert_file", "[fleet] cert_file", PLACE(fleet.cert_file),
	  false },
	{ "fleet:key_file", "[fleet] key_file", PLACE(fleet.key_file), false },
	{ "web:token_file", "[web] token_file", PLACE(web.token_file), false },
};

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void advise_of_paths(const struct all_settings *s, const struct log *log)
{
	for (size_t i = 0; i < COUNT(path_rows); i++) {
		const char *path = text_at(s, path_rows[i].place);

		if (*path == '\0' ||
		    !all_settings_is_changed(s, path_rows[i].key))
			continue;
		if (*path != '/')
			log_line(log, LOG_LEVEL_WARNING,
				 "%s: %s is relative to the folder in which a "
				 "program is started: write the full path",
				 path_rows[i].text, path);
		else if (path_rows[i].must_exist && !is_folder(path))
			log_line(log, LOG_LEVEL_WARNING,
				 "%s: the folder %s does not exist: create it",
				 path_rows[i].text, path);
	}
}

/* Cut the last part off a path. Returns false if nothing is left. */
static bool cut_last(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash != NULL)
		*slash = '\0';
	return slash != NULL && slash != path;
}

/*
 * p1logger creates at most one folder: if two are missing, the path is misspelt
 * or a disk is not mounted.
 */
static void advise_of_folder(const struct all_settings *s,
			     const struct log *log, const char *key,
			     const char *path, bool file)
{
	char folder[SETTING_PATH], above[SETTING_PATH];

	snprintf(folder, sizeof(folder), "%s", path);
	if (!all_settings_is_changed(s, key) || *path != '/' ||
	    (file && !cut_last(folder)) || is_folder(folder))
		return;
	memcpy(above, folder, sizeof(above));
	if (cut_last(above) && !is_folder(above))
		log_line(log, LOG_LEVEL_WARNING,
			 "[storage] %s: neither the folder %s nor the one "
			 "above it exists: create it, or correct the name",
			 strchr(key, ':') + 1, folder);
}

static bool is_cents(const char *price)
{
	return atoi(price) >= DEAR;
}

static bool import_is_in_kw(const struct all_settings *s)
{
	return s->limits.import > 0 && s->limits.import < KETTLE_W;
}

static bool export_is_in_kw(const struct all_settings *s)
{
	return s->limits.export > 0 && s->limits.export < KETTLE_W;
}

static bool phases_are_raised(const struct all_settings *s)
{
	return s->phases_interval < s->interval;
}

static bool nothing_to_announce(const struct all_settings *s)
{
	return s->mqtt.homeassistant[0] != '\0' && !s->mqtt.values;
}

static bool nothing_to_send(const struct all_settings *s)
{
	return s->mqtt.broker[0] != '\0' && !s->mqtt.reading &&
	       !s->mqtt.values && s->mqtt.smart_meter[0] == '\0';
}

static bool certificates_without_tls(const struct all_settings *s)
{
	return !s->mqtt.tls &&
	       (s->mqtt.ca_file[0] != '\0' || s->mqtt.cert_file[0] != '\0' ||
		s->mqtt.key_file[0] != '\0');
}

static bool one_tariff_has_no_price(const struct all_settings *s)
{
	return s->prices.import[0] == '\0' &&
	       (s->prices.import_t1[0] == '\0') !=
		       (s->prices.import_t2[0] == '\0');
}

static bool prices_are_in_cents(const struct all_settings *s)
{
	return strcmp(s->prices.currency, "EUR") == 0 &&
	       (is_cents(s->prices.import) || is_cents(s->prices.import_t1) ||
		is_cents(s->prices.import_t2) || is_cents(s->prices.export) ||
		is_cents(s->prices.export_t1) || is_cents(s->prices.export_t2));
}

static bool both_listen_on_a_port(const struct all_settings *s)
{
	struct endpoint tcp, web;
	struct err ignored;
	const char *a = strrchr(s->tcp.listen, ':');
	const char *b = strrchr(s->web.listen, ':');

	return s->tcp.listen[0] != '\0' &&
	       endpoint_parse(s->tcp.listen, &tcp, &ignored) == 0 &&
	       endpoint_parse(s->web.listen, &web, &ignored) == 0 &&
	       strcmp(a, b) == 0;
}

static bool has_no_date(const char *pattern)
{
	return pattern[0] != '\0' && strchr(pattern, '%') == NULL;
}

static bool files_have_no_date(const struct all_settings *s)
{
	return has_no_date(s->files.telegrams) || has_no_date(s->files.json) ||
	       has_no_date(s->files.csv);
}

static bool hosts_are_addresses(const struct all_settings *s)
{
	return strpbrk(s->web.hosts, "/:") != NULL;
}

static const struct {
	bool (*applies)(const struct all_settings *);
	const char *sentence;
} value_rows[] = {
	{ import_is_in_kw, "[limits] import is in W, not kW: with less than "
			   "1000, most readings will be held" },
	{ export_is_in_kw, "[limits] export is in W, not kW: with less than "
			   "1000, most readings will be held" },
	{ phases_are_raised, "[storage] phases_interval is less than interval, "
			     "which is used instead" },
	{ nothing_to_announce, "[mqtt] homeassistant has no effect with values "
			       "= no: set values = yes" },
	{ nothing_to_send, "[mqtt] reading and values are both off, and "
			   "smart_meter is empty: nothing is sent" },
	{ certificates_without_tls, "[mqtt] ca_file, cert_file and key_file "
				    "have no effect: set tls = yes as well" },
	{ one_tariff_has_no_price,
	  "[prices] only one of import_t1 and import_t2 has a price: "
	  "consumption in the other tariff is left out of the costs" },
	{ prices_are_in_cents,
	  "[prices] are in euros: write 25 cents as 0.25" },
	{ both_listen_on_a_port, "[tcp] listen and [web] listen have the same "
				 "port: change one of them" },
	{ hosts_are_addresses, "[web] hosts takes only names: leave out "
			       "http://, port and path" },
	{ files_have_no_date, "[files]: a name without a date is a single file "
			      "that grows without end: add %Y-%m-%d" },
};

/* "ttyUSB0": Linux has it in /dev. */
static void advise_of_port(const struct all_settings *s, const struct log *log)
{
	char device[SETTING_PATH + 8];
	struct stat st;

	if (s->port[0] == '\0' || strchr(s->port, '/') != NULL)
		return;
	snprintf(device, sizeof(device), "/dev/%s", s->port);
	if (strcmp(s->port, "-") != 0 && stat(s->port, &st) < 0)
		log_line(log, LOG_LEVEL_WARNING,
			 "[meter] port: %s is not a full path; did you mean "
			 "%s?",
			 s->port, device);
}

void config_advice(const struct all_settings *s, const struct log *log)
{
	advise_of_port(s, log);
	advise_of_idle(s, log);
	advise_of_paths(s, log);
	advise_of_folder(s, log, "storage:database", s->database, true);
	advise_of_folder(s, log, "storage:rrd", s->rrd, false);
	for (size_t i = 0; i < COUNT(value_rows); i++)
		if (value_rows[i].applies(s))
			log_line(log, LOG_LEVEL_WARNING, "%s",
				 value_rows[i].sentence);
}
