/* What p1web's server is started with. */
#ifndef WEB_SERVER_OPTIONS_H
#define WEB_SERVER_OPTIONS_H

#include <stdbool.h>

struct server_options {
	const char *listen;	/* "127.0.0.1:5002" */
	const char *names;	/* other names of this machine, or "" */
	const char *frame;	/* origin that may embed the page; "": none */
	const char *token;	/* bearer token; "": none */
	bool token_for_reading; /* else reading needs no token */
	long clients;		/* maximum number of connections */
	long rate;		/* requests per second and address; 0: no
				   limit */
	long work;		/* per cent of a minute per client; 0: no
				   limit */
	int feed;		/* from feed_socket_open; borrowed; -1: none */
};

#endif
