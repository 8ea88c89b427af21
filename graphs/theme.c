#include "graphs/theme.h"

#include <stddef.h>
#include <string.h>

#include "base/span.h"

/* clang-format off */
static const struct theme themes[] = {
	{ .name = "light",
	  .back = 0xffffffff,
	  .text = 0x2b323bff, .muted = 0x737b87ff,
	  .grid = 0x1018281a, .zero = 0x10182880,
	  .gap = 0x1018280c,
	  .hue = {
		[HUE_IMPORT] = { 0x2f6fb7ff, 0x86b4e2ff, 0x1d4675ff, 0xb9d3eeff },
		[HUE_EXPORT] = { 0xe69f00ff, 0xf3cb72ff, 0xa87400ff, 0xf8e0adff },
		[HUE_GAS]    = { 0xcf5f3bff, 0xe8a48dff, 0x8f3c21ff, 0xf1c9bbff },
		[HUE_WATER]  = { 0x1f9aa0ff, 0x7ecbcfff, 0x10686cff, 0xb3e0e2ff },
		[HUE_HEAT]   = { 0xb0487aff, 0xd694b3ff, 0x792c52ff, 0xe7c1d2ff },
	  } },
	{ .name = "dark",
	  .back = 0x15181eff,
	  .text = 0xdfe4ecff, .muted = 0x8c95a3ff,
	  .grid = 0xffffff16, .zero = 0xffffff70,
	  .gap = 0xffffff0d,
	  .hue = {
		[HUE_IMPORT] = { 0x4f9be8ff, 0x2f629bff, 0x9cc8f5ff, 0x1f4165ff },
		[HUE_EXPORT] = { 0xf2b134ff, 0xa0731aff, 0xf9d68fff, 0x6b4d12ff },
		[HUE_GAS]    = { 0xe77a55ff, 0x9c4c31ff, 0xf4b29bff, 0x683322ff },
		[HUE_WATER]  = { 0x38b8beff, 0x217377ff, 0x8edbdfff, 0x174e51ff },
		[HUE_HEAT]   = { 0xd66a9cff, 0x8d4366ff, 0xebaac7ff, 0x5e2d44ff },
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

uint32_t theme_pale(const struct theme *t, uint32_t colour)
{
	uint32_t mixed = 0xff;

	for (int shift = 8; shift < 32; shift += 8) {
		uint32_t a = colour >> shift & 0xff;
		uint32_t b = t->back >> shift & 0xff;

		mixed |= (a * 2 + b * 3) / 5 << shift;
	}
	return mixed;
}
