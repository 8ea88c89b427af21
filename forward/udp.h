/* One UDP socket and where it sends to. */
#ifndef FORWARD_UDP_H
#define FORWARD_UDP_H

#include "forward/endpoint.h"
#include "forward/output.h"

struct udp {
	struct output *o;
	int fd;		  /* -1: not open yet; made at the first sending */
	unsigned ifindex; /* of multicast; 0: the route's */
	int ttl;	  /* of multicast */
};

/* For an output, which hears of troubles; opens nothing. ttl is 1. */
void udp_init(struct udp *u, struct output *o);
void udp_close(struct udp *u); /* also of one that was never open */

/*
 * Send one datagram, broadcast and multicast included. What the network or a
 * full buffer refuses is lost; false, and the log hears of it.
 */
bool udp_send(struct udp *u, const struct endpoint *to, struct span bytes);

#endif
