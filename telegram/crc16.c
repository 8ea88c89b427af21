#include "telegram/crc16.h"

/*
 * A CRC is linear: the entry of a byte is the xor of the entries of its bits,
 * and these are one sequence, the register 1 shifted on bit by bit. So the
 * compiler makes the tables from one rule.
 */
#define STEP(c) ((c) >> 1 ^ ((c)&1 ? 0xA001 : 0))
#define BACK(c) (((c)&0x8000 ? ((c) ^ 0xA001) << 1 | 1 : (c) << 1) & 0xFFFF)

#define EIGHT(n, rule, first)                                                  \
	n##1 = rule(first), n##2 = rule(n##1), n##3 = rule(n##2),              \
	n##4 = rule(n##3), n##5 = rule(n##4), n##6 = rule(n##5),               \
	n##7 = rule(n##6), n##8 = rule(n##7)

enum {
	EIGHT(A, STEP, 1),
	EIGHT(B, STEP, A8),
	EIGHT(C, STEP, B8),
	EIGHT(D, STEP, C8),
	EIGHT(U, BACK, 0x8000),
};

#define BIT(i, k, v) ((i) >> (k)&1 ? (v) : 0)
#define ON(n, i)                                                               \
	(BIT(i, 7, n##1) ^ BIT(i, 6, n##2) ^ BIT(i, 5, n##3) ^                 \
	 BIT(i, 4, n##4) ^ BIT(i, 3, n##5) ^ BIT(i, 2, n##6) ^                 \
	 BIT(i, 1, n##7) ^ BIT(i, 0, n##8))
#define OFF(n, i)                                                              \
	(BIT(i, 0, n##1) ^ BIT(i, 1, n##2) ^ BIT(i, 2, n##3) ^                 \
	 BIT(i, 3, n##4) ^ BIT(i, 4, n##5) ^ BIT(i, 5, n##6) ^                 \
	 BIT(i, 6, n##7) ^ BIT(i, 7, n##8))

#define FOUR(entry, n, i)                                                      \
	entry(n, i), entry(n, (i) + 1), entry(n, (i) + 2), entry(n, (i) + 3)
#define SIXTEEN(entry, n, i)                                                   \
	FOUR(entry, n, i), FOUR(entry, n, (i) + 4), FOUR(entry, n, (i) + 8),   \
		FOUR(entry, n, (i) + 12)
#define SIXTY4(entry, n, i)                                                    \
	SIXTEEN(entry, n, i), SIXTEEN(entry, n, (i) + 16),                     \
		SIXTEEN(entry, n, (i) + 32), SIXTEEN(entry, n, (i) + 48)
#define TABLE(entry, n)                                                        \
	{                                                                      \
		SIXTY4(entry, n, 0), SIXTY4(entry, n, 64),                     \
			SIXTY4(entry, n, 128), SIXTY4(entry, n, 192)           \
	}

/* What a byte makes of the register, 0 to 3 bytes later. */
static const uint16_t later[4][256] = {TABLE(ON, A), TABLE(ON, B), TABLE(ON, C),
				       TABLE(ON, D)};
static const uint16_t before[256] = TABLE(OFF, U);

uint16_t crc16(uint16_t crc, const void *p, size_t n)
{
	const unsigned char *b = p;

	for (; n >= 4; n -= 4, b += 4)
		crc = later[3][(crc ^ b[0]) & 0xFF] ^
		      later[2][crc >> 8 ^ b[1]] ^ later[1][b[2]] ^
		      later[0][b[3]];
	for (; n > 0; n--)
		crc = (uint16_t)(crc >> 8 ^ later[0][(crc ^ *b++) & 0xFF]);
	return crc;
}

uint16_t crc16_undo(uint16_t crc, unsigned char byte)
{
	return (uint16_t)(crc << 8 ^ before[crc >> 8] ^ byte);
}
