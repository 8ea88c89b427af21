/* Telegrams to a file, a pipe or standard output. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim/sink.h"
#include "sim/sink_kind.h"

struct sink_file {
	struct sink sink;
	FILE *out;
};

static int failed(struct sink_file *f, struct err *e)
{
	return err_errno(e, ERR_IO, "writing %s", f->sink.name);
}

static int send_file(struct sink *s, const char *bytes, size_t n, bool wait,
		     int stop, struct err *e)
{
	struct sink_file *f = (struct sink_file *)s;

	(void)stop;
	if (fwrite(bytes, 1, n, f->out) != n)
		return failed(f, e);
	/* in real time, someone may be watching each telegram */
	if (!wait && fflush(f->out) != 0)
		return failed(f, e);
	return 1;
}

static int close_file(struct sink *s, struct err *e)
{
	struct sink_file *f = (struct sink_file *)s;
	int rc = 0;

	if (f->out == stdout ? fflush(stdout) != 0 : fclose(f->out) != 0)
		rc = failed(f, e);
	free(f);
	return rc;
}

static const struct sink_kind kind = { send_file, NULL, close_file, NULL };

struct sink *sink_file(const char *path, struct err *e)
{
	struct sink_file *f = calloc(1, sizeof(*f));

	if (f == NULL) {
		err_memory(e);
		return NULL;
	}
	if (path != NULL && strcmp(path, "-") == 0)
		path = NULL;
	f->sink = (struct sink){ .kind = &kind, .fd = -1 };
	snprintf(f->sink.name, SINK_NAME, "%s",
		 path != NULL ? path : "standard output");
	f->out = path != NULL ? fopen(path, "wb") : stdout;
	if (f->out == NULL) {
		err_errno(e, ERR_CREATE, "opening %s", path);
		free(f);
		return NULL;
	}
	return &f->sink;
}
