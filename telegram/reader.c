#include "telegram/reader.h"

#include <stdlib.h>
#include <string.h>

#include "telegram/country_utc_offset.h"
#include "telegram/crc16.h"
#include "telegram/endline.h"
#include "telegram/parse.h"

struct reader {
	struct framer *framer;
	struct reader_tally tally;
	bool proven;		       /* a telegram of this stream had a CRC */
	bool minus;		       /* a telegram printed returned power
					  as negative */
	int base;		       /* of the last telegram, unless
					  configured */
	struct reader_options options; /* its keys point to `keys` */
	struct cipher_keys keys;
	char plain[CIPHER_FRAME_MAX]; /* last telegram decrypted */
};

struct reader *reader_new(void)
{
	struct reader *rd = calloc(1, sizeof(*rd));

	if (rd == NULL)
		return NULL;
	rd->framer = framer_new();
	if (rd->framer == NULL) {
		reader_free(rd);
		return NULL;
	}
	return rd;
}

void reader_free(struct reader *rd)
{
	if (rd == NULL)
		return;
	framer_free(rd->framer);
	explicit_bzero(rd, sizeof(*rd));
	free(rd);
}

void reader_set(struct reader *rd, const struct reader_options *o)
{
	rd->options = *o;
	rd->keys = o->keys != NULL ? *o->keys : (struct cipher_keys){ 0 };
}

size_t reader_push(struct reader *rd, const void *bytes, size_t n)
{
	return framer_push(rd->framer, bytes, n);
}

void reader_end(struct reader *rd)
{
	framer_end(rd->framer);
}

const struct reader_tally *reader_tally(const struct reader *rd)
{
	return &rd->tally;
}

/*
 * Does it end with '!' and a line end, rather than with a CRC whose digits are
 * damaged?
 */
static bool ends_bare(struct span text)
{
	if (text.n == 0 || text.p[text.n - 1] != '\n')
		return false;
	text.n--;
	if (text.n > 0 && text.p[text.n - 1] == '\r')
		text.n--;
	return text.n > 0 && text.p[text.n - 1] == '!';
}

/*
 * DSMR 2.2 and 3.0 have no CRC and print neither version nor time; every other
 * meter prints at least one. Among those that print only a time, Iskraemeco's
 * IE.7 has no CRC either.
 */
static bool may_lack_crc(struct span text, const struct reading *r)
{
	const uint64_t imports =
		UINT64_C(1) << Q_IMPORT_TOTAL | UINT64_C(1) << Q_IMPORT_T1 |
		UINT64_C(1) << Q_IMPORT_T2 | UINT64_C(1) << Q_IMPORT_T3 |
		UINT64_C(1) << Q_IMPORT_T4;

	if (r->prints_version || (r->prints_time && !ends_bare(text)))
		return false;
	return (r->have & imports) != 0;
}

static enum next refuse(struct reader *rd, enum refusal reason,
			enum refusal *why)
{
	rd->tally.refused[reason]++;
	*why = reason;
	return NEXT_REFUSED;
}

static enum next accept(struct reader *rd, struct reading *r,
			enum crc_state crc)
{
	r->crc = crc;
	rd->tally.accepted++;
	return NEXT_READING;
}

/*
 * The country may be known only after a telegram was read, but it is the same
 * in all telegrams of a meter.
 */
static bool parse(struct reader *rd, struct span text, struct reading *r)
{
	const struct reader_options *o = &rd->options;
	const int base = o->base_known ? o->base : rd->base;

	if (!telegram_parse(text, base, r))
		return false;
	if (!o->base_known)
		rd->base = country_utc_offset(r->header, r->kilovolts);
	if (!o->base_known && rd->base != base)
		telegram_parse(text, rd->base, r);
	rd->minus = rd->minus || r->minus;
	if (rd->minus)
		telegram_no_minus(r);
	return true;
}

static enum next read_bare(struct reader *rd, const struct frame *f,
			   struct reading *r, enum refusal *why)
{
	if (!rd->proven && parse(rd, f->bytes, r) && may_lack_crc(f->bytes, r))
		return accept(rd, r, CRC_NONE);
	return refuse(rd, f->open ? REFUSED_CUT : REFUSED_NO_CRC, why);
}

static enum next read_proven(struct reader *rd, const struct frame *f,
			     struct reading *r, enum refusal *why)
{
	rd->proven = true;
	if (!parse(rd, f->bytes, r))
		return refuse(rd, REFUSED_SYNTAX, why);
	return accept(rd, r, CRC_OK);
}

/* Truncate *text after its CRC. Returns false if that is missing or wrong. */
static bool has_right_crc(struct span *text)
{
	for (size_t bang = text->n; bang-- > 0;) {
		struct end_line e;

		if (text->p[bang] != '!')
			continue;
		e = end_line_at(*text, bang, true);
		if (!e.is || e.digits == 0)
			continue;
		text->n = e.next;
		return crc16(0, text->p, bang + 1) == e.crc;
	}
	return false;
}

/*
 * Decrypting with a wrong key gives noise. A text that starts like a telegram
 * was encrypted with our key, and is handled like any other.
 */
static enum next read_cipher(struct reader *rd, const struct frame *f,
			     struct reading *r, enum refusal *why)
{
	struct frame plain = { .kind = FRAME_GOOD };

	if (rd->options.keys == NULL ||
	    decipher(&rd->keys, f->bytes, rd->plain, sizeof(rd->plain),
		     &plain.bytes) != DECIPHERED ||
	    !header_starts(plain.bytes))
		return refuse(rd, REFUSED_CIPHER, why);
	framer_took(rd->framer);
	if (!has_right_crc(&plain.bytes))
		return refuse(rd, REFUSED_CRC, why);
	return read_proven(rd, &plain, r, why);
}

enum next reader_next(struct reader *rd, struct reading *r, enum refusal *why)
{
	struct frame f = framer_next(rd->framer);

	switch (f.kind) {
	case FRAME_GOOD:
		return read_proven(rd, &f, r, why);
	case FRAME_CIPHER:
		return read_cipher(rd, &f, r, why);
	case FRAME_BARE:
		return read_bare(rd, &f, r, why);
	case FRAME_REFUSED:
		return refuse(rd, f.why, why);
	case FRAME_NONE:
		break;
	}
	return NEXT_WAITS;
}
