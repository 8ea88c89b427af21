/*
 * Mask a telegram for publication. An allow-list is kept: numbers with their
 * units, times, counts and the version, each only where its reference has it
 * (obis_description_form, telegram/obis_description.h), and the model in the header.
 * Everything else becomes zeros: identifiers, EAN codes, messages, values of
 * unknown references, extra groups of a line, serial numbers, text between the
 * lines. The CRC is recomputed.
 */
#ifndef LOGGER_DIAGNOSE_REDACT_H
#define LOGGER_DIAGNOSE_REDACT_H

#include "base/span.h"

enum { REDACT_MORE = 8 }; /* maximum growth in bytes */

/*
 * Write the masked telegram `text` ('/' to the line end after its '!') to `out`
 * of text.n + REDACT_MORE bytes. Returns the length.
 */
size_t redact_telegram(struct span text, char *out);

/*
 * Mask, in place, names in our own text that identify a household: the serial
 * number of an adapter, as in
 * /dev/serial/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0 (after the
 * last '_', before the interface), the host of tcp://host:port, and the user of
 * /home/NAME. Source of the first form: systemd's 60-serial.rules.
 */
void redact_names(char *text);

#endif
