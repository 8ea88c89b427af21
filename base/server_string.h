/*
 * Connection strings of PostgreSQL ("host=db.example.org dbname=fleet", or a
 * URI), as far as the settings need them without its library. Pure.
 */
#ifndef BASE_SERVER_STRING_H
#define BASE_SERVER_STRING_H

#include <stdbool.h>

#include "base/err.h"

/*
 * Does the text contain a password: a key "password" or "sslpassword", or
 * user:password@ in a URI? Rather true than false, so that none gets into a
 * log.
 */
bool server_string_has_password(const char *text);

/*
 * Is each of these hosts, separated by commas, this machine: a socket's folder,
 * localhost or a loopback address? True for "".
 */
bool server_string_is_local(const char *hosts);

/*
 * Check two settings of [fleet]: the connection string, and the seconds between
 * the counters sent. Returns 0, or ERR_CONFIG, which names the key.
 */
int server_string_check(const char *server, long interval, struct err *e);

#endif
