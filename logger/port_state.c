#include "logger/port_state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/atomic_write.h"
#include "logger/port/speeds.h"

/* "9600 7E1 /dev/ttyUSB0": the speed's name, a blank, the port. */
static int read_line(struct port_state *s, const char *line)
{
	for (int i = 0; i < SPEED_COUNT; i++) {
		size_t n = strlen(speeds[i].name);

		if (strncmp(line, speeds[i].name, n) != 0 || line[n] != ' ')
			continue;
		s->speed = i;
		snprintf(s->port, sizeof(s->port), "%s", line + n + 1);
		s->port[strcspn(s->port, "\n")] = '\0';
		return 1;
	}
	return 0;
}

/* "base 7200", "suspect 7200 1732190000". */
static void read_offset(struct utc_offset *o, const char *line)
{
	static const char base[] = "base ", suspect[] = "suspect ";
	char *end;

	if (strncmp(line, base, sizeof(base) - 1) == 0) {
		o->known = true;
		o->base = (int)strtol(line + sizeof(base) - 1, NULL, 10);
	} else if (strncmp(line, suspect, sizeof(suspect) - 1) == 0) {
		o->suspected = true;
		o->suspect = (int)strtol(line + sizeof(suspect) - 1, &end, 10);
		o->since = strtoll(end, NULL, 10);
	}
}

/* Write the file's text. Returns its length. */
static size_t write_lines(char *out, size_t size, const struct port_state *s)
{
	const struct utc_offset *o = &s->offset;
	int n = snprintf(out, size, "%s %s\n", speeds[s->speed].name, s->port);

	if (o->known)
		n += snprintf(out + n, size - (size_t)n, "base %d\n", o->base);
	if (o->suspected)
		n += snprintf(out + n, size - (size_t)n,
			      "suspect %d %" PRId64 "\n", o->suspect, o->since);
	return (size_t)n;
}

static bool same_offset(const struct utc_offset *a, const struct utc_offset *b)
{
	return a->known == b->known && a->base == b->base &&
	       a->suspected == b->suspected && a->suspect == b->suspect &&
	       a->since == b->since;
}

void port_state_load(struct port_state *s, const char *path)
{
	char line[PORT_STATE_NAME + 32];
	FILE *f = fopen(path, "re");

	*s = (struct port_state){ 0 };
	if (f == NULL)
		return;
	if (fgets(line, sizeof(line), f) != NULL && read_line(s, line))
		while (fgets(line, sizeof(line), f) != NULL)
			read_offset(&s->offset, line);
	fclose(f);
}

int port_state_save(const struct port_state *s, const char *path, struct err *e)
{
	char text[PORT_STATE_NAME + 128];
	struct port_state before;
	size_t n;

	port_state_load(&before, path);
	if (before.speed == s->speed && strcmp(before.port, s->port) == 0 &&
	    same_offset(&before.offset, &s->offset))
		return 0;
	n = write_lines(text, sizeof(text), s);
	return atomic_write(path, 0640, text, n, e);
}
