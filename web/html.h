/*
 * Documents that p1web itself writes for people, besides the page and its
 * scripts.
 */
#ifndef WEB_HTML_H
#define WEB_HTML_H

#include <stdio.h>

#include "base/err.h"
#include "base/span.h"

struct request;
struct handler_data;
struct words;

/* Write a text, made printable, with <, >, & and quotes escaped. */
void html_text(FILE *out, struct span text);

/* Write everything before and after the content of <main>. */
void html_begin(FILE *out, const struct words *w, const char *title);
void html_end(FILE *out);

/*
 * Write the page for a host `name` that is not in the settings; the name is
 * left out if it is empty.
 */
void html_host(FILE *out, const struct words *w, struct span name);

/* Write the manifest, with which a browser can install the page. */
void html_manifest(FILE *out, const struct words *w);

#endif
