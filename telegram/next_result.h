/*
 * Results of waiting for telegrams. reader_next returns the first three of
 * them; its callers also return the others.
 */
#ifndef TELEGRAM_NEXT_RESULT_H
#define TELEGRAM_NEXT_RESULT_H

enum next {
	NEXT_WAITS,   /* nothing complete now: more bytes are needed */
	NEXT_READING, /* a reading; its spans are valid until the next call */
	NEXT_REFUSED, /* a telegram was refused, with the reason */
	NEXT_LOST,    /* the port was lost, and is being retried */
	NEXT_ENDED,   /* a file or pipe ended */
	NEXT_SIGNAL,  /* the program got a signal */
	NEXT_DUE,     /* the caller's deadline passed */
};

#endif
