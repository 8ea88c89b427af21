#include "forward/endpoint.h"

#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Find the end of the host, and what follows it: "" or ":port". */
static const char *cut_host(const char *text, const char **host, size_t *n)
{
	const char *end = text[0] == '[' ? strchr(text, ']') : NULL;
	const char *colon = strrchr(text, ':');

	if (end != NULL) {
		*host = text + 1;
		*n = (size_t)(end - *host);
		return end + 1;
	}
	*host = text;
	*n = colon != NULL ? (size_t)(colon - text) : strlen(text);
	return text + *n;
}

static bool parse_port(const char *text, long *port)
{
	char *end;

	*port = strtol(text, &end, 10);
	return end != text && *end == '\0' && *port >= 1 && *port <= 65535;
}

/* "mqtt://host:port/": say what is left without scheme and path. */
static int refuse_scheme(const char *text, struct err *e)
{
	const char *after = strstr(text, "://");
	const char *from = after != NULL ? after + strlen("://") : text;

	return err_set(e, ERR_CONFIG, "'%s': write only host and port: %.*s",
		       text, (int)strcspn(from, "/"), from);
}

static int refuse_missing_port(const char *text, struct err *e)
{
	return err_set(e, ERR_CONFIG,
		       "'%s' has no port: write %s:PORT, with a number from 1 "
		       "to 65535",
		       text, text);
}

int endpoint_split(const char *text, long preset, char *host, size_t size,
		   long *port, struct err *e)
{
	const char *from, *rest;
	size_t n;

	if (strchr(text, '/') != NULL)
		return refuse_scheme(text, e);
	if (parse_port(text + (text[0] == ':'), port))
		return err_set(e, ERR_CONFIG,
			       "'%s' has no address: write 127.0.0.1:%ld for "
			       "port %ld of this machine",
			       text, *port, *port);
	rest = cut_host(text, &from, &n);
	if (rest[0] == '\0' && preset == 0 && strpbrk(text, ".]") != NULL)
		return refuse_missing_port(text, e);
	*port = preset;
	if (n == 0 || n >= size || (rest[0] != '\0' && rest[0] != ':') ||
	    (rest[0] == '\0' && preset == 0) ||
	    (rest[0] == ':' && !parse_port(rest + 1, port)))
		return err_set(e, ERR_CONFIG,
			       "'%s' is not %s with a port from 1 to 65535, "
			       "such as 127.0.0.1:5005",
			       text, preset ? "a host" : "an address");
	memcpy(host, from, n);
	host[n] = '\0';
	return 0;
}

int endpoint_make(const char *address, long port, struct endpoint *out,
		  struct err *e)
{
	const struct addrinfo hints = {
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
		.ai_socktype = SOCK_DGRAM,
	};
	bool local = strcmp(address, "localhost") == 0;
	struct addrinfo *found = NULL;
	char service[16];

	snprintf(service, sizeof(service), "%ld", port);
	/*
	 * getaddrinfo would accept "*", only for this machine, and "5002" as
	 * 0.0.19.138.
	 */
	if ((!local && strpbrk(address, ".:") == NULL) ||
	    getaddrinfo(local ? "127.0.0.1" : address, service, &hints,
			&found) != 0)
		return err_set(
			e, ERR_CONFIG,
			"'%s' is not a numeric address (such as 127.0.0.1; "
			"names are not looked up here)",
			address);
	*out = (struct endpoint){ .length = found->ai_addrlen };
	memcpy(&out->address, found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	snprintf(out->text, sizeof(out->text),
		 strchr(address, ':') ? "[%s]:%ld" : "%s:%ld", address, port);
	return 0;
}

int endpoint_parse(const char *text, struct endpoint *out, struct err *e)
{
	char host[ENDPOINT_TEXT - 8];
	long port;

	if (endpoint_split(text, 0, host, sizeof(host), &port, e) < 0)
		return e->code;
	return endpoint_make(host, port, out, e);
}

bool endpoint_is_multicast(const struct endpoint *at)
{
	const struct sockaddr_storage *any = &at->address;

	if (any->ss_family == AF_INET6)
		return IN6_IS_ADDR_MULTICAST(
			&((const struct sockaddr_in6 *)any)->sin6_addr);
	return IN_MULTICAST(
		ntohl(((const struct sockaddr_in *)any)->sin_addr.s_addr));
}
