#include <stdio.h>
#include <string.h>

#include "telegram/parse.h"
#include "telegram/parse_timestamp.h"
#include "tests/check.h"

enum { CET = 3600 };

/* Parse a telegram of these lines; `text` must live as long as *r. */
static bool parsed(char text[static 4096], const char *lines, struct reading *r)
{
	int n = snprintf(text, 4096, "/TST5\\x\r\n\r\n%s!0000\r\n", lines);

	return telegram_parse((struct span){ text, (size_t)n }, CET, r);
}

static void check_time(const char *name, const struct timestamp *s,
		       const char *want)
{
	char buf[UTC_TEXT] = "none";

	if (s->kind == TIMESTAMP_UTC)
		utc_format(buf, s->utc);
	else if (s->kind == TIMESTAMP_CIVIL) {
		utc_format(buf, utc_from_civil(&s->civil));
		buf[19] = '\0';
	}
	check_text(name, buf, want);
}

static void check_span(const char *name, struct span is, const char *want)
{
	char buf[256];

	snprintf(buf, sizeof(buf), "%.*s", SPAN_ARG(is));
	check_text(name, buf, want);
}

static void lines_become_quantities(void **state)
{
	static const struct {
		const char *lines;
		enum quantity q;
		int64_t want; /* -1: missing */
	} cases[] = {
		{ "1-0:1.8.1(001164.722*kWh)\r\n", Q_IMPORT_T1, 1164722 },
		{ "1-0:1.8.0(00123.321*kWh)\r\n", Q_IMPORT_TOTAL, 123321 },
		{ "1-0:2.8.2*255(5*kWh)\r\n", Q_EXPORT_T2, 5000 },
		{ "1-0:21.7.0.255(01.111*kW)\r\n", Q_POWER_IMPORT_L1, 1111 },
		{ "1-0:1.8.1(001164.722)\r\n", Q_IMPORT_T1, 1164722 },
		{ "1-0:32.7.0(0230.0*V)\r\n", Q_VOLTAGE_L1, 230000 },
		{ "1-0:71.7.0(0000.004*kA)\r\n", Q_CURRENT_L3, 4000 },
		{ "0-0:96.14.0(0002)\r\n", Q_TARIFF, 2 },
		{ "0-0:96.14.0(TARIFF 1)\r\n", Q_TARIFF, 1 },
		{ "0-0:96.14.0()\r\n", Q_TARIFF, -1 },
		{ "0-0:96.7.21(00013)\r\n", Q_POWER_FAILURES, 13 },
		{ "1-0:52.36.0(00003)\r\n", Q_VOLTAGE_SWELLS_L2, 3 },
		{ "0-0:96.3.10(1)\r\n", Q_BREAKER, 1 },
		{ "0-0:96.3.10(ON)\r\n", Q_BREAKER, 1 },
		{ "0-0:96.3.10(off)\r\n", Q_BREAKER, 0 },
		{ "0-0:96.50.68(ON)\r\n", Q_BREAKER, 1 },
		{ "0-0:24.4.0(2)\r\n", Q_BREAKER, 2 },
		{ "0-1:96.3.10(0)\r\n", Q_BREAKER, -1 },
		{ "0-0:17.0.0(0999.00*kW)\r\n", Q_LIMITER, 999000 },
		{ "0-0:17.0.0(24000*W)\r\n", Q_LIMITER, 24000 },
		{ "0-0:17.0.0(077.376)\r\n", Q_LIMITER, 77376 },
		{ "0-0:17.0.0(016*A)\r\n", Q_LIMITER, -1 },
		{ "1-0:31.4.0(200.00*A)\r\n", Q_FUSE_L1, 200000 },
		{ "1-1:31.4.0(100*A)(-063*A)\r\n", Q_FUSE_L1, -1 },
		{ "1-0:31.4.0(0000.012*kA)\r\n", Q_FUSE_L1, -1 },
		{ "1-0:1.4.0(02.351*kW)\r\n", Q_DEMAND_AVERAGE, 2351 },
		{ "1-0:1.6.0(200509134558S)(02.589*kW)\r\n", Q_DEMAND_PEAK,
		  2589 },
		{ "1-0:1.6.0(02.589*kW)\r\n", Q_DEMAND_PEAK, 2589 },
		{ "1-0:1.6.0(632525252525W)(00.000*kW)\r\n", Q_DEMAND_PEAK,
		  -1 },
		{ "1-1:1.8.1(001595.070*kWh)\r\n", Q_IMPORT_T1, 1595070 },
		{ "1-1:2.7.0(01.622*kW)\r\n", Q_POWER_EXPORT, 1622 },
		{ "1-1:1.6.0(250315014500W)(15.206*kW)\r\n", Q_DEMAND_PEAK,
		  15206 },
		{ "1-0:1.8.1(000671.578\r\n*kWh)\r\n", Q_IMPORT_T1, 671578 },
		{ "1-0:1.8.1(0006\n71.578*kWh)\n", Q_IMPORT_T1, 671578 },
		{ "1-0:1.8.1(001*kW)\r\n", Q_IMPORT_T1, -1 },
		{ "1-0:1.8.1(0x1*kWh)\r\n", Q_IMPORT_T1, -1 },
		{ "1-0:1.8.1\r\n", Q_IMPORT_T1, -1 },
		{ "1-0:1.8.1(7*kWh\r\n1-0:1.8.2(8*kWh)\r\n", Q_IMPORT_T1, -1 },
		{ "1-0:1.8.1(7*kWh\r\n1-0:1.8.2(8*kWh)\r\n", Q_IMPORT_T2,
		  8000 },
		{ "0-0:98.1.0(230701000000S)(40.777*kWh)(3.564*kW)\r\n"
		  "1-0:1.8.0(9*kWh)\r\n",
		  Q_IMPORT_TOTAL, 9000 },
	};
	static char text[4096];
	struct reading r;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		bool ok = parsed(text, cases[i].lines, &r);
		bool have = reading_has(&r, cases[i].q);

		check_int(cases[i].lines, have, cases[i].want >= 0);
		if (have) {
			check_int(cases[i].lines, ok, true);
			check_int(cases[i].lines, r.value[cases[i].q],
				  cases[i].want);
		}
	}
}

static void a_limiter_may_be_no_power(void **state)
{
	static char text[4096];
	struct reading r;

	(void)state;
	parsed(text, "0-0:17.0.0(016*A)\r\n", &r);
	check_int("A", r.limiter, 16000);
	check_span("A", r.limiter_unit, "A");
	parsed(text, "0-0:17.0.0(069.0*kVA)\r\n", &r);
	check_int("kVA", r.limiter, 69000);
	check_span("kVA", r.limiter_unit, "kVA");
	parsed(text, "0-0:17.0.0(999.9*kW)\r\n", &r);
	check_int("kW", r.limiter_unit.n, 0);
}

static void times_are_utc(void **state)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "200310123610W", "2020-03-10T11:36:10Z" },
		{ "200710123610S", "2020-07-10T10:36:10Z" },
		{ "200710123610s", "2020-07-10T10:36:10Z" },
		{ "261025023000S", "2026-10-25T00:30:00Z" },
		{ "261025023000W", "2026-10-25T01:30:00Z" },
		{ "000101000001W", "1999-12-31T23:00:01Z" },
		{ "161107190000", "2016-11-07T19:00:00" },
		{ "632525252525W", "none" },
		{ "632525252525S", "none" },
		{ "700101010000W", "none" },
		{ "250000000000W", "none" },
		{ "123412341234W", "none" },
		{ "230229120000W", "none" },
		{ "200310123610X", "none" },
		{ "200310123610WW", "none" },
		{ "20031012361", "none" },
		{ "", "none" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct timestamp s =
			parse_timestamp(span_of(cases[i].text), CET);

		check_time(cases[i].text, &s, cases[i].want);
	}
}

static void who_and_when(void **state)
{
	static const struct {
		const char *lines, *time, *version, *meter;
	} cases[] = {
		{ "1-3:0.2.8(50)\r\n0-0:1.0.0(200310123610W)\r\n"
		  "0-0:96.1.1(4530)\r\n",
		  "2020-03-10T11:36:10Z", "50", "4530" },
		{ "0-0:96.1.4(50217)\r\n0-0:96.1.1(3153)\r\n"
		  "0-0:96.1.2(3534)\r\n",
		  "none", "50217", "3153" },
		{ "0-0:1.0.0(123412341234W)\r\n0-0:0.0.0(1234)\r\n", "none", "",
		  "1234" },
		{ "0-0:1.1.0(200310123610W)\r\n", "2020-03-10T11:36:10Z", "",
		  "" },
		{ "0-0:42.0.0(AA)\r\n0-0:96.1.0(BB)\r\n", "none", "", "BB" },
		{ "0-0:96.1.1(BB)\r\n0-0:96.1.0(AA)\r\n", "none", "", "BB" },
		{ "0-0:96.1.1()\r\n0-0:96.1.0(AA)\r\n", "none", "", "AA" },
		{ "1-0:0.0.0*255(13)\r\n0-0:96.1.255*255(1ESY13)\r\n", "none",
		  "", "1ESY13" },
		{ "0-0:96.1.1(12345678      )\r\n", "none", "", "12345678" },
	};
	static char text[4096];
	struct reading r;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		check_int(cases[i].lines, parsed(text, cases[i].lines, &r),
			  true);
		check_time(cases[i].lines, &r.time, cases[i].time);
		check_span(cases[i].lines, r.version, cases[i].version);
		check_span(cases[i].lines, r.meter, cases[i].meter);
		check_span(cases[i].lines, r.header, "/TST5\\x");
	}
}

static void channels_are_bound(void **state)
{
	static const struct {
		const char *name, *lines;
		int channel;
		enum medium medium;
		int64_t value; /* -1: none */
		enum unit unit;
		const char *meter, *time;
	} cases[] = {
		{ "gas",
		  "0-1:24.1.0(003)\r\n0-1:96.1.0(4730)\r\n"
		  "0-1:24.2.1(200310123504W)(01621.615*m3)\r\n",
		  1, MEDIUM_GAS, 1621615, UNIT_DM3, "4730",
		  "2020-03-10T11:35:04Z" },
		{ "Belgian gas",
		  "0-2:24.1.0(003)\r\n0-2:96.1.1(37)\r\n0-2:24.4.0(1)\r\n"
		  "0-2:24.2.3(200512134558S)(00112.384*m3)\r\n",
		  2, MEDIUM_GAS, 112384, UNIT_DM3, "37",
		  "2020-05-12T11:45:58Z" },
		{ "the type last",
		  "0-4:24.2.1(200310123504W)(1.5*m3)\r\n0-4:96.1.0(AA)\r\n"
		  "0-4:24.1.0(007)\r\n",
		  4, MEDIUM_WATER, 1500, UNIT_DM3, "AA",
		  "2020-03-10T11:35:04Z" },
		{ "two lines of 2.2",
		  "0-1:24.1.0(3)\r\n0-1:96.1.0(32)\r\n"
		  "0-1:24.3.0(161107190000)(00)(60)(1)(0-1:24.2.1)(m3)\r\n"
		  "(00001.001)\r\n0-1:24.4.0(1)\r\n",
		  1, MEDIUM_GAS, 1001, UNIT_DM3, "32", "2016-11-07T19:00:00" },
		{ "on one line, status 2C",
		  "0-3:24.1.0(03)\r\n0-3:24.3.0(161107190000)(2C)(60)(1)"
		  "(0-3:24.2.1)(m3)(00001.001)\r\n",
		  3, MEDIUM_GAS, 1001, UNIT_DM3, "", "2016-11-07T19:00:00" },
		{ "two lines, the value missing",
		  "0-1:24.1.0(3)\r\n"
		  "0-1:24.3.0(161107190000)(00)(60)(1)(0-1:24.2.1)(m3)\r\n",
		  1, MEDIUM_GAS, -1, UNIT_DM3, "", "none" },
		{ "heat",
		  "0-1:24.1.0(004)\r\n"
		  "0-1:24.2.1(260215200523W)(240.860*GJ)\r\n",
		  1, MEDIUM_HEAT, 240860, UNIT_MJ, "", "2026-02-15T19:05:23Z" },
		{ "cold, no unit",
		  "0-1:24.1.0(010)\r\n0-1:24.2.1(260215200523W)(2.5)\r\n", 1,
		  MEDIUM_COLD, 2500, UNIT_MJ, "", "2026-02-15T19:05:23Z" },
		{ "a slave",
		  "0-1:24.1.0(002)\r\n"
		  "0-1:24.2.1(260215200523W)(12.5*kWh)\r\n",
		  1, MEDIUM_ELECTRICITY, 12500, UNIT_WH, "",
		  "2026-02-15T19:05:23Z" },
		{ "the unit over the type",
		  "0-1:24.1.0(003)\r\n0-1:24.2.1(260215200523W)(2.5*GJ)\r\n", 1,
		  MEDIUM_HEAT, 2500, UNIT_MJ, "", "2026-02-15T19:05:23Z" },
		{ "m3 of a heat meter",
		  "0-1:24.1.0(012)\r\n0-1:24.2.1(260215200523W)(2.5*m3)\r\n", 1,
		  MEDIUM_WARM_WATER, 2500, UNIT_DM3, "",
		  "2026-02-15T19:05:23Z" },
		{ "no type",
		  "0-1:24.1.0()\r\n0-1:24.2.1(260215200523W)(2.5*m3)\r\n", 1,
		  MEDIUM_UNKNOWN, 2500, UNIT_DM3, "", "2026-02-15T19:05:23Z" },
		{ "another type",
		  "0-1:24.1.0(031)\r\n0-1:24.2.1(260215200523W)(2.5*m3)\r\n", 1,
		  MEDIUM_OTHER, 2500, UNIT_DM3, "", "2026-02-15T19:05:23Z" },
		{ "gone: empty", "0-2:24.1.0(003)\r\n0-2:96.1.0()\r\n", 2,
		  MEDIUM_GAS, -1, 0, "", "none" },
		{ "gone: 1970",
		  "0-1:24.1.0(003)\r\n0-1:96.1.0()\r\n"
		  "0-1:24.2.1(700101010000W)(00000000)\r\n",
		  1, MEDIUM_GAS, -1, 0, "", "none" },
		{ "never spoke: 2000",
		  "0-1:24.1.0(003)\r\n0-1:96.1.0(41)\r\n"
		  "0-1:24.2.1(000101010000W)(0000000000)\r\n",
		  1, MEDIUM_GAS, -1, 0, "41", "2000-01-01T00:00:00Z" },
		{ "gone: all ones",
		  "0-3:24.1.0(007)\r\n0-3:96.1.0()\r\n"
		  "0-3:24.2.1(632525252525S)(00000.000*m3)\r\n",
		  3, MEDIUM_WATER, -1, 0, "", "none" },
		{ "an unknown unit",
		  "0-1:24.1.0(003)\r\n0-1:24.2.1(260215200523W)(2.5*V)\r\n", 1,
		  MEDIUM_GAS, -1, 0, "", "2026-02-15T19:05:23Z" },
		{ "a relay is not a meter",
		  "0-1:96.3.10(0)\r\n1-0:1.8.1(1*kWh)\r\n", 0, MEDIUM_UNKNOWN,
		  -1, 0, "", "none" },
	};
	static char text[4096];
	struct reading r;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		int slot = cases[i].channel > 0 ? cases[i].channel - 1 : 0;
		const char *name = cases[i].name;
		const struct mbus *m = &r.mbus[slot];

		parsed(text, cases[i].lines, &r);
		check_int(name, m->channel, cases[i].channel);
		check_int(name, m->medium, cases[i].medium);
		check_int(name, m->has_value, cases[i].value >= 0);
		if (m->has_value) {
			check_int(name, m->value, cases[i].value);
			check_int(name, m->unit, cases[i].unit);
		}
		check_span(name, m->meter, cases[i].meter);
		check_time(name, &m->time, cases[i].time);
	}
}

static void media_have_names(void **state)
{
	struct mbus m = { .type = 3, .medium = MEDIUM_GAS };
	char buf[MEDIUM_TEXT];

	(void)state;
	check_text("gas", medium_text(buf, &m), "gas");
	m = (struct mbus){ .type = 31, .medium = MEDIUM_OTHER };
	check_text("31", medium_text(buf, &m), "type-031");
	assert_null(medium_name(MEDIUM_OTHER));
	assert_null(medium_name(MEDIUM_UNKNOWN));
	check_text("warm", medium_name(MEDIUM_WARM_WATER), "warm_water");
}

static void failures_are_logged(void **state)
{
	static const struct {
		const char *line;
		int n;
		const char *end; /* of the last entry */
		int64_t seconds;
	} cases[] = {
		{ "1-0:99.97.0()\r\n", 0, "", 0 },
		{ "1-0:99.97.0(0)(0-0:96.7.19)\r\n", 0, "", 0 },
		{ "1-0:99.97.0(1)\r\n", 0, "", 0 },
		{ "1-0:99.97.0(2)(0-0:96.7.19)(190212131114W)(0000003632*s)"
		  "(180501091522S)(0000000301*s)\r\n",
		  2, "2018-05-01T07:15:22Z", 301 },
		{ "1-0:99.97.0(3)(0-0:96.7.19)(190212131114W)(0000003632*s)"
		  "(180501091522S)(0000001)\r\n",
		  2, "2018-05-01T07:15:22Z", 1 },
		{ "1-0:99.97.0(3)(0-0:96.7.19)(190212131114W)(0000003632*s)"
		  "(180501091522S)\r\n",
		  1, "2019-02-12T12:11:14Z", 3632 },
		{ "1-0:99.97.0(1)(0-0:96.7.19)(000101000001W)(2317482647*s)"
		  "\r\n",
		  1, "1999-12-31T23:00:01Z", 2317482647 },
		{ "1-0:99.97.0(1)(0-0:96.7.19)(101208151004W)(00000000301*s)"
		  "\r\n",
		  1, "2010-12-08T14:10:04Z", 301 },
		{ "1-0:99.97.0(2)(0-0:96.7.19)(632525252525W)(0000000001*s)"
		  "(101208151004W)(0000000002*s)\r\n",
		  1, "2010-12-08T14:10:04Z", 2 },
		{ "1-0:99.97.0(12)(0-0:96.7.19)"
		  "(101208151001W)(1*s)(101208151002W)(2*s)"
		  "(101208151003W)(3*s)(101208151004W)(4*s)"
		  "(101208151005W)(5*s)(101208151006W)(6*s)"
		  "(101208151007W)(7*s)(101208151008W)(8*s)"
		  "(101208151009W)(9*s)(101208151010W)(10*s)"
		  "(101208151011W)(11*s)\r\n",
		  10, "2010-12-08T14:10:10Z", 10 },
	};
	static char text[4096];
	struct reading r;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *name = cases[i].line;
		const struct failure *last;

		parsed(text, name, &r);
		check_int(name, r.failures, cases[i].n);
		if (r.failures == 0)
			continue;
		last = &r.failure[r.failures - 1];
		check_time(name, &last->end, cases[i].end);
		check_int(name, last->seconds, cases[i].seconds);
	}
}

/* Write each peak as "month w;". */
static void peaks_of(const struct reading *r, char *out, size_t size)
{
	size_t n = 0;

	*out = '\0';
	for (int i = 0; i < r->peaks; i++)
		n += (size_t)snprintf(out + n, size - n, "%02d%02d %d;",
				      r->peak[i].month_end.civil.year % 100,
				      r->peak[i].month_end.civil.month,
				      (int)r->peak[i].w);
}

static void peaks_are_sorted(void **state)
{
	static const struct {
		const char *line, *want;
	} cases[] = {
		{ "0-0:98.1.0(3)(1-0:1.6.0)(1-0:1.6.0)"
		  "(200501000000S)(200423192538S)(03.695*kW)"
		  "(200401000000S)(200305122139S)(05.980*kW)"
		  "(200301000000S)(200210035421W)(04.318*kW)\r\n",
		  "2003 4318;2004 5980;2005 3695;" },
		{ "0-0:98.1.0(2)(1-0:1.6.0)(1-0:1.6.0)"
		  "(230801000000S)(632525252525W)(00.000*kW)"
		  "(230901000000S)(230831181500S)(01.862*kW)\r\n",
		  "2309 1862;" },
		{ "0-0:98.1.0(12)\r\n", "" },
		{ "0-0:98.1.0(0)(1-0:1.6.0)(1-0:1.6.0)\r\n", "" },
		{ "0-0:98.1.0()\r\n", "" },
		{ "0-0:98.1.0(230701000000S)(000040.777*kWh)(03.564*kW)"
		  "(04.104*kW)\r\n",
		  "" },
		{ "0-0:98.1.0(2)(1-0:1.6.0)(1-0:1.6.0)"
		  "(230901000000S)(230831181500S)(01.862*kWh)"
		  "(231001000000S)(230931181500S)\r\n",
		  "" },
	};
	static char text[4096];
	struct reading r;
	char is[256];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		parsed(text, cases[i].line, &r);
		peaks_of(&r, is, sizeof(is));
		check_text(cases[i].line, is, cases[i].want);
	}
}

static void the_latest_thirteen_months_stay(void **state)
{
	char line[2048];
	static char text[4096];
	struct reading r;
	int n = sprintf(line, "0-0:98.1.0(15)(1-0:1.6.0)(1-0:1.6.0)");

	(void)state;
	/* 2304, 2301, 2310, ...: fifteen months in random order. */
	for (int i = 0; i < 15; i++) {
		int month = (i * 7 + 3) % 15, year = 22 + month / 12;

		n += sprintf(line + n,
			     "(%02d%02d01000000W)(220101000000W)(%d*kW)", year,
			     month % 12 + 1, month);
	}
	sprintf(line + n, "\r\n");
	parsed(text, line, &r);
	check_int("months", r.peaks, PEAKS_MAX);
	for (int i = 0; i < PEAKS_MAX; i++)
		check_int("month", r.peak[i].w, (i + 2) * 1000);
}

static void messages_are_as_sent(void **state)
{
	static char text[4096];
	struct reading r;

	(void)state;
	parsed(text, "0-0:96.13.1(3031)\r\n0-0:96.13.0(303132)\r\n", &r);
	check_span("code", r.message_code, "3031");
	check_span("message", r.message, "303132");
	parsed(text, "0-0:96.13.0(a/b (c) \xFF!)\r\n1-0:1.8.1(1*kWh)\r\n", &r);
	check_span("odd", r.message, "a/b (c) \xFF!");
	check_int("behind it", r.value[Q_IMPORT_T1], 1000);
	parsed(text, "0-0:96.13.0()\r\n", &r);
	check_int("empty", r.message.n, 0);
}

static void what_is_no_telegram(void **state)
{
	static const char *const texts[] = {
		"",
		"/",
		"/TST5\r\n\r\n!0000\r\n",
		"/TST5\r\n\r\n9-9:9.9.9(1)\r\n!0000\r\n",
		"1-0:1.8.1(1*kWh)\r\n",
	};
	struct reading r;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		check_int(texts[i], telegram_parse(span_of(texts[i]), CET, &r),
			  false);
}

static void other_zones_have_another_base(void **state)
{
	struct reading r;

	(void)state;
	telegram_parse(SPAN("/X\n0-0:1.0.0(200710123610S)\n"), 7200, &r);
	check_time("Finland", &r.time, "2020-07-10T09:36:10Z");
	telegram_parse(SPAN("/X\n0-0:1.0.0(200710123610S)\n"), 0, &r);
	check_time("Ireland", &r.time, "2020-07-10T11:36:10Z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_become_quantities),
		cmocka_unit_test(a_limiter_may_be_no_power),
		cmocka_unit_test(times_are_utc),
		cmocka_unit_test(who_and_when),
		cmocka_unit_test(channels_are_bound),
		cmocka_unit_test(media_have_names),
		cmocka_unit_test(failures_are_logged),
		cmocka_unit_test(peaks_are_sorted),
		cmocka_unit_test(the_latest_thirteen_months_stay),
		cmocka_unit_test(messages_are_as_sent),
		cmocka_unit_test(what_is_no_telegram),
		cmocka_unit_test(other_zones_have_another_base),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
