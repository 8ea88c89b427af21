/*
 * Reproducible randomness: each number is a function of the seed, a stream (its
 * purpose) and n (an index, often a time). So a household can be observed from
 * any time on, and is the same on every machine.
 */
#ifndef SIM_RANDOM_H
#define SIM_RANDOM_H

#include <stdint.h>

/* 64 uniform bits. Mixer: SplitMix64 (Steele, Lea, Flood 2014). */
uint64_t random_at(uint64_t seed, uint64_t stream, uint64_t n);

/* A whole number from low to high, inclusive; low <= high. */
int64_t random_from(uint64_t bits, int64_t low, int64_t high);

/*
 * A curve between -reach and reach: random at every multiple of `period`,
 * linear in between. t >= 0, period > 0.
 */
int64_t random_wander(uint64_t seed, uint64_t stream, int64_t t, int64_t period,
		      int64_t reach);

#endif
