/*
 * Bits on a wire: what a receiver gets when bytes are sent at another speed,
 * with other framing, or over an inverted line. The receiver samples each bit
 * in its middle, like a UART.
 */
#ifndef SIM_UART_H
#define SIM_UART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct uart_setting {
	int baud;
	int bits;  /* 7 or 8 */
	bool even; /* a parity bit; bytes with a wrong one are received as
		      NUL */
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

/* Start with an idle line. */
void uart_begin(struct uart *u, const struct uart_setting *sent, bool inverted);

/* Change the receiver's settings; an incomplete frame is lost. */
void uart_set(struct uart *u, const struct uart_setting *heard);

enum { UART_HEARD = 512 }; /* maximum received while one byte is sent */

/* Send one byte, or idle as long. Return the number of bytes received. */
size_t uart_send(struct uart *u, unsigned char byte, char out[UART_HEARD]);
size_t uart_rest(struct uart *u, char out[UART_HEARD]);

#endif
