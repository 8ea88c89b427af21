#include "fleet/slices.h"

const struct slice slices_none = { INT64_MAX, INT64_MIN };

struct slice slices_join(struct slice a, struct slice b)
{
	return (struct slice){ a.first < b.first ? a.first : b.first,
			       a.last > b.last ? a.last : b.last };
}

struct slice slices_widen(struct slice all, int64_t interval)
{
	int64_t past = slices_is_empty(all) ? 0 : all.last % interval;

	if (past > 0)
		all.last += interval - past;
	return all;
}

int64_t slices_end(struct slice all, int64_t data, int64_t span)
{
	int64_t from = data > all.first ? data : all.first;

	return from < all.last && all.last - from >= span ? from + span - 1
							  : all.last;
}

struct slice slices_first(struct slice all, int64_t end, int64_t next)
{
	if (next <= all.last)
		all.last = end;
	return all;
}

struct slice slices_rest(struct slice all, struct slice first)
{
	return first.last >= all.last
		       ? slices_none
		       : (struct slice){ first.last + 1, all.last };
}
