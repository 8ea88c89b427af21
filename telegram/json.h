/*
 * A reading as one line of JSON, the same for --decode, UDP, MQTT, WebSocket
 * and REST. Keys are the names in telegram/obis_quantities.h; values that the telegram
 * lacks are omitted; bytes outside printable ASCII become \u00XX.
 */
#ifndef TELEGRAM_JSON_H
#define TELEGRAM_JSON_H

#include "telegram/framer.h"
#include "telegram/reading.h"

/*
 * A sufficient buffer size, NUL included: each byte of a telegram's texts may
 * become six, and the rest is far below 8 KiB. Real telegrams need less than 4
 * KiB.
 */
enum { JSON_MAX = 6 * TELEGRAM_MAX + 8192 };

/*
 * Write the line without a newline, but with a NUL, to buf of `size` bytes.
 * Returns its length; 0 if `size` is too small.
 */
size_t json_reading(const struct reading *r, char *buf, size_t size);

#endif
