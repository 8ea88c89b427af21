/*
 * SIMD within a register (SWAR): eight characters as one number, the first in
 * its lowest byte, so that a few instructions examine all of them. In a result
 * that marks characters, the highest bit of the first marked byte is set; bits
 * above it mean nothing.
 */
#ifndef BASE_SWAR_H
#define BASE_SWAR_H

#include <stdint.h>

/* Eight times the same character. */
#define EIGHT(c) (UINT64_C(0x0101010101010101) * (c))

/* The characters p[0] to p[7]; compilers make it one load. */
static inline uint64_t swar_at(const char *p)
{
#define AT(i) ((uint64_t)(unsigned char)p[i] << 8 * (i))
	return AT(0) | AT(1) | AT(2) | AT(3) | AT(4) | AT(5) | AT(6) | AT(7);
#undef AT
}

/* Marks the first character below `least`, which is at most 128. */
static inline uint64_t swar_below(uint64_t text, unsigned char least)
{
	return (text - EIGHT(least)) & ~text & EIGHT(0x80);
}

/* The values of digits; a larger value stands for another character. */
static inline uint64_t swar_digits(uint64_t text)
{
	return text ^ EIGHT('0');
}

/* Marks the first of swar_digits that is not a digit. */
static inline uint64_t swar_no_digit(uint64_t digits)
{
	return ((digits + EIGHT(0x7F - 9)) | digits) & EIGHT(0x80);
}

/* The position of the marked character; `marks` is not 0. */
static inline unsigned swar_first(uint64_t marks)
{
	return (unsigned)__builtin_ctzll(marks) / 8;
}

/* Four numbers of two digits each, 16 bits apart. */
static inline uint64_t swar_pairs(uint64_t digits)
{
	return (digits * 10 + (digits >> 8)) & UINT64_C(0x00FF00FF00FF00FF);
}

#endif
