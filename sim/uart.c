#include "sim/uart.h"

#include <string.h>

/*
 * A tick is 1 / (sender's speed * receiver's speed) s, so that bits of both are
 * whole numbers of ticks.
 */
struct heard {
	char *out;
	size_t n;
};

void uart_begin(struct uart *u, const struct uart_setting *sent, bool inverted)
{
	*u = (struct uart){ .sent = *sent,
			    .heard = *sent,
			    .inverted = inverted };
}

static bool same(const struct uart_setting *a, const struct uart_setting *b)
{
	return a->baud == b->baud && a->bits == b->bits && a->even == b->even;
}

void uart_set(struct uart *u, const struct uart_setting *heard)
{
	if (same(&u->heard, heard))
		return;
	u->heard = *heard;
	u->in_frame = false;
	u->wait_mark = true;
}

static bool is_odd(unsigned bits)
{
	bool odd = false;

	for (; bits != 0; bits &= bits - 1)
		odd = !odd;
	return odd;
}

/* End of frame: start, data, parity, stop, from the lowest bit. */
static void end_frame(struct uart *u, bool stop, struct heard *h)
{
	unsigned mask = (1u << u->heard.bits) - 1;
	unsigned data = u->bits & mask;
	bool wrong = u->heard.even && is_odd(u->bits);

	u->in_frame = false;
	u->wait_mark = !stop;
	if ((wrong || !stop) && u->heard.even)
		data = 0;
	if (h->n < UART_HEARD)
		h->out[h->n++] = (char)data;
}

static void take_sample(struct uart *u, bool level, struct heard *h)
{
	int data = u->heard.bits + u->heard.even;

	if (u->sample == 0 && level)
		u->in_frame = false; /* not a start bit */
	else if (u->sample > data)
		end_frame(u, level, h);
	else if (u->sample > 0)
		u->bits |= (unsigned)level << (u->sample - 1);
	u->sample++;
}

/* The line stays at this level for `ticks`. */
static void pass(struct uart *u, bool level, int64_t ticks, struct heard *h)
{
	const int64_t bit = u->sent.baud;

	level = level != u->inverted;
	for (;;) {
		if (level)
			u->wait_mark = false;
		if (!u->in_frame) {
			if (level || u->wait_mark)
				return;
			u->in_frame = true;
			u->sample = 0;
			u->bits = 0;
			u->left = bit / 2;
		}
		if (u->left > ticks) {
			u->left -= ticks;
			return;
		}
		ticks -= u->left;
		u->left = bit;
		take_sample(u, level, h);
	}
}

size_t uart_send(struct uart *u, unsigned char byte, char out[UART_HEARD])
{
	struct heard h = { out, 0 };
	unsigned data = byte & ((1u << u->sent.bits) - 1);

	pass(u, false, u->heard.baud, &h);
	for (int i = 0; i < u->sent.bits; i++)
		pass(u, data >> i & 1, u->heard.baud, &h);
	if (u->sent.even)
		pass(u, is_odd(data), u->heard.baud, &h);
	pass(u, true, u->heard.baud, &h);
	return h.n;
}

size_t uart_rest(struct uart *u, char out[UART_HEARD])
{
	enum { FRAME = 10 };
	struct heard h = { out, 0 };

	pass(u, true, (int64_t)FRAME * u->heard.baud, &h);
	return h.n;
}
