/* Options of p1web's server. */
#ifndef WEB_SERVER_OPTIONS_H
#define WEB_SERVER_OPTIONS_H

#include <stdbool.h>

struct server_options {
	const char *listen;	/* "127.0.0.1:5002" */
	const char *names;	/* other names of this machine, or "" */
	const char *frame;	/* origin that may embed the page; "" if none */
	const char *token;	/* bearer token; "" if none */
	bool token_for_reading; /* else reading needs no token */
	long clients;		/* maximum number of connections */
	long rate;		/* requests per second and address; 0: no
				   limit */
	long work;		/* percent of a minute; 0: no limit */
	int feed;		/* from feed_socket_open (borrowed), or -1 */
};

#endif
