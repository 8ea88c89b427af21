#include "sim/dialect.h"

#include <string.h>

#include "base/utc.h"
#include "sim/line.h"
#include "sim/line_macros.h"

/* clang-format off */

#define NL_DEVICES \
	{ "G00330000########", "W00220000########", "H00110000########" }

const struct dialect dialects[] = {
	{
		.name = "nl22", .about = "DSMR 2.2, the Netherlands",
		.header = "/KMP5 KA6U001660000022",
		.zone = { .base = HOUR_S },
		.interval = 10, .mbus_interval = HOUR_S,
		.baud = 9600, .seven_bits = 1,
		.day_tariff = 2, .day_from = 7, .day_to = 23,
		.id = " KA6U00166#######", .device_id = NL_DEVICES,
		.lines = &lines_nl22, .device_lines = &devices_mbus_nl22,
	},
	{
		.name = "nl30", .about = "DSMR 3.0, the Netherlands",
		.header = "/ISk5\\2MT382-1003",
		.zone = { .base = HOUR_S },
		.interval = 10, .mbus_interval = HOUR_S,
		.baud = 9600, .seven_bits = 1,
		.day_tariff = 2, .day_from = 7, .day_to = 23,
		.id = "ZABF00105########", .device_id = NL_DEVICES,
		.lines = &lines_nl30, .device_lines = &devices_mbus_nl30,
	},
	{
		.name = "nl40", .about = "DSMR 4.0, the Netherlands",
		.header = "/XMX5LGBBFFB231000040", .crc = true,
		.zone = { .base = HOUR_S },
		.interval = 10, .mbus_interval = HOUR_S, .baud = 115200,
		.day_tariff = 2, .day_from = 7, .day_to = 23,
		.id = "E0004001#########", .device_id = NL_DEVICES,
		.lines = &lines_nl40, .device_lines = &devices_mbus_nl40,
	},
	{
		.name = "nl42", .about = "DSMR 4.2, the Netherlands",
		.header = "/KFM5KAIFA-METER", .crc = true,
		.zone = { .base = HOUR_S },
		.interval = 10, .mbus_interval = HOUR_S, .baud = 115200,
		.day_tariff = 2, .day_from = 7, .day_to = 23,
		.clock_was_reset = true,
		.id = "E0026000#########", .device_id = NL_DEVICES,
		.lines = &lines_nl42, .device_lines = &devices_mbus_nl50,
	},
	{
		.name = "nl50", .about = "DSMR 5.0 and ESMR 5, the Netherlands",
		.header = "/ISK5\\2M550T-1012", .crc = true,
		.zone = { .base = HOUR_S },
		.interval = 1, .mbus_interval = 300, .baud = 115200,
		.day_tariff = 2, .day_from = 7, .day_to = 23,
		.id = "E0044007#########", .device_id = NL_DEVICES,
		.lines = &lines_nl50, .device_lines = &devices_mbus_nl50,
	},
	{
		.name = "be", .about = "e-MUCS, Belgium",
		.header = "/FLU5\\253769484_A", .crc = true,
		.zone = { .base = HOUR_S },
		.interval = 1, .mbus_interval = 300, .baud = 115200,
		.day_tariff = 1, .day_from = 7, .day_to = 22,
		.id = "1SAG10########",
		.device_id = { "7FLO21########", "8SAG11########",
			       "6KAM31########" },
		.lines = &lines_be, .device_lines = &devices_mbus_be,
	},
	{
		.name = "lu", .about = "Smarty, Luxembourg",
		.header = "/Lux5\\253663629_D", .no_blank_line = true,
		.crc = true, .zone = { .base = HOUR_S },
		.interval = 10, .mbus_interval = HOUR_S, .baud = 115200,
		.day_tariff = 1, .day_from = 7, .day_to = 22,
		.id = "SAG10309000#####",
		.device_id = { "FLO189900######", "ELS353589######", "KAM3100#######" },
		.lines = &lines_lu, .device_lines = &devices_mbus_lu,
	},
	{
		.name = "se", .about = "Sweden: winter time all year",
		.header = "/ELL5\\253833635_A", .crc = true,
		.zone = { .base = HOUR_S, .winter = true },
		.interval = 10, .mbus_interval = HOUR_S, .baud = 115200,
		.day_tariff = 1, .day_from = 7, .day_to = 22,
		.id = "", .device_id = { "", "", "" },
		.lines = &lines_se, .device_lines = &devices_mbus_none,
	},
	{
		.name = "fi", .about = "Finland, Aidon: two hours ahead of UTC",
		.header = "/ADN9 6534", .crc = true,
		.zone = { .base = 2 * HOUR_S },
		.interval = 10, .mbus_interval = HOUR_S, .baud = 115200,
		.day_tariff = 1, .day_from = 7, .day_to = 22,
		.id = "", .device_id = { "", "", "" },
		.lines = &lines_se, .device_lines = &devices_mbus_none,
	},
	{
		.name = "hu", .about = "Hungary: FF bytes, a second slash",
		.header = "/HLY5/D545-METER", .crc = true,
		.zone = { .base = HOUR_S },
		.interval = 10, .mbus_interval = HOUR_S, .baud = 115200,
		.day_tariff = 1, .day_from = 7, .day_to = 22,
		.plain_id = true, .id = "99032#####", .device_id = { "", "", "" },
		.lines = &lines_hu, .device_lines = &devices_mbus_none,
	},
	{
		.name = "lt", .about = "Lithuania: kV, kA, kHz",
		.header = "/ESO5\\\\253710000_A", .crc = true,
		.zone = { .base = 2 * HOUR_S },
		.interval = 10, .mbus_interval = HOUR_S, .baud = 115200,
		.day_tariff = 1, .day_from = 7, .day_to = 23,
		.id = "", .device_id = { "", "", "" },
		.lines = &lines_lt, .device_lines = &devices_mbus_none,
	},
	{
		.name = "at", .about = "Austria: Wh without decimals",
		.header = "/EST5\\253710000_A", .crc = true,
		.zone = { .base = HOUR_S },
		.interval = 5, .mbus_interval = HOUR_S, .baud = 115200,
		.day_tariff = 1, .day_from = 6, .day_to = 22,
		.id = "", .device_id = { "", "", "" },
		.lines = &lines_at, .device_lines = &devices_mbus_none,
	},
	{
		.name = "ch", .about = "Switzerland: registers 1-1:",
		.header = "/GRE5\\\\253769484_A", .crc = true,
		.zone = { .base = HOUR_S },
		.interval = 5, .mbus_interval = HOUR_S, .baud = 115200,
		.day_tariff = 1, .day_from = 7, .day_to = 21,
		.id = "SAG10######", .device_id = { "", "", "" },
		.lines = &lines_ch, .device_lines = &devices_mbus_none,
	},
	{
		.name = "de", .about = "Germany, EasyMeter: seven decimals",
		.header = "/ESY5Q3DB1024 V3.04",
		.zone = { .base = HOUR_S },
		.interval = 2, .mbus_interval = HOUR_S,
		.baud = 9600, .seven_bits = 1,
		.day_tariff = 1, .day_from = 7, .day_to = 22,
		.plain_id = true, .id = "1ESY13130#####", .device_id = { "", "", "" },
		.lines = &lines_de, .device_lines = &devices_mbus_none,
	},
	{
		.name = "ebz", .about = "Germany, eBZ: power drawn minus returned",
		.header = "/EBZ5DD32R10ETA_107",
		.zone = { .base = HOUR_S },
		.interval = 1, .mbus_interval = HOUR_S,
		.baud = 9600, .seven_bits = 1,
		.day_tariff = 1, .day_from = 7, .day_to = 22,
		.plain_id = true, .id = "1EBZ01000#####", .device_id = { "", "", "" },
		.lines = &lines_ebz, .device_lines = &devices_mbus_none,
	},
	{
		.name = "ie", .about = "Iskraemeco IE.5: UTC in winter",
		.header = "/ISk5\\2MIE5T-200", .crc = true,
		.zone = { .base = 0 },
		.interval = 10, .mbus_interval = HOUR_S, .baud = 115200,
		.day_tariff = 2, .day_from = 8, .day_to = 23,
		.plain_id = true, .id = "09610", .device_id = { "", "", "" },
		.lines = &lines_ie, .device_lines = &devices_mbus_none,
	},
	{
		.name = "ace4000", .about = "Actaris ACE4000: 24 gas readings in a ring",
		.header = "/ACE0\\3k260V01.18",
		.zone = { .base = HOUR_S },
		.interval = 10, .mbus_interval = HOUR_S,
		.baud = 9600, .seven_bits = 1,
		.day_tariff = 2, .day_from = 7, .day_to = 23,
		.plain_id = true, .id = "3005#######01234",
		.device_id = { "8765####", "", "" },
		.lines = &lines_ace4000, .device_lines = &devices_mbus_ace4000,
	},
	{
		.name = "heat", .about = "WarmteLink: heat, no electricity",
		.header = "/NWA-WARMTELINK", .crc = true, .short_crc = true,
		.zone = { .base = HOUR_S }, .always = 1 << DISPLAY_HEAT,
		.interval = 10, .mbus_interval = 300, .baud = 115200,
		.day_tariff = 2, .day_from = 7, .day_to = 23,
		.plain_id = true, .id = "ADC31000001#####",
		.device_id = { "", "", "6218480#########" },
		.lines = &lines_heat, .device_lines = &devices_mbus_heat,
	},
};

/* clang-format on */

const size_t dialect_count = COUNT(dialects);

const struct dialect *dialect_find(const char *name)
{
	for (size_t i = 0; i < dialect_count; i++)
		if (strcmp(dialects[i].name, name) == 0)
			return &dialects[i];
	return NULL;
}

bool dialect_carries(const struct dialect *d, enum display_medium medium)
{
	for (size_t i = 0; i < d->device_lines->count; i++)
		if (d->device_lines->line[i].media >> medium & 1)
			return true;
	return false;
}

int64_t power_of_ten(int n)
{
	int64_t v = 1;

	while (n-- > 0)
		v *= 10;
	return v;
}

static bool line_tells(const struct sent_line *l, enum display_item item)
{
	switch (l->kind) {
	case LINE_NUMBER:
	case LINE_PEAK:
		return l->item == item;
	case LINE_NET:
		return l->item == item || display_returned(l->item) == item;
	default:
		return false;
	}
}

struct resolution dialect_resolution(const struct dialect *d,
				     enum display_item item, int phases)
{
	struct resolution p = { 0 };

	if (display_phases[item] > phases)
		return p;
	for (size_t i = 0; i < d->lines->count; i++) {
		const struct sent_line *l = &d->lines->line[i];

		if (!line_tells(l, item))
			continue;
		p.step = power_of_ten(l->scale - l->decimals);
		p.wrap = power_of_ten(l->whole + l->scale);
	}
	return p;
}
