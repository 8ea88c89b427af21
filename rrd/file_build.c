#include "rrd/file_build.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "rrd/rrdfile.h"

int64_t file_build_start(int64_t first, int64_t last)
{
	int64_t oldest = last - archives_reach();

	return steps_boundary(first > oldest ? first : oldest);
}

/* FNV-1a, word by word. */
static uint64_t mix(uint64_t print, int64_t v)
{
	return (print ^ (uint64_t)v) * UINT64_C(0x100000001b3);
}

uint64_t file_build_print(const struct counter_point *p)
{
	uint64_t print = mix(UINT64_C(0xcbf29ce484222325), p->have);

	for (int s = 0; s < SERIES_COUNT; s++)
		if (p->have >> s & 1)
			print = mix(print, p->counter[s]);
	return mix(print, p->gap_s);
}

static int touch(const char *path, bool done, int64_t *when, struct err *e)
{
	struct timespec t[2] = { { .tv_nsec = UTIME_OMIT } };

	t[1].tv_sec = done ? time(NULL) & ~(time_t)1 : time(NULL) | 1;
	if (utimensat(AT_FDCWD, path, t, 0) != 0)
		return err_errno(e, ERR_CREATE, "writing %s", path);
	*when = t[1].tv_sec;
	return 0;
}

/* Fill a batch. Returns its size, or a negative code. */
static int take_steps(struct steps *f, struct step *batch, struct err *e)
{
	int n = 0, rc = 1;

	while (n < RRDFILE_BATCH && (rc = steps_next(f, &batch[n], e)) > 0)
		n++;
	return rc < 0 ? rc : n;
}

static int64_t write_steps(const struct file_build *b, const char *path,
			   struct steps *f, struct step *batch, struct err *e)
{
	int64_t from = f->at.t, written = 0, ignored;
	int n, rc = 0;

	while ((n = take_steps(f, batch, e)) > 0) {
		if (written == 0)
			rc = touch(path, false, &ignored, e);
		if (rc == 0)
			rc = rrdfile_append(path, b->columns, batch, (size_t)n,
					    e);
		if (rc < 0)
			return rc;
		written += n;
		if (b->progress != NULL)
			b->progress(b->ctx, from, f->at.t, f->last);
	}
	return n < 0 ? n : written;
}

/*
 * librrd changes a few bytes of a mapped file. For each, Linux writes the whole
 * page of its cache, which is up to 2 MB in size if the file was written or
 * read in one go (ext4 since 6.16). Drop these pages, so that librrd gets small
 * ones.
 */
static void drop_from_cache(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
		close(fd);
	}
}

int64_t file_build_append(const struct file_build *b, const char *path,
			  int64_t fed, struct medium_state *p, struct err *e)
{
	struct step *batch = malloc(RRDFILE_BATCH * sizeof(*batch));
	struct steps f;
	int64_t written;

	if (batch == NULL)
		return err_memory(e);
	drop_from_cache(path);
	written = steps_begin(&f, b->h, b->medium, fed, e);
	if (written > 0)
		written = write_steps(b, path, &f, batch, e);
	free(batch);
	if (written <= 0)
		return written;
	p->fed = f.at.t;
	p->print = file_build_print(&f.at);
	if (touch(path, true, &p->touched, e) < 0)
		return e->code;
	return written;
}

static int to_disk(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CLOEXEC);
	int rc = 0;

	if (fd < 0 || fsync(fd) != 0)
		rc = err_errno(e, ERR_CREATE, "writing %s", path);
	if (fd >= 0)
		close(fd);
	return rc;
}

int64_t file_build_new(const struct file_build *b, const char *path,
		       int64_t start, struct medium_state *p, struct err *e)
{
	struct steps f;
	int64_t written;
	int rc = rrdfile_create(path, b->columns, start, e);

	if (rc < 0)
		return rc;
	rc = steps_begin(&f, b->h, b->medium, start, e);
	if (rc < 0)
		return rc;
	p->fed = start;
	p->print = file_build_print(&f.at);
	written = file_build_append(b, path, start, p, e);
	if (written == 0 && touch(path, true, &p->touched, e) < 0)
		return e->code;
	if (written >= 0 && to_disk(path, e) < 0)
		return e->code;
	return written;
}
