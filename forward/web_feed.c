/*
 * The live feed of p1web: each reading as a JSON line in a datagram to the UNIX
 * socket that p1web holds open, and below it the service's state.
 * Without p1web it does nothing.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include "forward/output.h"
#include "forward/outputs.h"
#include "forward/service_state.h"

enum { PLACES = 2, STATE_MS = 1000 };

struct feed {
	struct output *o;
	int fd; /* -1: not open yet */
	struct sockaddr_un to[PLACES];
	int places;
	int64_t state_ms; /* when the state was last sent alone */
};

static bool is_given(const char *path)
{
	return path != NULL && path[0] != '\0';
}

static bool wanted(const struct outputs_settings *s)
{
	return is_given(s->feed.socket);
}

static int add(struct feed *f, const char *path, struct err *e)
{
	struct sockaddr_un *to = &f->to[f->places];
	size_t n;

	if (!is_given(path))
		return 0;
	n = strlen(path);
	to->sun_family = AF_UNIX;
	if (n >= sizeof(to->sun_path))
		return err_set(e, ERR_CONFIG,
			       "socket: '%s' is longer than %zu bytes", path,
			       sizeof(to->sun_path) - 1);
	memcpy(to->sun_path, path, n);
	f->places++;
	return 0;
}

static void *open_output(struct output *o, const struct outputs_settings *s,
			 struct err *e)
{
	struct feed *f = output_alloc(sizeof(*f), e);

	if (f == NULL)
		return NULL;
	*f = (struct feed){ .o = o, .fd = -1 };
	if (add(f, s->feed.socket, e) == 0 && add(f, s->feed.elsewhere, e) == 0)
		return f;
	free(f);
	return NULL;
}

/*
 * A missing or slow listener is p1web's problem. A folder that this user may
 * not enter belongs to another p1web.
 */
static bool is_trouble(int error, int place)
{
	return error != ENOENT && error != ECONNREFUSED && error != EAGAIN &&
	       (place == 0 || (error != EACCES && error != ENOTDIR));
}

/* sendmsg copies the text before it looks for the socket, which may be absent. */
static int send_to(const struct feed *f, struct sockaddr_un *to,
		   struct iovec *parts, size_t n)
{
	const struct msghdr m = { .msg_name = to,
				  .msg_namelen = sizeof(*to),
				  .msg_iov = parts,
				  .msg_iovlen = n };

	if (f->fd < 0 || access(to->sun_path, F_OK) < 0 ||
	    sendmsg(f->fd, &m, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
		return -1;
	return 0;
}

static void reading(void *self, const struct live *live)
{
	char state[1 + SERVICE_STATE_TEXT] = "\n";
	struct iovec parts[] = { { (char *)live->json.p, live->json.n },
				 { state, 1 } };
	struct feed *f = self;
	size_t n = live->state != NULL ? 2 : 1;

	if (live->state != NULL)
		parts[1].iov_len += service_state_write(state + 1, live->state);
	if (f->fd < 0)
		f->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	for (int i = 0; i < f->places; i++)
		if (send_to(f, &f->to[i], parts, n) < 0 && is_trouble(errno, i))
			output_trouble(f->o, "sending to %s: %s",
				       f->to[i].sun_path, strerror(errno));
}

/*
 * Noise on the line may cause many refusals: the next datagram has the rest of
 * the count.
 */
static void state(void *self, const struct live *live)
{
	struct feed *f = self;

	if (f->state_ms != 0 && live->now_ms - f->state_ms < STATE_MS)
		return;
	f->state_ms = live->now_ms;
	reading(self, live);
}

static void shut(void *self)
{
	struct feed *f = self;

	if (f->fd >= 0)
		close(f->fd);
	free(f);
}

const struct output_ops web_feed_ops = {
	.name = "feed",
	.wanted = wanted,
	.open = open_output,
	.reading = reading,
	.state = state,
	.close = shut,
};
