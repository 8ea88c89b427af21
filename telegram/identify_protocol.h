/*
 * Identify the protocol of bytes that are not a telegram, to tell the user: a
 * meter may use another one on the same connector.
 */
#ifndef TELEGRAM_IDENTIFY_PROTOCOL_H
#define TELEGRAM_IDENTIFY_PROTOCOL_H

#include "base/span.h"

enum protocol {
	PROTOCOL_NOISE,	    /* unknown */
	PROTOCOL_P1,	    /* a telegram's header, or lines of one */
	PROTOCOL_ENCRYPTED, /* encrypted frames: telegram/decipher.h */
	PROTOCOL_UNTITLED,  /* the same after a plain header, without the title
			    needed for decryption: Poland's Elgama */
	PROTOCOL_HDLC,	    /* a DLMS push in HDLC frames, 7E A0 ... 7E; no
			    setting turns it into P1 */
	PROTOCOL_MBUS,	    /* long frames of wired M-Bus, 68 L L 68 ... 16; the
			    same plug in Austria, among others */
};

/*
 * Classify a few seconds of a port's output, starting anywhere. HDLC frames are
 * verified by their 16-bit check, M-Bus frames by their sum. Source: ISO/IEC
 * 13239, frame type 3; DLMS UA 1000-2, section 8.4; EN 13757-2, section 5.3.
 */
enum protocol protocol_of(struct span bytes);

#endif
