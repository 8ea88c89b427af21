#include "sim/random.h"

static uint64_t mix(uint64_t z)
{
	z += UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

uint64_t random_at(uint64_t seed, uint64_t stream, uint64_t n)
{
	return mix(mix(seed * UINT64_C(0xD1342543DE82EF95) + stream) + n);
}

int64_t random_from(uint64_t bits, int64_t low, int64_t high)
{
	return low + (int64_t)(bits % ((uint64_t)(high - low) + 1));
}

int64_t random_wander(uint64_t seed, uint64_t stream, int64_t t, int64_t period,
		      int64_t reach)
{
	int64_t n = t / period;
	int64_t a = random_from(random_at(seed, stream, (uint64_t)n), -reach,
				reach);
	int64_t b = random_from(random_at(seed, stream, (uint64_t)n + 1),
				-reach, reach);

	return a + (b - a) * (t % period) / period;
}
