/*
 * The live feed of p1web: each reading as a JSON line in a datagram to the
 * UNIX socket that p1web holds open. Nobody there: nobody is told.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "forward/forward.h"
#include "forward/output.h"

struct feed {
	struct output *o;
	int fd; /* -1: not open yet */
	struct sockaddr_un to;
};

static bool wanted(const struct forward_settings *s)
{
	return s->feed.socket[0] != '\0';
}

static void *open_output(struct output *o, const struct forward_settings *s,
			 struct err *e)
{
	size_t n = strlen(s->feed.socket);
	struct feed *f = calloc(1, sizeof(*f));

	if (f == NULL) {
		err_set(e, ERR_FAILED, "out of memory");
		return NULL;
	}
	*f = (struct feed){ .o = o, .fd = -1, .to.sun_family = AF_UNIX };
	if (n < sizeof(f->to.sun_path)) {
		memcpy(f->to.sun_path, s->feed.socket, n);
		return f;
	}
	err_set(e, ERR_CONFIG, "socket: '%s' is longer than %zu bytes",
		s->feed.socket, sizeof(f->to.sun_path) - 1);
	free(f);
	return NULL;
}

/* Nobody listens, or not fast enough: that is p1web's own affair. */
static bool is_trouble(int error)
{
	return error != ENOENT && error != ECONNREFUSED && error != EAGAIN;
}

static void reading(void *self, const struct live *live)
{
	struct feed *f = self;

	if (f->fd < 0)
		f->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if ((f->fd < 0 ||
	     sendto(f->fd, live->json.p, live->json.n,
		    MSG_DONTWAIT | MSG_NOSIGNAL,
		    (const struct sockaddr *)&f->to, sizeof(f->to)) < 0) &&
	    is_trouble(errno))
		output_trouble(f->o, "sending to %s: %s", f->to.sun_path,
			       strerror(errno));
}

static void shut(void *self)
{
	struct feed *f = self;

	if (f->fd >= 0)
		close(f->fd);
	free(f);
}

const struct output_ops feed_ops = {
	.name = "feed",
	.wanted = wanted,
	.open = open_output,
	.reading = reading,
	.close = shut,
};
