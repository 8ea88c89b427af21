/*
 * Bits on a wire: what a receiver hears of bytes that were sent at another
 * speed, with other framing, or over a line whose polarity is wrong. The
 * receiver samples each bit in its middle, as a UART does.
 */
#ifndef SIM_UART_H
#define SIM_UART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct uart_setting {
	int baud;
	int bits;  /* 7 or 8 */
	bool even; /* a parity bit; with it a byte in error is heard as NUL */
};

struct uart {
	struct uart_setting sent;
	bool inverted; /* the line, not the receiver */
	struct uart_setting heard;
	bool in_frame, wait_mark;
	int sample;    /* bits of the frame sampled so far */
	int64_t left;  /* until the next sample; ticks */
	unsigned bits; /* sampled */
};

/* Begin with a line at rest. */
void uart_begin(struct uart *u, const struct uart_setting *sent, bool inverted);

/* The receiver is set so from now on; a frame half heard is lost. */
void uart_set(struct uart *u, const struct uart_setting *heard);

enum { UART_HEARD = 512 }; /* the most bytes heard while one is sent */

/* Send one byte, or let the line rest as long; how many were heard. */
size_t uart_send(struct uart *u, unsigned char byte, char out[UART_HEARD]);
size_t uart_rest(struct uart *u, char out[UART_HEARD]);

#endif
