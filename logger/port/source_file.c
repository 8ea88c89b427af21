/*
 * A file, a pipe or standard input, plain or gzipped, as detected from its
 * first two bytes. Input is passed on immediately, so that a pipe is not read
 * in large blocks; hence inflate instead of gzread.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "logger/port/source.h"
#include "logger/port/source_kind.h"

enum packing { PACKING_UNKNOWN, PACKING_NONE, PACKING_GZIP };

struct file {
	enum packing packing;
	z_stream z;	 /* PACKING_GZIP: next_in and avail_in are unread */
	size_t from, to; /* PACKING_NONE: unread part of raw */
	bool ended;	 /* the descriptor is at its end */
	int64_t size;	 /* -1: not a regular file */
	int64_t modified;
	int64_t read; /* stored bytes read */
	unsigned char raw[65536];
};

static int file_open(struct source *s, const char *text, struct err *e)
{
	struct file *f = calloc(1, sizeof(*f));
	struct stat st;
	bool input = strcmp(text, "-") == 0;

	s->own = f;
	if (f == NULL)
		return err_memory(e);
	s->fd = input ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
		      : open(text,
			     O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (s->fd < 0)
		return err_errno(e,
				 errno == EACCES ? ERR_PERMISSION : ERR_ABSENT,
				 "%s", text);
	if (fstat(s->fd, &st) < 0)
		return err_errno(e, ERR_IO, "%s", text);
	if (S_ISDIR(st.st_mode))
		return err_set(e, ERR_ABSENT, "%s is a folder, not a file",
			       text);
	s->live = !S_ISREG(st.st_mode);
	f->size = s->live ? -1 : st.st_size;
	f->modified = st.st_mtime;
	return 0;
}

static void file_close(struct source *s)
{
	struct file *f = s->own;

	if (f != NULL && f->packing == PACKING_GZIP)
		inflateEnd(&f->z);
	free(f);
	if (s->fd >= 0)
		close(s->fd);
}

/* Standard input may block, and its flags are not ours to change. */
static bool would_block(const struct source *s)
{
	struct pollfd now = { .fd = s->fd, .events = POLLIN };

	return s->live && poll(&now, 1, 0) == 0;
}

/* Read into raw after `to`. Returns a source_answer. */
static int refill(struct source *s, struct file *f, struct err *e)
{
	size_t got = 0;
	int rc;

	if (f->ended)
		return SOURCE_ENDED;
	if (would_block(s))
		return SOURCE_WAITS;
	rc = source_read_fd(s, f->raw + f->to, sizeof(f->raw) - f->to, &got, e);
	f->to += got;
	f->read += (int64_t)got;
	f->ended = rc == SOURCE_ENDED;
	return rc;
}

/* gzip starts with 1f 8b, which a telegram never does. */
static int find_packing(struct source *s, struct file *f, struct err *e)
{
	while (f->to < 2) {
		int rc = refill(s, f, e);

		if (rc == SOURCE_ENDED)
			break;
		if (rc != SOURCE_BYTES)
			return rc;
	}
	f->packing = PACKING_NONE;
	if (f->to < 2 || f->raw[0] != 0x1f || f->raw[1] != 0x8b)
		return SOURCE_BYTES;
	if (inflateInit2(&f->z, MAX_WBITS + 16) != Z_OK)
		return err_memory(e);
	f->packing = PACKING_GZIP;
	f->z.next_in = f->raw;
	f->z.avail_in = (uInt)f->to;
	return SOURCE_BYTES;
}

static int read_plain(struct source *s, struct file *f, void *buf, size_t n,
		      size_t *got, struct err *e)
{
	if (f->from == f->to) {
		int rc;

		f->from = f->to = 0;
		rc = refill(s, f, e);
		if (rc != SOURCE_BYTES)
			return rc;
	}
	*got = f->to - f->from < n ? f->to - f->from : n;
	memcpy(buf, f->raw + f->from, *got);
	f->from += *got;
	return SOURCE_BYTES;
}

/*
 * An archive may be several gzip files in a row; other bytes after one end it.
 */
static int next_member(struct file *f)
{
	inflateReset(&f->z);
	if (f->z.avail_in > 0 && f->z.next_in[0] != 0x1f) {
		f->z.avail_in = 0;
		f->ended = true;
	}
	return 0;
}

static int inflate_some(struct source *s, struct file *f, struct err *e)
{
	switch (inflate(&f->z, Z_NO_FLUSH)) {
	case Z_OK:
	case Z_BUF_ERROR:
		return 0;
	case Z_STREAM_END:
		return next_member(f);
	default:
		return err_set(e, ERR_FORMAT, "%s: gzip: %s", s->text,
			       f->z.msg ? f->z.msg : "damaged");
	}
}

static int read_gzip(struct source *s, struct file *f, void *buf, size_t n,
		     size_t *got, struct err *e)
{
	f->z.next_out = buf;
	f->z.avail_out = (uInt)n;
	while (f->z.avail_out == n) {
		if (f->z.avail_in == 0) {
			int rc;

			f->to = 0;
			rc = refill(s, f, e);
			if (rc == SOURCE_ENDED && f->z.total_in > 0)
				return err_set(e, ERR_FORMAT,
					       "%s: gzip: unexpected end of "
					       "file",
					       s->text);
			if (rc != SOURCE_BYTES)
				return rc;
			f->z.next_in = f->raw;
			f->z.avail_in = (uInt)f->to;
		}
		if (inflate_some(s, f, e) < 0)
			return e->code;
	}
	*got = n - f->z.avail_out;
	return SOURCE_BYTES;
}

static int file_read(struct source *s, void *buf, size_t n, size_t *got,
		     struct err *e)
{
	struct file *f = s->own;

	if (f->packing == PACKING_UNKNOWN) {
		int rc = find_packing(s, f, e);

		if (rc != SOURCE_BYTES)
			return rc;
	}
	return f->packing == PACKING_GZIP ? read_gzip(s, f, buf, n, got, e)
					  : read_plain(s, f, buf, n, got, e);
}

const struct source_kind source_file = {
	.open = file_open,
	.read = file_read,
	.close = file_close,
};

bool source_progress(const struct source *s, int64_t *at, int64_t *size)
{
	const struct file *f = s->own;

	if (s->kind != &source_file || f->size < 0)
		return false;
	*at = f->read;
	*size = f->size;
	return true;
}

bool source_modified(const struct source *s, int64_t *utc)
{
	const struct file *f = s->own;

	if (s->kind != &source_file || f->size < 0)
		return false;
	*utc = f->modified;
	return true;
}
