/*
 * What bytes are that make no telegram: for a person to be told. A meter may
 * send another protocol over the same plug.
 */
#ifndef TELEGRAM_FOREIGN_H
#define TELEGRAM_FOREIGN_H

#include "base/span.h"

enum byte_kind {
	BYTES_NOISE,	 /* nothing that is known */
	BYTES_P1,	 /* a telegram's header, or lines of one */
	BYTES_ENCRYPTED, /* frames of encrypted telegrams: telegram/decipher.h */
	BYTES_UNTITLED,	 /* below a plain header the same without the title
	                    that decrypting takes, as Poland's Elgama */
	BYTES_HDLC,	 /* a DLMS push in HDLC frames, 7E A0 ... 7E, which no
	                    setting makes a P1 telegram of */
};

/*
 * Look at some seconds of what a port sends, from any byte on. HDLC frames are
 * proven by their check of 16 bits. Source: ISO/IEC 13239, frame type 3; DLMS
 * UA 1000-2, section 8.4.
 */
enum byte_kind bytes_kind(struct span bytes);

#endif
