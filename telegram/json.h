/*
 * A reading as one line of JSON, the same for --decode, UDP, MQTT, WebSocket
 * and REST. Keys are the names of telegram/quantity.h; what the telegram does
 * not carry is absent; bytes outside printable ASCII are written \u00XX.
 */
#ifndef TELEGRAM_JSON_H
#define TELEGRAM_JSON_H

#include "telegram/reading.h"

enum { JSON_MAX = 40960 }; /* bytes that always suffice, NUL included */

/*
 * Write the line, without a newline, and a NUL into buf of `size` bytes.
 * Returns its length; 0 when `size` does not suffice.
 */
size_t json_reading(const struct reading *r, char *buf, size_t size);

#endif
