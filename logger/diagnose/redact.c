#include "logger/diagnose/redact.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "logger/diagnose/public_form.h"
#include "telegram/crc16.h"
#include "telegram/lines.h"
#include "telegram/obis_code.h"
#include "telegram/obis_description.h"

#define ENDS_LINE " \n'" /* characters that end a name in a sentence */
#define ENDS ":;," ENDS_LINE

enum {
	SERIAL_DIGITS = 5, /* digits in a word of a header, at least */
	SERIAL_WORD = 10,  /* consecutive letters and digits */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Length of the run of letters and digits. */
static size_t word_length(struct span s)
{
	size_t n = 0;

	while (n < s.n && isalnum((unsigned char)s.p[n]))
		n++;
	return n;
}

/* Length of the longest run of digits. */
static size_t longest_number(struct span s)
{
	size_t most = 0, n = 0;

	for (size_t i = 0; i < s.n; i++) {
		n = is_digit(s.p[i]) ? n + 1 : 0;
		most = n > most ? n : most;
	}
	return most;
}

/*
 * Mask a serial number in a word of the header: many consecutive digits, or a
 * long word with as many digits among letters. Everything after the first digit
 * is masked, which leaves the model of "XMX5LGBBLB2402915485".
 */
static void mask_word(char *p, size_t n)
{
	size_t digits = 0, at = 0;

	for (size_t i = 0; i < n; i++)
		digits += is_digit(p[i]);
	if (digits < SERIAL_DIGITS ||
	    (n < SERIAL_WORD &&
	     longest_number((struct span){ p, n }) < SERIAL_DIGITS))
		return;
	while (!is_digit(p[at]))
		at++;
	memset(p + at, '0', n - at);
}

/*
 * Mask the identification line except the manufacturer's letters and the speed
 * digit.
 */
static void mask_header(char *p, size_t n)
{
	enum { MAKER = 5 };

	for (size_t i = n < MAKER ? n : MAKER; i < n;) {
		size_t word = word_length((struct span){ p + i, n - i });

		mask_word(p + i, word);
		if (word == 0 && !isprint((unsigned char)p[i]) && p[i] != '\r')
			p[i] = 'X';
		i += word > 0 ? word : 1;
	}
}

static bool is_between_words(char c)
{
	return c == ' ' || c == '\r' || c == '\n' || ispunct((unsigned char)c);
}

/* Mask letters and digits outside of values. */
static void mask_all(char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_digit(p[i]))
			p[i] = '0';
		else if (!is_between_words(p[i]))
			p[i] = 'X';
}

static bool is_hex(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!isxdigit((unsigned char)s.p[i]))
			return false;
	return s.n > 0 && s.n % 2 == 0;
}

/*
 * Hexadecimal text becomes hexadecimal zeros, ending with the channel so that
 * two meters stay distinct.
 */
static void mask_value(char *p, size_t n, int channel)
{
	bool coded = is_hex((struct span){ p, n });

	for (size_t i = 0; i < n; i++) {
		if (coded)
			p[i] = i % 2 == 0 ? '3' : '0';
		else if (isalnum((unsigned char)p[i]) ||
			 !isprint((unsigned char)p[i]))
			p[i] = p[i] == '\r' || p[i] == '\n' ? p[i] : '0';
	}
	if (n > 1 && (coded || p[n - 1] == '0'))
		p[n - 1] = (char)('0' + channel);
}

/* Is it "*255" or ".255", or empty? */
static bool is_group_f(struct span s)
{
	enum { MOST = 4 };

	for (size_t i = 1; i < s.n; i++)
		if (!is_digit(s.p[i]))
			return false;
	return s.n <= MOST;
}

/* Restore the public parts of a line, with values masked accordingly. */
static void show_line(char *out, struct span text, const struct line *line)
{
	uint32_t obis = obis_parse(line->obis);
	int channel = obis != OBIS_NONE ? obis_channel(obis) % 10 : 0;
	struct span groups = line->groups, value;
	const char *form = public_form(obis_description_form(obis), groups);
	size_t end = (size_t)(groups.p - line->obis.p);
	char *to = out + (line->obis.p - text.p);

	if (obis != OBIS_NONE &&
	    is_group_f(span_skip((struct span){ line->obis.p, end },
				 line->obis.n)))
		memcpy(to, line->obis.p, end);
	for (int at = 0; telegram_group(&groups, &value); at++) {
		to = out + (value.p - text.p);
		memcpy(to, value.p, value.n);
		if (!public_form_fits(form, at, value))
			mask_value(to, value.n, channel);
	}
}

/* For a text without CRs, the CRC of the original line ends. */
static uint16_t crc_of(const char *p, size_t n)
{
	return memchr(p, '\r', n) != NULL ? crc16(0, p, n)
					  : crc16_restored(p, n);
}

/* Position of the final '!', or n. */
static size_t find_end(const char *p, size_t n)
{
	size_t i = n;

	while (i > 0 && p[i - 1] != '!')
		i--;
	return i > 0 ? i - 1 : n;
}

/* Recompute the CRC, if there is one; returns the length. */
static size_t seal(char *out, size_t bang, struct span end)
{
	struct span tail = span_skip(end, 1);
	char crc[8];
	size_t n = bang + 1;

	if (tail.n > 0 && isxdigit((unsigned char)*tail.p)) {
		snprintf(crc, sizeof(crc), "%04X", (unsigned)crc_of(out, n));
		memcpy(out + n, crc, 4);
		n += 4;
	}
	for (size_t i = 0; i < tail.n; i++)
		if (tail.p[i] == '\r' || tail.p[i] == '\n')
			out[n++] = tail.p[i];
	return n;
}

size_t redact_telegram(struct span text, char *out)
{
	size_t bang = find_end(text.p, text.n);
	struct span rest = { text.p, bang }, head = rest;
	struct line line;

	memcpy(out, text.p, bang);
	span_cut(&rest, '\n', &head);
	mask_header(out, head.n);
	mask_all(out + head.n, bang - head.n);
	while (telegram_line(&rest, &line))
		show_line(out, text, &line);
	if (bang == text.n)
		return bang;
	out[bang] = '!';
	return seal(out, bang, span_skip(text, bang));
}

static void zero(char *p, const char *end)
{
	for (; p < end; p++)
		if (isalnum((unsigned char)*p))
			*p = '0';
}

/* "usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0": mask after the last '_'. */
static char *mask_adapter(char *name)
{
	char *end = name + strcspn(name, ENDS), *from;
	char *face = strstr(name, "-if");

	if (face != NULL && face < end)
		end = face;
	for (from = end; from > name && from[-1] != '_';)
		from--;
	zero(from, end);
	return end;
}

/* "house.example.org:2001", "[2001:db8::1]:2001": mask up to the port. */
static char *mask_host(char *name)
{
	char *end = name + strcspn(name, *name == '[' ? "]" ENDS_LINE : ENDS);

	zero(name, end);
	return end;
}

/* "alice/p1.ini" */
static char *mask_user(char *name)
{
	char *end = name + strcspn(name, "/" ENDS);

	zero(name, end);
	return end;
}

void redact_names(char *text)
{
	static const struct {
		const char *lead;
		char *(*mask)(char *name);
	} kinds[] = {
		{ "/by-id/", mask_adapter },
		{ "tcp://", mask_host },
		{ "/home/", mask_user },
	};

	for (size_t i = 0; i < COUNT(kinds); i++) {
		char *at = text;

		while ((at = strstr(at, kinds[i].lead)) != NULL)
			at = kinds[i].mask(at + strlen(kinds[i].lead));
	}
}
