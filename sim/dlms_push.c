#include "sim/dlms_push.h"

#include <string.h>

#include "base/span.h"

enum {
	FLAG = 0x7E,
	FORMAT = 0xA0, /* type 3; the length is in the low 11 bits */
	LENGTH = 2,    /* bytes */
	CHECK = 2,
	/* COSEM data types */
	ARRAY = 0x01,
	STRUCTURE = 0x02,
	UINT32 = 0x06,
	OCTETS = 0x09,
	INT8 = 0x0F,
	ENUM = 0x16,
};

/* A register: its reference A-B:C.D.E, and its unit in COSEM's numbers. */
static const struct {
	enum display_item item;
	uint8_t c, d, unit;
	int8_t scaler; /* power of ten to multiply by */
} registers[] = {
	{ DISPLAY_POWER_IMPORT, 1, 7, 27, 0 },
	{ DISPLAY_POWER_EXPORT, 2, 7, 27, 0 },
	{ DISPLAY_IMPORT_TOTAL, 1, 8, 30, 0 },
	{ DISPLAY_EXPORT_TOTAL, 2, 8, 30, 0 },
	{ DISPLAY_VOLTAGE_L1, 32, 7, 35, -3 },
	{ DISPLAY_VOLTAGE_L2, 52, 7, 35, -3 },
	{ DISPLAY_VOLTAGE_L3, 72, 7, 35, -3 },
	{ DISPLAY_CURRENT_L1, 31, 7, 33, -3 },
	{ DISPLAY_CURRENT_L2, 51, 7, 33, -3 },
	{ DISPLAY_CURRENT_L3, 71, 7, 33, -3 },
};

struct out {
	uint8_t *begin, *p;
};

static void put(struct out *o, uint8_t byte)
{
	*o->p++ = byte;
}

static void put_all(struct out *o, const uint8_t *bytes, size_t n)
{
	memcpy(o->p, bytes, n);
	o->p += n;
}

/* Append the CRC-16/X-25 of everything since the flag, low byte first. */
static void put_check(struct out *o)
{
	unsigned crc = 0xFFFF;

	for (const uint8_t *p = o->begin + 1; p < o->p; p++) {
		crc ^= *p;
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0x8408 : 0);
	}
	crc = ~crc;
	put(o, (uint8_t)(crc & 0xFF));
	put(o, (uint8_t)(crc >> 8 & 0xFF));
}

/* { reference, value, { scaler, unit } } */
static void put_register(struct out *o, size_t i, int64_t v)
{
	/* clang-format off */
	const uint8_t parts[] = {
		STRUCTURE, 3,
		OCTETS, 6, 1, 0, registers[i].c, registers[i].d, 0, 255,
		UINT32, (uint8_t)(v >> 24 & 0xFF), (uint8_t)(v >> 16 & 0xFF),
		(uint8_t)(v >> 8 & 0xFF), (uint8_t)(v & 0xFF),
		STRUCTURE, 2,
		INT8, (uint8_t)registers[i].scaler, ENUM, registers[i].unit,
	};
	/* clang-format on */

	put_all(o, parts, sizeof(parts));
}

size_t dlms_push_frame(const struct display *f,
		       uint8_t out[static DLMS_PUSH_SIZE])
{
	/* addresses and control; not segmented, no response requested */
	static const uint8_t head[] = { 0x41, 0x08, 0x83, 0x13 };
	/* LLC; a data-notification with number and without date */
	static const uint8_t body[] = { 0xE6, 0xE7, 0x00, 0x0F, 0x40,
					0x00, 0x00, 0x00, 0x00 };
	const size_t one = 21, n = LENGTH + sizeof(head) + CHECK +
				   sizeof(body) + 2 + one * COUNT(registers) +
				   CHECK;
	struct out o = { out, out };

	put(&o, FLAG);
	put(&o, (uint8_t)(FORMAT + (n >> 8)));
	put(&o, (uint8_t)(n & 0xFF));
	put_all(&o, head, sizeof(head));
	put_check(&o);
	put_all(&o, body, sizeof(body));
	put(&o, ARRAY);
	put(&o, COUNT(registers));
	for (size_t i = 0; i < COUNT(registers); i++)
		put_register(&o, i, f->value[registers[i].item]);
	put_check(&o);
	put(&o, FLAG);
	return (size_t)(o.p - out);
}
