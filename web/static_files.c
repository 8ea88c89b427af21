#include "web/static_files.h"

#include <stdbool.h>
#include <string.h>

#include "base/span.h"

enum { FILE_MAX = 4 << 20 };

/* Embed files of web/static_files, one after the other, at build time. */
#define FILE_OF_PAGE(file) ".incbin \"web/page/" file "\"\n"
#define EMBED(name, files)                                                     \
	__asm__(".section .rodata\n"                                           \
		".global page_" #name "\n.global page_" #name "_end\n"         \
		"page_" #name ":\n" files "page_" #name                        \
		"_end:\n.byte 0\n.previous\n");                                \
	extern const char page_##name[] __attribute__((visibility("hidden"))); \
	extern const char page_##name##_end[]                                  \
		__attribute__((visibility("hidden")))

EMBED(index, FILE_OF_PAGE("index.html"));
EMBED(login, FILE_OF_PAGE("login.html"));
/* One script, so that the page needs few requests. */
EMBED(app,
      FILE_OF_PAGE("format.js") FILE_OF_PAGE("now.js") FILE_OF_PAGE("chart.js")
	      FILE_OF_PAGE("history.js") FILE_OF_PAGE("app.js"));
EMBED(words, FILE_OF_PAGE("words.js"));
EMBED(style, FILE_OF_PAGE("style.css"));
EMBED(openapi, FILE_OF_PAGE("openapi.json"));

#define BUILT_IN(name) page_##name, page_##name##_end
#define DYGRAPHS "/usr/share/javascript/dygraphs/"

static const char html[] = "text/html; charset=utf-8";
static const char js[] = "text/javascript; charset=utf-8";
static const char css[] = "text/css; charset=utf-8";

static const struct file {
	const char *path, *type;
	const char *begin, *end; /* or: */
	const char *file;
} files[] = {
	{ "/", html, BUILT_IN(index), NULL },
	{ "/current-usage", html, BUILT_IN(index), NULL },
	{ "/login", html, BUILT_IN(login), NULL },
	{ "/app.js", js, BUILT_IN(app), NULL },
	{ "/words.js", js, BUILT_IN(words), NULL },
	{ "/style.css", css, BUILT_IN(style), NULL },
	{ "/api/v1/openapi.json", "application/json", BUILT_IN(openapi), NULL },
	{ "/dygraph.js", js, NULL, NULL, DYGRAPHS "dygraph.min.js" },
	{ "/dygraph.css", css, NULL, NULL, DYGRAPHS "dygraph.min.css" },
};

static const struct file *find(const char *path)
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

static int copy(const char *path, FILE *out, struct err *e)
{
	FILE *in = fopen(path, "re");
	char buf[8192];
	size_t n, all = 0;

	if (in == NULL)
		return err_set(e, ERR_ABSENT, "not installed");
	do {
		n = fread(buf, 1, sizeof(buf), in);
		all += fwrite(buf, 1, n, out);
	} while (n == sizeof(buf) && all < FILE_MAX);
	fclose(in);
	return 0;
}

int static_files_write(const char *path, FILE *out, struct err *e)
{
	const struct file *f = find(path);

	if (f == NULL)
		return err_set(e, ERR_ABSENT, "no such page");
	if (f->file != NULL)
		return copy(f->file, out, e);
	fwrite(f->begin, 1, (size_t)(f->end - f->begin), out);
	return 0;
}
