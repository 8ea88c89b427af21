#include "logger/port/source.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "logger/port/source_kind.h"

enum { MEMORY_DEVICES = 1 }; /* major number of /dev/null and similar */

/* A terminal is a port; a missing path was probably one. */
static const struct source_kind *kind_of(const char *text)
{
	struct stat st;

	if (strncmp(text, "tcp://", 6) == 0)
		return &source_tcp;
	if (strcmp(text, "-") == 0)
		return &source_file;
	if (stat(text, &st) == 0 &&
	    (!S_ISCHR(st.st_mode) || major(st.st_rdev) == MEMORY_DEVICES))
		return &source_file;
	return &source_tty;
}

/* "http://meter", "meter:2001", "tcp:meter:2001": not a path. */
static bool looks_like_an_address(const char *text)
{
	const char *colon = strchr(text, ':'), *slash = strchr(text, '/');
	struct stat st;

	return colon != NULL && (slash == NULL || colon < slash) &&
	       stat(text, &st) < 0;
}

bool source_lacks_scheme(const char *text, char meant[static SOURCE_MEANT])
{
	const char *host = text + (strncmp(text, "tcp:", 4) == 0 ? 4 : 0);
	struct err ignored;

	return looks_like_an_address(text) &&
	       snprintf(meant, SOURCE_MEANT, "tcp://%s", host) < SOURCE_MEANT &&
	       tcp_check(meant, &ignored) == 0;
}

int source_check(const char *text, struct err *e)
{
	char meant[SOURCE_MEANT];
	struct stat st;

	if (strncmp(text, "tcp://", 6) == 0)
		return tcp_check(text, e);
	if (source_lacks_scheme(text, meant))
		return err_set(e, ERR_CONFIG,
			       "%s: not a path; did you mean %s?", text, meant);
	if (looks_like_an_address(text))
		return err_set(e, ERR_CONFIG,
			       "%s: neither a path nor of the "
			       "form tcp://host:port",
			       text);
	if (stat(text, &st) == 0 && S_ISDIR(st.st_mode))
		return err_set(e, ERR_CONFIG, "%s is a folder", text);
	return 0;
}

struct source *source_open(const char *text, struct err *e)
{
	struct source *s = calloc(1, sizeof(*s));

	if (s == NULL || (s->text = strdup(text)) == NULL) {
		free(s);
		err_memory(e);
		return NULL;
	}
	s->kind = kind_of(text);
	s->fd = -1;
	s->events = POLLIN;
	if (s->kind->open(s, text, e) < 0) {
		source_close(s);
		return NULL;
	}
	return s;
}

void source_close(struct source *s)
{
	if (s == NULL)
		return;
	s->kind->close(s);
	free(s->text);
	free(s);
}

int source_fd(const struct source *s)
{
	return s->fd;
}

short source_events(const struct source *s)
{
	return s->events;
}

bool source_live(const struct source *s)
{
	return s->live;
}

bool source_reopens(const struct source *s)
{
	return s->kind->reopens;
}

bool source_has_speed(const struct source *s)
{
	return s->kind->has_speed;
}

int source_set_speed(struct source *s, const struct speed *to, struct err *e)
{
	return s->kind->set_speed(s, to, e);
}

int source_read(struct source *s, void *buf, size_t n, size_t *got,
		struct err *e)
{
	return s->kind->read(s, buf, n, got, e);
}
