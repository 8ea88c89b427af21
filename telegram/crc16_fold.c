#include "telegram/crc16_fold.h"

#if defined(__x86_64__) && !defined(CRC16_PORTABLE)

#include <immintrin.h>
#include <string.h>

/*
 * A register of 16 bytes is a polynomial whose highest power is the lowest bit.
 * To move it n bits forward, multiply it by x^n modulo the polynomial of the
 * CRC, each half by its own power. The product of two halves is one bit short of
 * 16 bytes, hence the odd powers: x^191 and x^127 move by 16 bytes, x^575 and
 * x^511 by 64. Source: V. Gopal et al., Fast CRC Computation for Generic
 * Polynomials Using PCLMULQDQ Instruction, Intel, 2009.
 */
#define X_127 ((long long)0xC100000000000000)
#define X_191 ((long long)0xCCD0000000000000)
#define X_511 ((long long)0x8101000000000000)
#define X_575 ((long long)0xC450000000000000)

bool crc16_can_fold(void)
{
	return __builtin_cpu_supports("pclmul");
}

__attribute__((target("pclmul"))) static __m128i move(__m128i r, __m128i powers)
{
	return _mm_xor_si128(_mm_clmulepi64_si128(r, powers, 0x00),
			     _mm_clmulepi64_si128(r, powers, 0x11));
}

static __m128i load(const unsigned char *p)
{
	__m128i r;

	memcpy(&r, p, sizeof(r));
	return r;
}

__attribute__((target("pclmul"))) static __m128i fold(__m128i r, __m128i powers,
						      const unsigned char *p)
{
	return _mm_xor_si128(move(r, powers), load(p));
}

/* Use four registers, which do not wait for each other. */
__attribute__((target("pclmul"))) void
crc16_fold(uint16_t crc, const unsigned char *p, size_t n,
	   unsigned char out[static FOLDED])
{
	const __m128i by_64 = _mm_set_epi64x(X_511, X_575);
	const __m128i by_16 = _mm_set_epi64x(X_127, X_191);
	__m128i a = _mm_xor_si128(load(p), _mm_cvtsi32_si128(crc));
	__m128i b = load(p + 16), c = load(p + 32), d = load(p + 48);

	for (p += 64, n -= 64; n >= 64; p += 64, n -= 64) {
		a = fold(a, by_64, p);
		b = fold(b, by_64, p + 16);
		c = fold(c, by_64, p + 32);
		d = fold(d, by_64, p + 48);
	}
	b = _mm_xor_si128(move(a, by_16), b);
	c = _mm_xor_si128(move(b, by_16), c);
	d = _mm_xor_si128(move(c, by_16), d);
	for (; n >= 16; p += 16, n -= 16)
		d = fold(d, by_16, p);
	memcpy(out, &d, sizeof(d));
}

#else

bool crc16_can_fold(void)
{
	return false;
}

void crc16_fold(uint16_t crc, const unsigned char *p, size_t n,
		unsigned char out[static FOLDED])
{
	(void)crc;
	(void)p;
	(void)n;
	(void)out;
}

#endif
