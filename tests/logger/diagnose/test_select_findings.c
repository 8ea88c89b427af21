/* Evidence in, findings out. */
#include <string.h>

#include "base/err.h"
#include "logger/diagnose/select_findings.h"
#include "tests/check.h"

/* clang-format off */
#define TEXT(n) { .all = n, .text = n, .p1 = n * 9 / 10 }
#define NOISE(n) \
	{ .all = n, .text = n * 38 / 100, .p1 = n * 7 / 100, \
	  .turned = n * 13 / 100, .runs = n * 3 / 100 }
#define TURNED(n) \
	{ .all = n, .text = n * 5 / 100, .p1 = n / 100, \
	  .turned = n * 94 / 100 }
#define RUNS(n) { .all = n, .runs = n, .nul = n / 2 }
#define ALL(kind) .bytes = kind, .best = kind, .turned = kind, .runs = kind
#define MM "ModemManager (pid 7)"

static const struct {
	const char *name;
	struct evidence ev;
	const char *found; /* words, in order */
	int code;
	const char *says;
} cases[] = {
	{ "all is well", { .port = "p", .telegrams = 2, ALL(TEXT(1700)) }, "",
	  0, "" },
	{ "no port", { .port = "" }, "no-port", ERR_ABSENT, "Plug in" },
	{ "not there",
	  { .port = "p", .refused = ERR_ABSENT, .refusal = "p does not exist" },
	  "absent", ERR_ABSENT, "p does not exist" },
	{ "no such server",
	  { .port = "tcp://a:1", .network = true, .refused = ERR_ABSENT,
	    .refusal = "tcp://a:1: Connection refused" },
	  "absent", ERR_ABSENT, "no firewall" },
	{ "a server that hangs up",
	  { .port = "tcp://a:1", .network = true, .refused = ERR_IO,
	    .refusal = "tcp://a:1: Connection reset by peer" },
	  "unusable", ERR_IO, "only one program" },
	{ "forbidden",
	  { .port = "p", .refused = ERR_PERMISSION,
	    .refusal = "cannot open p: add the user u to group dialout" },
	  "forbidden", ERR_PERMISSION, "user cannot open p" },
	{ "held",
	  { .port = "p", .refused = ERR_BUSY, .holder = "cu (pid 9)",
	    .refusal = "p is in use by cu (pid 9)" },
	  "held", ERR_BUSY, "cu (pid 9)" },
	{ "held by ModemManager",
	  { .port = "p", .refused = ERR_BUSY, .holder = MM,
	    .modem_manager = MM },
	  "held-by-modemmanager modemmanager", ERR_BUSY, MM },
	{ "held, and ModemManager runs",
	  { .port = "p", .refused = ERR_BUSY, .holder = "cu (pid 9)",
	    .modem_manager = MM, .modem_manager_told = true },
	  "held", ERR_BUSY, "" },
	{ "an error", { .port = "p", .refused = ERR_IO, .refusal = "bad" },
	  "unusable", ERR_IO, "bad. Check that the name is correct" },
	{ "silence", { .port = "p", .waited_s = 60, .lines = LINES_RTS_UP },
	  "silent", ERR_BUSY, "p was silent for 60 s" },
	{ "silence, lines unknown", { .port = "p" }, "silent", ERR_BUSY, "" },
	{ "silence with RTS down", { .port = "p", .lines = LINES_RTS_DOWN },
	  "no-request", ERR_BUSY, "RTS" },
	{ "silence in the network, ModemManager runs",
	  { .port = "tcp://a:1", .network = true, .modem_manager = MM },
	  "silent", ERR_BUSY, "tcp://a:1 accepted the connection" },
	{ "silence, ModemManager runs",
	  { .port = "p", .modem_manager = MM }, "silent modemmanager",
	  ERR_BUSY, "" },
	{ "inverted", { .port = "p", ALL(TURNED(300)) }, "inverted", ERR_FORMAT,
	  "inverted" },
	{ "inverted, of a few bytes", { .port = "p", ALL(TURNED(30)) }, "noise",
	  ERR_FORMAT, "30 bytes" },
	{ "noise", { .port = "p", ALL(NOISE(1000)) }, "noise", ERR_FORMAT,
	  "1000 bytes" },
	{ "noise whose best speed has text",
	  { .port = "p", .bytes = NOISE(1000), .best = TEXT(500) },
	  "no-telegram", ERR_FORMAT, "1000 bytes" },
	{ "a slower sender", { .port = "p", ALL(RUNS(1000)) }, "other-speed",
	  ERR_FORMAT, "9600 7E1" },
	{ "telegrams at an odd speed",
	  { .port = "p", .telegrams = 2, .odd_speed = true,
	    .speed = "19200 8N1", .bytes = NOISE(1000), .best = TEXT(800) },
	  "odd-speed", 0, "19200 8N1" },
	{ "HDLC", { .port = "p", ALL(NOISE(300)), .kind = PROTOCOL_HDLC }, "push",
	  ERR_FORMAT, "DLMS" },
	{ "M-Bus", { .port = "p", ALL(NOISE(300)), .kind = PROTOCOL_MBUS }, "mbus",
	  ERR_FORMAT, "M-Bus" },
	{ "encrypted without a title",
	  { .port = "p", ALL(NOISE(900)), .kind = PROTOCOL_UNTITLED }, "sealed",
	  ERR_FORMAT, "title" },
	{ "encrypted",
	  { .port = "p", ALL(NOISE(900)), .kind = PROTOCOL_ENCRYPTED },
	  "encrypted", ERR_FORMAT, "key" },
	{ "encrypted, by the reader's word",
	  { .port = "p", ALL(NOISE(900)), .refusals[REFUSED_CIPHER] = 1 },
	  "encrypted", ERR_FORMAT, "key" },
	{ "encrypted, with the key",
	  { .port = "p", ALL(NOISE(900)), .telegrams = 2,
	    .kind = PROTOCOL_ENCRYPTED },
	  "", 0, "" },
	{ "line ends",
	  { .port = "p", ALL(TEXT(900)), .damage = { .ends = 2, .cut = 1 } },
	  "line-ends", ERR_FORMAT, "3 of 3 telegrams" },
	{ "another CRC",
	  { .port = "p", ALL(TEXT(900)), .damage = { .other_crc = 2 } },
	  "other-crc", ERR_FORMAT, "2 of 2 telegrams" },
	{ "flipped bits",
	  { .port = "p", ALL(TEXT(900)), .telegrams = 2,
	    .damage = { .whole = 6, .flipped = 2, .lost = 1 } },
	  "flipped", ERR_FORMAT, "3 of 9 telegrams" },
	{ "lost bytes",
	  { .port = "p", ALL(TEXT(900)), .damage = { .lost = 3 } }, "lost",
	  ERR_FORMAT, "3 of 3 telegrams" },
	{ "cut short",
	  { .port = "p", ALL(TEXT(900)),
	    .damage = { .cut = 3, .flipped = 1 } },
	  "cut", ERR_FORMAT, "end early" },
	{ "damage that nothing tells",
	  { .port = "p", ALL(TEXT(900)), .damage = { .other = 1 } }, "damaged",
	  ERR_FORMAT, "1 of 1" },
	{ "text, and no telegram", { .port = "p", ALL(TEXT(900)) },
	  "no-telegram", ERR_FORMAT, "900 bytes" },
};
/* clang-format on */

/* What is not said is empty, as the evidence wants it. */
static struct evidence completed(const struct evidence *from)
{
	struct evidence ev = *from;

	ev.refusal = ev.refusal ? ev.refusal : "";
	ev.holder = ev.holder ? ev.holder : "";
	ev.modem_manager = ev.modem_manager ? ev.modem_manager : "";
	ev.speed = ev.speed ? ev.speed : "";
	return ev;
}

static void evidence_is_judged(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct evidence ev = completed(&cases[i].ev);
		enum finding found[FINDING_COUNT];
		char words[200] = "", text[FINDING_TEXT];
		size_t n = select_findings(&ev, found);

		for (size_t k = 0; k < n; k++) {
			strcat(words, k > 0 ? " " : "");
			strcat(words, finding_word(found[k]));
		}
		check_text(cases[i].name, words, cases[i].found);
		if (n == 0)
			continue;
		check_int(cases[i].name, finding_code(found[0]), cases[i].code);
		finding_text(text, found[0], &ev);
		if (strstr(text, cases[i].says) == NULL)
			fail_msg("%s: '%s'", cases[i].name, text);
	}
}

static void every_finding_says_what_to_do(void **state)
{
	const struct evidence none = { .port = "p" };
	const struct evidence ev = completed(&none);

	(void)state;
	for (int f = 0; f < FINDING_COUNT; f++) {
		char text[FINDING_TEXT];

		finding_text(text, (enum finding)f, &ev);
		if (strlen(text) < 40 || strlen(text) == FINDING_TEXT - 1 ||
		    text[strlen(text) - 1] != '.')
			fail_msg("%s: '%s'", finding_word((enum finding)f),
				 text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(evidence_is_judged),
		cmocka_unit_test(every_finding_says_what_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
