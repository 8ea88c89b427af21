/*
 * The settings of all programs: one file, one table, one struct. Only main.c
 * files and what reads the command line and the settings beside them (as
 * logger/options.c) include this; the rooms take what they need as parameters.
 */
#ifndef BASE_SETTINGS_H
#define BASE_SETTINGS_H

#include <stdbool.h>
#include <stdio.h>

#include "base/conf.h"
#include "base/err.h"

#define SETTINGS_FILE "/etc/p1logger.ini"

enum {
	SETTING_PATH = 512,   /* bytes of a path, NUL included */
	SETTING_NAME = 128,   /* of an address, a topic, a user */
	SETTING_PRICE = 16,   /* of a price */
	SETTING_SOCKET = 108, /* of a socket's path: what sun_path holds */
};

struct settings {
	/* [meter] */
	char port[SETTING_PATH];	  /* "" finds it by itself */
	char key_file[SETTING_PATH];	  /* "": no encrypted telegrams */
	char auth_key_file[SETTING_PATH]; /* "": their tag is not checked */
	char utc_offset[16];		  /* hours; "" finds it by itself */
	/* [storage] */
	char database[SETTING_PATH];
	char rrd[SETTING_PATH]; /* folder; "" keeps no RRD files */
	long interval;		/* seconds between kept rows */
	long phases_interval;	/* seconds between kept rows of the phases */
	long commit;		/* seconds between commits of the service */
	char timezone[64];	/* "" is the machine's */
	/* [limits]: what the connection can deliver; 0: no limit */
	struct {
		long import, export; /* W */
		long gas, water;     /* m3 an hour */
		long heat;	     /* kW */
	} limits;
	/* [graphs] */
	char graphs_folder[SETTING_PATH];
	/* [log] */
	int log_target;		  /* 0 stderr, 1 syslog */
	char extra[SETTING_PATH]; /* OBIS references kept as series */
	/* Below: what is forwarded; "" is off. docs/forward.md */
	struct {
		char target[SETTING_NAME]; /* address:port */
		char interface[32];	   /* of multicast */
		long ttl;
	} udp_json;
	struct {
		char target[SETTING_NAME];
	} udp_lines;
	struct {
		char host[SETTING_NAME];
		long timer;		 /* seconds */
		struct conf_pairs ports; /* register = port */
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
		long qos, interval;
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
		char socket[SETTING_SOCKET]; /* see settings_socket */
		char folder[SETTING_PATH];   /* see settings_elsewhere */
	} feed;
	struct {
		char folder[SETTING_PATH]; /* "": none may be asked for */
		long keep;		   /* days */
		char socket[SETTING_SOCKET];
	} backup;
	struct {
		char currency[8];
		/* Of a kWh, a m3, a GJ, a day; "" is unknown. */
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
	struct {
		char listen[SETTING_NAME]; /* address:port */
		char hosts[SETTING_PATH];  /* names, between blanks */
		char token_file[SETTING_PATH];
		bool token_for_reading;
		long clients;
		long rate; /* requests a second of one address; 0 any */
		long work; /* per cent of a minute for one address; 0 any */
	} web;
};

/*
 * Defaults, then the file: `path`, or SETTINGS_FILE when path is NULL. Only the
 * latter may be missing. Where `database` is a link, it gets the path of what that
 * leads to. Errors as conf_load's, ERR_CONFIG for ERR_ABSENT and for a link that
 * leads nowhere.
 */
int settings_load(struct settings *s, const char *path, struct err *e);

/*
 * The path of a socket that programs of one database share: the one `given` in
 * the settings; else, beside the database, its path with `suffix`. "" when it is
 * "off", or when the latter is too long.
 */
char *settings_socket(char path[static SETTING_SOCKET],
		      const struct settings *s, const char *given,
		      const char *suffix);

/*
 * Where p1web makes the socket of the feed when it may not write beside the
 * database: in the `folder` of the settings, under the database's path with
 * '-' for '/', so that programs of one database still meet. "" when the socket
 * is given or "off", the folder is "", or the path is too long.
 */
char *settings_elsewhere(char path[static SETTING_SOCKET],
			 const struct settings *s);

/* As conf_print. */
void settings_print(FILE *out, const struct settings *s, int shipped);

#endif
