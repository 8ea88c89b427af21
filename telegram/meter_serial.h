/*
 * Decode the serial number that is printed on a meter. Telegrams contain its
 * bytes in hexadecimal: 4530303434 is E0044.
 */
#ifndef TELEGRAM_METER_SERIAL_H
#define TELEGRAM_METER_SERIAL_H

#include "base/span.h"

enum { METER_SERIAL_TEXT = 100 };

/*
 * Decode an identifier as sent. One that is not the hexadecimal form of
 * printable ASCII is returned unchanged; so is a plain number, unless it
 * decodes to five or more capital letters and digits. Truncates longer text.
 * Returns buf.
 */
char *meter_serial(char buf[static METER_SERIAL_TEXT], struct span identifier);

#endif
