#include "graphs/theme.h"

#include <stddef.h>
#include <string.h>

#include "base/span.h"

/* clang-format off */
static const struct theme themes[] = {
	{ "light", {
		[TINT_CARD] = 0xffffff,        [TINT_INK] = 0x18212b,
		[TINT_SOFT] = 0x556270,        [TINT_GRID] = 0xe6eaee,
		[TINT_ZERO] = 0x8a95a1,        [TINT_GAP] = 0x8b96a2,
		[TINT_IMPORT] = 0x1f63b0,      [TINT_IMPORT_LOW] = 0x6097d3,
		[TINT_IMPORT_3] = 0x143f70,    [TINT_IMPORT_4] = 0x9dbfe4,
		[TINT_IMPORT_TEXT] = 0x1a5599, [TINT_IMPORT_PALE] = 0xc3d8ef,
		[TINT_EXPORT] = 0xcc7a00,      [TINT_EXPORT_TEXT] = 0x9a5600,
		[TINT_EXPORT_PALE] = 0xf3dcb4,
		[TINT_GAS] = 0xa2452c,         [TINT_WATER] = 0x0a7f86,
		[TINT_HEAT] = 0xb3316a,        [TINT_COLD] = 0x2c3a73,
	} },
	{ "dark", {
		[TINT_CARD] = 0x181e25,        [TINT_INK] = 0xe8edf2,
		[TINT_SOFT] = 0xa3afbc,        [TINT_GRID] = 0x29323c,
		[TINT_ZERO] = 0x76828f,        [TINT_GAP] = 0x75818e,
		[TINT_IMPORT] = 0x6aa9f0,      [TINT_IMPORT_LOW] = 0x3f74b4,
		[TINT_IMPORT_3] = 0xa9cff8,    [TINT_IMPORT_4] = 0x2f5685,
		[TINT_IMPORT_TEXT] = 0x7db5f5, [TINT_IMPORT_PALE] = 0x2b4666,
		[TINT_EXPORT] = 0xf2a73b,      [TINT_EXPORT_TEXT] = 0xf5b455,
		[TINT_EXPORT_PALE] = 0x5a4420,
		[TINT_GAS] = 0xe68a6b,         [TINT_WATER] = 0x45bfc4,
		[TINT_HEAT] = 0xf07fae,        [TINT_COLD] = 0xc9c6f5,
	} },
};
/* clang-format on */

const struct theme *theme_find(const char *name)
{
	for (size_t i = 0; i < COUNT(themes); i++)
		if (strcmp(themes[i].name, name) == 0)
			return &themes[i];
	return NULL;
}

uint32_t theme_mix(const struct theme *t, enum tint tint, uint32_t percent)
{
	uint32_t mixed = 0;

	for (int shift = 0; shift < 24; shift += 8) {
		uint32_t a = t->tint[tint] >> shift & 0xff;
		uint32_t b = t->tint[TINT_CARD] >> shift & 0xff;

		mixed |= (a * percent + b * (100 - percent) + 50) / 100
			 << shift;
	}
	return mixed;
}
