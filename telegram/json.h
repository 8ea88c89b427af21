/*
 * A reading as one line of JSON, the same for --decode, UDP, MQTT, WebSocket
 * and REST. Keys are the names of telegram/quantity.h; what the telegram does
 * not carry is absent; bytes outside printable ASCII are written \u00XX.
 */
#ifndef TELEGRAM_JSON_H
#define TELEGRAM_JSON_H

#include "telegram/framer.h"
#include "telegram/reading.h"

/*
 * Bytes that always suffice, NUL included: each byte of a telegram's texts may
 * become six, and the rest is far below 8 KiB. A telegram as meters send them
 * needs less than 4 KiB.
 */
enum { JSON_MAX = 6 * TELEGRAM_MAX + 8192 };

/*
 * Write the line, without a newline, and a NUL into buf of `size` bytes.
 * Returns its length; 0 when `size` does not suffice.
 */
size_t json_reading(const struct reading *r, char *buf, size_t size);

#endif
