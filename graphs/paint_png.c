#include "graphs/paint_png.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
enum { FORMAT = PNG_FORMAT_BGRA };
#else
enum { FORMAT = PNG_FORMAT_ARGB };
#endif

/*
 * Use no filters: a chart has large areas of one colour, and filters make the
 * file neither smaller nor faster to write (docs/decisions.md).
 */
int png_encode(cairo_surface_t *surface, struct image *out, struct err *e)
{
	png_image image = {
		.version = PNG_IMAGE_VERSION,
		.width = (png_uint_32)cairo_image_surface_get_width(surface),
		.height = (png_uint_32)cairo_image_surface_get_height(surface),
		.format = FORMAT,
		.flags = PNG_IMAGE_FLAG_FAST,
	};
	png_alloc_size_t n = PNG_IMAGE_PNG_SIZE_MAX(image);

	cairo_surface_flush(surface);
	*out = (struct image){ .bytes = malloc(n) };
	if (out->bytes == NULL)
		return err_memory(e);
	if (!png_image_write_to_memory(&image, out->bytes, &n, 0,
				       cairo_image_surface_get_data(surface),
				       cairo_image_surface_get_stride(surface),
				       NULL)) {
		drawing_free(out);
		return err_set(e, ERR_FAILED, "libpng: %s", image.message);
	}
	out->n = n;
	return 0;
}
