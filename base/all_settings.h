/*
 * The settings of all programs: one file, one table, one struct. Only main.c
 * files and those that read the command line and the settings for them (such as
 * logger/options.c) include this; the rooms take what they need as parameters.
 */
#ifndef BASE_ALL_SETTINGS_H
#define BASE_ALL_SETTINGS_H

#include <stdbool.h>
#include <stdio.h>

#include "base/err.h"
#include "base/ini_file.h"

#define SETTINGS_FILE "/etc/p1logger.ini"

enum {
	SETTING_PATH = 512,   /* bytes of a path, NUL included */
	SETTING_NAME = 128,   /* length of an address, topic or user */
	SETTING_PRICE = 16,   /* length of a price */
	SETTING_METER = 128,  /* length of an identifier */
	SETTING_SOCKET = 108, /* size of sun_path */
};

struct all_settings {
	/* [meter] */
	char port[SETTING_PATH];	  /* "" searches for it */
	char key_file[SETTING_PATH];	  /* "": no encrypted telegrams */
	char auth_key_file[SETTING_PATH]; /* "": the tag is not checked */
	char utc_offset[16];		  /* hours; "" detects it */
	char identifier[SETTING_METER];	  /* house's meter; "": the oldest */
	char also[SETTING_PATH];	  /* meters added to it; "" if none */
	/* [storage] */
	char database[SETTING_PATH];
	char rrd[SETTING_PATH]; /* folder; "" writes no RRD files */
	long rrd_interval;	/* seconds between the service's updates */
	long interval;		/* seconds between stored rows */
	long phases_interval;	/* seconds between stored rows of the phases */
	long commit;		/* seconds between commits of the service */
	char timezone[64];	/* "" is the machine's */
	/* [keep]: "90d", "2y" or "forever"; then every 0: 5 min, 1: 1 h */
	struct {
		char rows[16], phases[16], quality[16];
		int rows_every, phases_every, quality_every;
	} keep;
	/* [limits]: the capacity of the connection; 0: no limit */
	struct {
		long import, export; /* W */
		long gas, water;     /* m3 an hour */
		long heat;	     /* kW */
	} limits;
	/* [graphs] */
	char graphs_folder[SETTING_PATH];
	int graphs_language; /* 0 en, 1 nl */
	/* [log] */
	int log_target;		  /* 0 stderr, 1 syslog */
	char extra[SETTING_PATH]; /* OBIS references stored as series */
	/*
	 * The fields below are about forwarding (docs/forward.md); "" is off.
	 */
	struct {
		char target[SETTING_NAME]; /* address:port */
		char interface[32];	   /* for multicast */
		long ttl;
	} udp_json;
	struct {
		char target[SETTING_NAME];
	} udp_lines;
	struct {
		char host[SETTING_NAME];
		long timer;		/* seconds */
		struct ini_pairs ports; /* register = port */
	} udp_values;
	struct {
		char broker[2 * SETTING_NAME]; /* host or host:port */
		char topic[SETTING_NAME];
		char client_id[SETTING_NAME];
		char user[SETTING_NAME];
		char password_file[SETTING_PATH];
		bool tls;
		char ca_file[SETTING_PATH];
		char cert_file[SETTING_PATH], key_file[SETTING_PATH];
		long qos, interval, refresh, expire; /* seconds */
		bool reading, values;
		char homeassistant[SETTING_NAME]; /* prefix of discovery */
		char smart_meter[SETTING_NAME];	  /* topic */
	} mqtt;
	struct {
		char listen[SETTING_NAME];
	} tcp;
	struct {
		char telegrams[SETTING_PATH]; /* strftime names */
		char json[SETTING_PATH];
		char csv[SETTING_PATH];
		long interval; /* seconds */
		bool gzip;
		long limit; /* MB */
	} files;
	struct {
		char socket[SETTING_SOCKET]; /* see all_settings_socket */
		char folder[SETTING_PATH];   /* see all_settings_elsewhere */
	} feed;
	struct {
		char folder[SETTING_PATH]; /* "": p1web may not request any */
		long keep;		   /* days */
		char socket[SETTING_SOCKET];
	} backup;
	struct {
		char currency[8];
		/* Per kWh, m3, GJ, day; "" is unknown. */
		char import[SETTING_PRICE];
		char import_t1[SETTING_PRICE], import_t2[SETTING_PRICE];
		char import_t3[SETTING_PRICE], import_t4[SETTING_PRICE];
		char export[SETTING_PRICE];
		char export_t1[SETTING_PRICE], export_t2[SETTING_PRICE];
		char export_t3[SETTING_PRICE], export_t4[SETTING_PRICE];
		char gas[SETTING_PRICE], water[SETTING_PRICE];
		char warm_water[SETTING_PRICE];
		char heat[SETTING_PRICE], cold[SETTING_PRICE];
		char fixed[SETTING_PRICE];
	} prices;
	/* [fleet]: a PostgreSQL server; "" is off */
	struct {
		char server[SETTING_PATH]; /* libpq's connection string */
		char home[64];		   /* role to log in as */
		char password_file[SETTING_PATH];
		char ca_file[SETTING_PATH];
		char cert_file[SETTING_PATH], key_file[SETTING_PATH];
		long interval; /* seconds; divides an hour */
		int detail;    /* 0 none, 1 rows */
	} fleet;
	struct {
		char listen[SETTING_NAME]; /* address:port */
		char hosts[SETTING_PATH];  /* names separated by spaces */
		char frame[SETTING_NAME];  /* origin; "" if none */
		char token_file[SETTING_PATH];
		bool token_for_reading;
		long clients;
		long rate; /* requests per second per address; 0: no limit */
		long work; /* percent of a minute per address; 0: no limit */
	} web;
};

/*
 * Set the defaults, then read `path`, or SETTINGS_FILE if path is NULL. Only
 * the latter may be missing. If `database` is a link, it is replaced by the
 * target's path. Returns the errors of ini_file_load, but ERR_CONFIG instead of
 * ERR_ABSENT, and also for a dangling link.
 */
int all_settings_load(struct all_settings *s, const char *path, struct err *e);

/*
 * Path of a socket shared by the programs that use one database: `given` from
 * the settings, else the database's path plus `suffix`. "" if it is "off" or
 * too long.
 */
char *all_settings_socket(char path[static SETTING_SOCKET],
			  const struct all_settings *s, const char *given,
			  const char *suffix);

/*
 * Where p1web creates the feed's socket if it may not write beside the
 * database: in the settings' `folder`, named after the database's path with '-'
 * for '/', so that the programs that use one database still find each other. ""
 * if the socket is given or "off", the folder is "", or the path is too long.
 */
char *all_settings_elsewhere(char path[static SETTING_SOCKET],
			     const struct all_settings *s);

/* See ini_file_print_changes. */
void all_settings_print_changes(FILE *out, const struct all_settings *s);

/* See ini_file_is_changed and ini_file_idle. */
bool all_settings_is_changed(const struct all_settings *s, const char *key);
const char *all_settings_idle(const struct all_settings *s, const char *section,
			      const char *switches);

/* See ini_file_print. */
void all_settings_print(FILE *out, const struct all_settings *s, int shipped);

#endif
