/* Where the PostgreSQL server is, and who logs in. */
#ifndef FLEET_SERVER_OPTIONS_H
#define FLEET_SERVER_OPTIONS_H

struct server_options {
	const char *string;	   /* libpq's connection string */
	const char *home;	   /* role; "": the string's or the user */
	const char *password_file; /* the rest: "" if none */
	const char *ca_file, *cert_file, *key_file;
};

#endif
