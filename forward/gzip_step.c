#define _GNU_SOURCE /* sync_file_range */
#include "forward/gzip_step.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

#include "base/atomic_write.h"
#include "base/safe_file.h"

enum {
	PIECE = 64 * 1024,
	PAUSE_MS = 100,	  /* between pieces */
	SETTLE_MS = 5000, /* lets the disk catch up */
};

struct gzip_step {
	int in;
	struct atomic_file out; /* kept open beside `gz` for syncing */
	gzFile gz;		/* NULL once everything is written and only the
				   disk is waited for */
	char from[DAILY_FILE_PATH], to[DAILY_FILE_PATH + 8];
	char piece[PIECE];
};

static int open_files(struct gzip_step *s, struct err *e)
{
	int fd;

	s->in = safe_file_open(s->from, O_RDONLY | O_NOFOLLOW, 0);
	if (s->in < 0)
		return err_errno(e, ERR_IO, "%s", s->from);
	if (atomic_begin(&s->out, s->to, ".part", 0640, false, e) < 0)
		return e->code;
	fd = fcntl(s->out.fd, F_DUPFD_CLOEXEC, 0);
	s->gz = fd >= 0 ? gzdopen(fd, "wb") : NULL;
	if (s->gz != NULL)
		return 0;
	if (fd >= 0)
		close(fd);
	return err_errno(e, ERR_CREATE, "%s", s->to);
}

struct gzip_step *gzip_step_begin(const char *path, struct err *e)
{
	struct gzip_step *s = calloc(1, sizeof(*s));

	if (s == NULL) {
		err_memory(e);
		return NULL;
	}
	s->in = s->out.fd = -1;
	snprintf(s->from, sizeof(s->from), "%s", path);
	snprintf(s->to, sizeof(s->to), "%s.gz", s->from);
	if (open_files(s, e) == 0)
		return s;
	gzip_step_free(s);
	return NULL;
}

/* Everything is read: let the disk catch up and return later. */
static int end_writing(struct gzip_step *s, struct err *e)
{
	int rc = gzclose(s->gz);

	s->gz = NULL;
	if (rc != Z_OK)
		return err_errno(e, ERR_IO, "%s", s->to);
	sync_file_range(s->out.fd, 0, 0, SYNC_FILE_RANGE_WRITE);
	return SETTLE_MS;
}

/*
 * If the plain file was deleted meanwhile, for example by the limit, discard
 * the .gz.
 */
static int replace(struct gzip_step *s, struct err *e)
{
	if (access(s->from, F_OK) < 0 && errno == ENOENT)
		return 0;
	if (atomic_end(&s->out, e) < 0)
		return e->code;
	if (safe_file_remove(s->from) < 0)
		return err_errno(e, ERR_IO, "%s", s->from);
	return 0;
}

int gzip_step_run(struct gzip_step *s, struct err *e)
{
	ssize_t n;

	if (s->gz == NULL)
		return replace(s, e);
	n = read(s->in, s->piece, sizeof(s->piece));
	if (n < 0)
		return err_errno(e, ERR_IO, "%s", s->from);
	if (n == 0)
		return end_writing(s, e);
	if (gzwrite(s->gz, s->piece, (unsigned)n) != n)
		return err_errno(e, ERR_IO, "%s", s->to);
	return PAUSE_MS;
}

void gzip_step_free(struct gzip_step *s)
{
	if (s == NULL)
		return;
	if (s->gz != NULL)
		gzclose(s->gz);
	if (s->in >= 0)
		close(s->in);
	atomic_abandon(&s->out);
	free(s);
}
