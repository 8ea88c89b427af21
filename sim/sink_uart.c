/* Pass bytes, as received by a UART, to another sink. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "sim/sink.h"
#include "sim/sink_kind.h"
#include "sim/uart.h"

enum {
	RESTS = 4,	/* idle frames that resynchronise any receiver */
	PAUSE_MS = 200, /* longer than pauses within a telegram */
	CHUNK = 8 * UART_HEARD,
};

struct sink_uart {
	struct sink sink;
	struct sink *inner;
	struct uart uart;
	int64_t sent_ms;
	size_t n; /* received, not yet passed on */
	char heard[CHUNK];
};

static int hand_on(struct sink_uart *u, bool wait, int stop, struct err *e)
{
	size_t n = u->n;

	u->n = 0;
	return n > 0 ? sink_send(u->inner, u->heard, n, wait, stop, e) : 1;
}

/* Apply changed receiver settings, and the line's idle time. */
static void look_up(struct sink_uart *u)
{
	int64_t now = clock_monotonic_ms(&clock_machine);
	struct uart_setting setting;

	if (u->inner->kind->setting != NULL &&
	    u->inner->kind->setting(u->inner, &setting))
		uart_set(&u->uart, &setting);
	for (int i = 0; i < RESTS && now - u->sent_ms > PAUSE_MS; i++)
		u->n += uart_rest(&u->uart, u->heard + u->n);
	u->sent_ms = now;
}

static int send_uart(struct sink *s, const char *bytes, size_t n, bool wait,
		     int stop, struct err *e)
{
	struct sink_uart *u = (struct sink_uart *)s;
	int rc = 1;

	look_up(u);
	for (size_t i = 0; rc > 0 && i < n; i++) {
		u->n += uart_send(&u->uart, (unsigned char)bytes[i],
				  u->heard + u->n);
		if (u->n > CHUNK - UART_HEARD)
			rc = hand_on(u, wait, stop, e);
	}
	return rc > 0 ? hand_on(u, wait, stop, e) : rc;
}

static void turn_uart(struct sink *s)
{
	sink_turn(((struct sink_uart *)s)->inner);
}

static int close_uart(struct sink *s, struct err *e)
{
	int rc = sink_close(((struct sink_uart *)s)->inner, e);

	free(s);
	return rc;
}

static const struct sink_kind kind = { send_uart, turn_uart, close_uart, NULL };

struct sink *sink_uart(struct sink *inner, const struct uart_setting *sent,
		       bool inverted, int heard_baud, struct err *e)
{
	const struct uart_setting plain = { heard_baud, 8, false };
	struct sink_uart *u = calloc(1, sizeof(*u));

	if (u == NULL) {
		sink_close(inner, e);
		err_memory(e);
		return NULL;
	}
	u->sink = (struct sink){ .kind = &kind, .fd = inner->fd };
	memcpy(u->sink.name, inner->name, sizeof(u->sink.name));
	u->inner = inner;
	uart_begin(&u->uart, sent, inverted);
	if (heard_baud > 0)
		uart_set(&u->uart, &plain);
	return &u->sink;
}
