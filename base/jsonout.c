#include "base/jsonout.h"

#include <stdio.h>
#include <string.h>

#include "base/fixed.h"

static void put_bytes(struct jsonout *o, const char *p, size_t n)
{
	if (o->n + n < o->size)
		memcpy(o->buf + o->n, p, n);
	o->n += n;
}

static void put(struct jsonout *o, const char *text)
{
	put_bytes(o, text, strlen(text));
}

/* Write the comma and the key before a value. */
static void key(struct jsonout *o, const char *name)
{
	if (!o->opened)
		put(o, ",");
	o->opened = false;
	if (name == NULL)
		return;
	put(o, "\"");
	put(o, name);
	put(o, "\":");
}

void jsonout_open(struct jsonout *o, const char *name, char bracket)
{
	key(o, name);
	put_bytes(o, &bracket, 1);
	o->opened = true;
}

void jsonout_close(struct jsonout *o, char bracket)
{
	put_bytes(o, &bracket, 1);
	o->opened = false;
}

static void put_char(struct jsonout *o, char c)
{
	char escape[8];

	if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
		put_bytes(o, &c, 1);
		return;
	}
	if (c == '"' || c == '\\')
		snprintf(escape, sizeof(escape), "\\%c", c);
	else
		snprintf(escape, sizeof(escape), "\\u%04x", (unsigned char)c);
	put(o, escape);
}

void jsonout_text(struct jsonout *o, const char *name, struct span text)
{
	key(o, name);
	put(o, "\"");
	for (size_t i = 0; i < text.n; i++)
		put_char(o, text.p[i]);
	put(o, "\"");
}

void jsonout_whole(struct jsonout *o, const char *name, int64_t v)
{
	char buf[FIXED_TEXT];
	const size_t n = fixed_whole(buf, v);

	key(o, name);
	put_bytes(o, buf, n);
}

void jsonout_decimal(struct jsonout *o, const char *name, int64_t thousandths)
{
	char buf[FIXED_TEXT];

	key(o, name);
	put(o, fixed_format(buf, thousandths));
}

void jsonout_raw(struct jsonout *o, const char *name, const char *json)
{
	key(o, name);
	put(o, json);
}

size_t jsonout_end(struct jsonout *o)
{
	if (o->n >= o->size)
		return 0;
	o->buf[o->n] = '\0';
	return o->n;
}
