/*
 * A telegram that may be shown in public. What stays is an allow-list: numbers
 * with their units, times, counts and the version, each where its reference has
 * it (meaning_form, telegram/meaning.h), and the model in the header. Everything
 * else becomes zeros: identifiers, EAN codes, messages, values of unknown
 * references, further groups of a line, serial numbers, text between the lines.
 * The CRC is made right again.
 */
#ifndef LOGGER_REDACT_H
#define LOGGER_REDACT_H

#include "base/span.h"

enum { REDACT_MORE = 8 }; /* bytes that the result may be longer */

/*
 * Write the whole telegram `text` ('/' to the line end behind its '!') so into
 * `out`, which has text.n + REDACT_MORE bytes; the length.
 */
size_t redact_telegram(struct span text, char *out);

/*
 * Mask in a text of ours, in place, the names that tell households apart: the
 * serial number of an adapter, as in
 * /dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0 (what stands
 * behind the last '_', before the interface), the host of tcp://host:port, and
 * the user of /home/NAME. Source of the first form: systemd's 60-serial.rules.
 */
void redact_names(char *text);

#endif
