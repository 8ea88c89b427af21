#include "web/static_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/span.h"
#include "web/compress.h"
#include "web/etag.h"
#include "web/response_body.h"

enum { FILE_MAX = 4 << 20 };

#ifndef PAGE_BUILT /* the Makefile joins the scripts there */
#define PAGE_BUILT "build/page/"
#endif

/* Embed a file at build time. */
#define EMBED(name, file)                                                      \
	__asm__(".section .rodata\n"                                           \
		".global page_" #name "\n.global page_" #name "_end\n"         \
		"page_" #name ":\n.incbin \"" file "\"\npage_" #name           \
		"_end:\n.byte 0\n.previous\n");                                \
	extern const char page_##name[] __attribute__((visibility("hidden"))); \
	extern const char page_##name##_end[]                                  \
		__attribute__((visibility("hidden")))

EMBED(index, "web/page/index.html");
EMBED(login, "web/page/login.html");
EMBED(icon, "web/page/icon.svg");
EMBED(icon_png, "web/page/icon.png");
EMBED(openapi, "web/page/openapi.json");
EMBED(app, PAGE_BUILT "app.js");
EMBED(style, PAGE_BUILT "style.css");

#define BUILT_IN(name) page_##name, page_##name##_end
#define DYGRAPHS "/usr/share/javascript/dygraphs/dygraph.min.js"

static const char html[] = "text/html; charset=utf-8";
static const char js[] = "text/javascript; charset=utf-8";
static const char css[] = "text/css; charset=utf-8";
static const char absent[] = "";

static struct file {
	const char *path, *type;
	const char *begin, *end;
	const char *debian; /* its file, if installed; NULL if built in */
	/* The file as it was read. */
	struct stat of;
	struct response_body *plain, *gzip; /* NULL: not yet */
} files[] = {
	{ .path = "/", html, BUILT_IN(index) },
	{ .path = "/current-usage", html, BUILT_IN(index) },
	{ .path = "/login", html, BUILT_IN(login) },
	{ .path = "/app.js", js, BUILT_IN(app) },
	{ .path = "/style.css", css, BUILT_IN(style) },
	{ .path = "/dygraphs.js", js, absent, absent, DYGRAPHS },
	{ .path = "/icon.svg", "image/svg+xml", BUILT_IN(icon) },
	{ .path = "/icon.png", "image/png", BUILT_IN(icon_png) },
	{ .path = "/api/v1/openapi.json",
	  "application/json",
	  BUILT_IN(openapi) },
};

static struct file *find(const char *path)
{
	for (size_t i = 0; i < COUNT(files); i++)
		if (strcmp(files[i].path, path) == 0)
			return &files[i];
	return NULL;
}

const char *static_files_type(const char *path)
{
	const struct file *f = find(path);

	return f != NULL ? f->type : NULL;
}

static void copy(const char *path, FILE *out)
{
	FILE *in = fopen(path, "re");
	char buf[8192];
	size_t n, all = 0;

	if (in == NULL)
		return;
	do {
		n = fread(buf, 1, sizeof(buf), in);
		all += fwrite(buf, 1, n, out);
	} while (n == sizeof(buf) && all < FILE_MAX);
	fclose(in);
}

static struct response_body *body_with_etag(char *bytes, size_t n,
					    uint64_t etag, bool gzip)
{
	struct response_body *b =
		bytes != NULL ? response_body_of(bytes, n) : NULL;

	if (b != NULL) {
		b->etag = etag;
		b->gzip = gzip;
	}
	return b;
}

static void drop(struct file *f)
{
	response_body_drop(f->plain);
	response_body_drop(f->gzip);
	f->plain = f->gzip = NULL;
}

static void read_file(struct file *f)
{
	char *bytes = NULL;
	size_t n = 0, packed;
	FILE *out = open_memstream(&bytes, &n);

	if (out == NULL)
		return;
	if (f->debian != NULL)
		copy(f->debian, out);
	fwrite(f->begin, 1, (size_t)(f->end - f->begin), out);
	if (fclose(out) == 0)
		f->plain = body_with_etag(bytes, n, etag_of(bytes, n), false);
	else
		free(bytes);
	if (f->plain == NULL)
		return;
	bytes = compress_gzip(f->plain->bytes, n, COMPRESS_ONCE, &packed);
	f->gzip = body_with_etag(bytes, packed, f->plain->etag, true);
}

/* The library may be installed or updated while p1web runs. */
static bool is_current(struct file *f)
{
	struct stat now = { 0 };
	bool same;

	if (f->debian != NULL && stat(f->debian, &now) < 0)
		now = (struct stat){ 0 };
	same = now.st_ino == f->of.st_ino && now.st_dev == f->of.st_dev &&
	       now.st_size == f->of.st_size &&
	       now.st_mtim.tv_sec == f->of.st_mtim.tv_sec;
	f->of = now;
	return same && f->plain != NULL && f->gzip != NULL;
}

struct response_body *static_files_take(const char *path, bool gzip,
					struct err *e)
{
	struct file *f = find(path);

	if (f == NULL) {
		err_set(e, ERR_ABSENT, "no such page");
		return NULL;
	}
	if (!is_current(f)) {
		drop(f);
		read_file(f);
	}
	if (f->plain != NULL && f->gzip != NULL)
		return response_body_hold(
			gzip && f->gzip->n < f->plain->n ? f->gzip : f->plain);
	err_memory(e);
	return NULL;
}

void static_files_close(void)
{
	for (size_t i = 0; i < COUNT(files); i++)
		drop(&files[i]);
}
