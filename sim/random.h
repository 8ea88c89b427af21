/*
 * Chance that can be asked again: every number is a function of the seed, of a
 * stream (what it is for) and of n (which one, often a time). So a household
 * can be looked at from any moment on, and is the same on every machine.
 */
#ifndef SIM_RANDOM_H
#define SIM_RANDOM_H

#include <stdint.h>

/* 64 even bits. Mixer: SplitMix64 (Steele, Lea, Flood 2014). */
uint64_t random_at(uint64_t seed, uint64_t stream, uint64_t n);

/* The same as a whole number from low to high, both included; low <= high. */
int64_t random_from(uint64_t bits, int64_t low, int64_t high);

/*
 * A line that wanders between -reach and reach: chance at every multiple of
 * `period`, straight in between. t >= 0, period > 0.
 */
int64_t random_wander(uint64_t seed, uint64_t stream, int64_t t, int64_t period,
		      int64_t reach);

#endif
