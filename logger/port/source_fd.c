/* Read from a descriptor, for the kinds of sources that have one. */
#include <errno.h>
#include <unistd.h>

#include "logger/port/source.h"
#include "logger/port/source_kind.h"

int source_read_fd(struct source *s, void *buf, size_t n, size_t *got,
		   struct err *e)
{
	ssize_t r;

	do
		r = read(s->fd, buf, n);
	while (r < 0 && errno == EINTR);
	if (r > 0) {
		*got = (size_t)r;
		return SOURCE_BYTES;
	}
	if (r == 0)
		return SOURCE_ENDED;
	if (errno == EAGAIN || errno == EWOULDBLOCK)
		return SOURCE_WAITS;
	return err_errno(e, ERR_IO, "reading %s", s->text);
}
