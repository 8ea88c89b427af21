#include "sim/mbus_device.h"

#include "base/utc.h"

/* Number of small parts per dm3 or MJ. */
static const int64_t parts[DISPLAY_MEDIA] = {
	[DISPLAY_GAS] = 33480, /* 9.3 kWh/m3 after boiler losses */
	[DISPLAY_WATER] = 1000,
	[DISPLAY_HEAT] = 1000000,
};

void mbus_device_init(struct mbus_device *d, enum display_medium medium,
		      int64_t value, int64_t every, int64_t offset)
{
	*d = (struct mbus_device){
		.shown.medium = medium,
		.amount = value * parts[medium],
		.every = every,
		.offset = offset,
	};
}

void mbus_device_count(struct mbus_device *d, int64_t amount)
{
	d->amount += amount;
}

int64_t mbus_device_last(const struct mbus_device *d, int64_t utc)
{
	return (utc - d->offset) / d->every * d->every + d->offset;
}

void mbus_device_report(struct mbus_device *d, int64_t utc)
{
	d->shown.has_value = true;
	d->shown.utc = utc;
	d->shown.value = d->amount / parts[d->shown.medium];
	d->shown.past[utc / HOUR_S % DISPLAY_RING] =
		(struct display_past){ utc, d->shown.value };
}
