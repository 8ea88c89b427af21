#include "forward/udp.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void udp_init(struct udp *u, struct output *o)
{
	*u = (struct udp){ .o = o, .fd = -1, .ttl = 1 };
}

void udp_close(struct udp *u)
{
	if (u->fd >= 0)
		close(u->fd);
	u->fd = -1;
}

static void set(int fd, int level, int option, int value)
{
	setsockopt(fd, level, option, &value, sizeof(value));
}

static void set_multicast(const struct udp *u, int family)
{
	struct ip_mreqn from = { .imr_ifindex = (int)u->ifindex };

	if (family == AF_INET6) {
		set(u->fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, u->ttl);
		set(u->fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, (int)u->ifindex);
		return;
	}
	set(u->fd, IPPROTO_IP, IP_MULTICAST_TTL, u->ttl);
	if (u->ifindex != 0)
		setsockopt(u->fd, IPPROTO_IP, IP_MULTICAST_IF, &from,
			   sizeof(from));
}

static bool open_socket(struct udp *u, const struct endpoint *to)
{
	int family = to->address.ss_family;

	if (u->fd >= 0)
		return true;
	u->fd = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (u->fd < 0)
		return false;
	set(u->fd, SOL_SOCKET, SO_BROADCAST, 1);
	if (endpoint_is_multicast(to))
		set_multicast(u, family);
	return true;
}

bool udp_send(struct udp *u, const struct endpoint *to, struct span bytes)
{
	if (open_socket(u, to) &&
	    sendto(u->fd, bytes.p, bytes.n, MSG_DONTWAIT | MSG_NOSIGNAL,
		   (const struct sockaddr *)&to->address, to->length) >= 0)
		return true;
	output_trouble(u->o, "sending to %s: %s", to->text, strerror(errno));
	return false;
}
