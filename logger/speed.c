#include "logger/speed.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/atomic_write.h"

const struct speed speeds[SPEED_COUNT] = {
	{ 115200, 8, 'N', "115200 8N1" },
	{ 9600, 7, 'E', "9600 7E1" },
	{ 9600, 8, 'N', "9600 8N1" },
};

const struct speed odd_speeds[ODD_SPEED_COUNT] = {
	{ 19200, 8, 'N', "19200 8N1" }, { 38400, 8, 'N', "38400 8N1" },
	{ 57600, 8, 'N', "57600 8N1" }, { 4800, 7, 'E', "4800 7E1" },
	{ 2400, 7, 'E', "2400 7E1" },	{ 115200, 7, 'E', "115200 7E1" },
};

/* "9600 7E1 /dev/ttyUSB0": the speed's name, a blank, the port. */
static int read_line(struct heard *h, const char *line)
{
	for (int i = 0; i < SPEED_COUNT; i++) {
		size_t n = strlen(speeds[i].name);

		if (strncmp(line, speeds[i].name, n) != 0 || line[n] != ' ')
			continue;
		h->speed = i;
		snprintf(h->port, sizeof(h->port), "%s", line + n + 1);
		h->port[strcspn(h->port, "\n")] = '\0';
		return 1;
	}
	return 0;
}

/* "base 7200", "suspect 7200 1732190000". */
static void read_offset(struct offset *o, const char *line)
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
static size_t write_lines(char *out, size_t size, const struct heard *h)
{
	const struct offset *o = &h->offset;
	int n = snprintf(out, size, "%s %s\n", speeds[h->speed].name, h->port);

	if (o->known)
		n += snprintf(out + n, size - (size_t)n, "base %d\n", o->base);
	if (o->suspected)
		n += snprintf(out + n, size - (size_t)n,
			      "suspect %d %" PRId64 "\n", o->suspect, o->since);
	return (size_t)n;
}

static bool same_offset(const struct offset *a, const struct offset *b)
{
	return a->known == b->known && a->base == b->base &&
	       a->suspected == b->suspected && a->suspect == b->suspect &&
	       a->since == b->since;
}

void heard_load(struct heard *h, const char *path)
{
	char line[HEARD_PORT + 32];
	FILE *f = fopen(path, "re");

	*h = (struct heard){ 0 };
	if (f == NULL)
		return;
	if (fgets(line, sizeof(line), f) != NULL && read_line(h, line))
		while (fgets(line, sizeof(line), f) != NULL)
			read_offset(&h->offset, line);
	fclose(f);
}

int heard_save(const struct heard *h, const char *path, struct err *e)
{
	char text[HEARD_PORT + 128];
	struct heard before;
	size_t n;

	heard_load(&before, path);
	if (before.speed == h->speed && strcmp(before.port, h->port) == 0 &&
	    same_offset(&before.offset, &h->offset))
		return 0;
	n = write_lines(text, sizeof(text), h);
	return atomic_write(path, 0640, text, n, e);
}
