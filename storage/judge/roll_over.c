#include "storage/judge/roll_over.h"

int64_t roll_over_end(int64_t value)
{
	const int64_t longest = INT64_C(1000000000000000000);
	int64_t end = 100000000;

	while (end <= value && end < longest)
		end *= 10;
	return end;
}

bool roll_over_is_near(int64_t value)
{
	int64_t end = roll_over_end(value);

	return value >= end - end / 100;
}

bool roll_over_between(int64_t before, int64_t after)
{
	return roll_over_is_near(before) &&
	       after <= roll_over_end(before) / 100;
}
