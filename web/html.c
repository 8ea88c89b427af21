#include "web/html.h"

#include "base/jsonout.h"
#include "base/printable.h"
#include "web/words.h"

/* The background colour of the page, as in web/page/style.css. */
#define BACKGROUND "#f4f6f8"

static const char *entity_of(char c)
{
	switch (c) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void html_text(FILE *out, struct span text)
{
	char piece[PRINTABLE_PIECE];

	while (text.n > 0) {
		size_t n = printable_next(&text, piece);
		const char *entity = n == 1 ? entity_of(piece[0]) : NULL;

		if (entity != NULL)
			fputs(entity, out);
		else
			fwrite(piece, 1, n, out);
	}
}

void html_begin(FILE *out, const struct words *w, const char *title)
{
	fprintf(out,
		"<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
		"<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width, "
		"initial-scale=1\">\n"
		"<meta name=\"color-scheme\" content=\"light dark\">\n"
		"<title>%s</title>\n"
		"<link rel=\"icon\" href=\"icon.svg\">\n"
		"<link rel=\"stylesheet\" href=\"style.css\">\n"
		"</head>\n<body>\n<main class=\"plain\">\n<h1>%s</h1>\n",
		w->language, title, title);
}

void html_end(FILE *out)
{
	fputs("</main>\n</body>\n</html>\n", out);
}

void html_host(FILE *out, const struct words *w, struct span name)
{
	html_begin(out, w, w->host_title);
	fprintf(out, "<p>%s</p>\n<p>%s</p>\n<pre>hosts = ", w->host_why,
		w->host_how);
	html_text(out, name);
	fprintf(out,
		"</pre>\n<p>%s</p>\n"
		"<pre>sudo systemctl restart p1logger-web</pre>\n",
		w->host_then);
	html_end(out);
}

/* web/page/icon.svg, so that a browser that reads the manifest asks no more. */
#define DRAWN_ICON                                                             \
	"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' "        \
	"viewBox='0 0 64 64'%3E%3Crect width='64' height='64' rx='14' "        \
	"fill='%231f63b0'/%3E%3Cpath d='M14 31 32 15l18 16v19H14z' "           \
	"fill='none' stroke='%23fff' stroke-width='4' "                        \
	"stroke-linejoin='round'/%3E%3Cpath d='m35 24-9 13h6l-3 9 9-13h-6z' "  \
	"fill='%23f2a73b'/%3E%3C/svg%3E"

static void icon(struct jsonout *o, const char *src, const char *sizes,
		 const char *type, const char *purpose)
{
	jsonout_open(o, NULL, '{');
	jsonout_text(o, "src", span_of(src));
	jsonout_text(o, "sizes", span_of(sizes));
	jsonout_text(o, "type", span_of(type));
	jsonout_text(o, "purpose", span_of(purpose));
	jsonout_close(o, '}');
}

void html_manifest(FILE *out, const struct words *w)
{
	char text[2048];
	struct jsonout o = jsonout(text, sizeof(text));

	jsonout_open(&o, NULL, '{');
	jsonout_text(&o, "name", span_of(w->title));
	jsonout_text(&o, "short_name", span_of(w->app));
	jsonout_text(&o, "lang", span_of(w->language));
	jsonout_text(&o, "id", SPAN("./"));
	jsonout_text(&o, "start_url", SPAN("./"));
	jsonout_text(&o, "scope", SPAN("./"));
	jsonout_text(&o, "display", SPAN("standalone"));
	jsonout_text(&o, "background_color", SPAN(BACKGROUND));
	jsonout_text(&o, "theme_color", SPAN(BACKGROUND));
	jsonout_open(&o, "icons", '[');
	icon(&o, DRAWN_ICON, "any", "image/svg+xml", "any");
	icon(&o, "icon.png", "512x512", "image/png", "maskable");
	jsonout_close(&o, ']');
	jsonout_close(&o, '}');
	fwrite(text, 1, jsonout_end(&o), out);
}
