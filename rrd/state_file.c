#include "rrd/state_file.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/atomic_write.h"
#include "base/safe_file.h"
#include "rrd/archives.h"

enum { NAME = 16, LINE = 160 };

static enum medium medium_of(const char *name)
{
	for (int m = 0; m < MEDIUM_OTHER; m++)
		if (strcmp(medium_name((enum medium)m), name) == 0)
			return (enum medium)m;
	return MEDIUM_UNKNOWN;
}

static void read_line(struct state_file *c, const char *line)
{
	char name[NAME];
	struct medium_state p = { .known = true };
	enum medium m;

	if (sscanf(line, "boot %39s", c->boot) == 1)
		return;
	if (sscanf(line,
		   "%15s change=%" SCNd64 " fed=%" SCNd64 " print=%" SCNx64
		   " touched=%" SCNd64 " end",
		   name, &p.change, &p.fed, &p.print, &p.touched) != 5 ||
	    strstr(line, " end") == NULL)
		return;
	m = medium_of(name);
	if (m != MEDIUM_UNKNOWN)
		c->of[m] = p;
}

void state_file_load(struct state_file *c, const char *path)
{
	FILE *in = fopen(path, "re");
	char line[256];
	int version = 0;

	*c = (struct state_file){ 0 };
	if (in == NULL)
		return;
	if (fgets(line, sizeof(line), in) != NULL &&
	    sscanf(line, "p1rrd layout %d", &version) == 1 &&
	    version == LAYOUT_VERSION)
		while (fgets(line, sizeof(line), in) != NULL)
			read_line(c, line);
	fclose(in);
}

/* Write the file's text. Returns its length. */
static size_t write_lines(const struct state_file *c, char *out, size_t size)
{
	int n = snprintf(out, size, "p1rrd layout %d\n", LAYOUT_VERSION);

	if (*c->boot != '\0')
		n += snprintf(out + n, size - (size_t)n, "boot %s\n", c->boot);
	for (int m = 0; m < MEDIUM_OTHER; m++) {
		const struct medium_state *p = &c->of[m];

		if (p->known)
			n += snprintf(out + n, size - (size_t)n,
				      "%s change=%" PRId64 " fed=%" PRId64
				      " print=%" PRIx64 " touched=%" PRId64
				      " end\n",
				      medium_name((enum medium)m), p->change,
				      p->fed, p->print, p->touched);
	}
	return (size_t)n;
}

/*
 * Overwrite an existing file in place, and let the system decide when it
 * reaches the disk: a new file every five minutes writes 100 KB each time. A
 * single write of less than a page is complete or missing; and after a power
 * cut the boot id has changed, so an older state is ignored.
 */
static bool overwrite(const char *path, const char *text, size_t n)
{
	int fd = safe_file_open(path, O_WRONLY, 0);
	struct stat st;
	bool done = fd >= 0 && fstat(fd, &st) == 0 &&
		    write(fd, text, n) == (ssize_t)n &&
		    (st.st_size == (off_t)n || ftruncate(fd, (off_t)n) == 0);

	if (fd >= 0)
		close(fd);
	return done;
}

int state_file_save(const struct state_file *c, const char *path, struct err *e)
{
	char text[(MEDIUM_OTHER + 2) * LINE];
	size_t n = write_lines(c, text, sizeof(text));

	if (overwrite(path, text, n))
		return 0;
	return atomic_write(path, 0644, text, n, e);
}

char *state_file_this_boot(char buf[static STATE_FILE_BOOT])
{
	FILE *in = fopen("/proc/sys/kernel/random/boot_id", "re");

	if (in == NULL || fscanf(in, "%39s", buf) != 1)
		*buf = '\0';
	if (in != NULL)
		fclose(in);
	return buf;
}
