/*
 * Identify bytes that are not a telegram, to tell the user. A meter may use
 * another protocol on the same connector.
 */
#ifndef TELEGRAM_FOREIGN_H
#define TELEGRAM_FOREIGN_H

#include "base/span.h"

enum byte_kind {
	BYTES_NOISE,	 /* unknown */
	BYTES_P1,	 /* a telegram's header, or lines of one */
	BYTES_ENCRYPTED, /* encrypted frames: telegram/decipher.h */
	BYTES_UNTITLED,	 /* the same after a plain header, without the title
			    needed for decryption: Poland's Elgama */
	BYTES_HDLC,	 /* a DLMS push in HDLC frames, 7E A0 ... 7E; no
			    setting turns it into P1 */
	BYTES_MBUS,	 /* long frames of wired M-Bus, 68 L L 68 ... 16; the
			    same plug in Austria, among others */
};

/*
 * Classify a few seconds of a port's output, starting anywhere. HDLC frames are
 * verified by their 16-bit check, M-Bus frames by their sum. Source: ISO/IEC
 * 13239, frame type 3; DLMS UA 1000-2, section 8.4; EN 13757-2, section 5.3.
 */
enum byte_kind bytes_kind(struct span bytes);

#endif
