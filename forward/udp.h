/* A UDP socket for sending. */
#ifndef FORWARD_UDP_H
#define FORWARD_UDP_H

#include "forward/endpoint.h"
#include "forward/output.h"

struct udp {
	struct output *o;
	int fd;		  /* -1: not open; opened when first used */
	unsigned ifindex; /* for multicast; 0: as routed */
	int ttl;	  /* for multicast */
};

/* Initialise without opening; `o` reports failures. ttl is 1. */
void udp_init(struct udp *u, struct output *o);
void udp_close(struct udp *u); /* also if never opened */

/*
 * Send one datagram: unicast, broadcast or multicast. If the network or a full
 * buffer refuses it, the datagram is lost: logs that and returns false.
 */
bool udp_send(struct udp *u, const struct endpoint *to, struct span bytes);

#endif
