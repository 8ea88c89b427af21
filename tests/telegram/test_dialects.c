/* Telegrams of the rarer dialects, written by hand, and their lines of JSON. */
#include <stdlib.h>
#include <string.h>

#include "telegram/json.h"
#include "telegram/reader.h"
#include "tests/check.h"
#include "tests/telegram/recipe.h"

#define RING(hour, gas) "7-0:23.1.0*255(0" gas "*m3)(26-11-2" hour ":00:00)\r\n"

static const struct {
	const char *name, *recipe, *want;
} cases[] = {
	{ "ACE4000: value before time, a ring that begins anywhere",
	  "/ACE0\\3k260V01.18\r\n"
	  "0-0:96.1.0*255(1234567890123456)\r\n"
	  "1-0:1.8.0*255(001234.567*kWh)\r\n"
	  "1-0:2.8.0*255(000012.345*kWh)\r\n"
	  "1-0:15.7.0*255(000345*W)\r\n"
	  "0-0:96.14.0*255(02)\r\n"
	  "0-0:96.3.10*255(1)\r\n"
	  "0-0:17.0.0*255(0040*A)\r\n"
	  "0-3:96.1.0*255(87654321         )\r\n"
	  "7-0:24.4.0*255(1)\r\n" RING("1 09", "1238.761")
		  RING("1 10", "1238.772") RING("1 11", "1238.783")
			  RING("0 12", "1238.100") RING("0 13", "1238.111")
				  RING("1 08", "1238.750") "!\r\n",
	  "{\"header\":\"/ACE0\\\\3k260V01.18\",\"meter\":\"1234567890123456\","
	  "\"crc\":\"none\",\"tariff\":2,\"import_total\":1234.567,"
	  "\"export_total\":12.345,\"breaker\":1,\"limiter\":40.000,\"limiter_unit\":\"A\","
	  "\"mbus\":[{\"channel\":3,\"medium\":\"gas\",\"meter\":\"87654321\","
	  "\"time\":\"2026-11-21T11:00:00\",\"value\":1238.783,"
	  "\"unit\":\"m3\"}]}" },
	{ "2.2 on paper: four media without a channel",
	  "/KMP3 KA6U001234567890\r\n\r\n"
	  "0-0:42.0.0(KA6U001234567890)\r\n1-0:1.8.1(00185.000*kWh)\r\n"
	  "0-0:24.4.0(1)\r\n7-0:0.0.0(27120001)\r\n"
	  "7-0:23.1.0(00012.000*m3)(261121100000)\r\n"
	  "7-0:23.2.0(00011.000*m3)(261121100000)\r\n"
	  "5-0:0.0.0(4201)\r\n5-0:1.0.0(261121090000)(00001.500*GJ)\r\n"
	  "6-0:1.0.0(00002.500*GJ)(261121090000)\r\n"
	  "8-0:1.0.0(00003.500*m3)(261121090000)\r\n!\r\n",
	  "{\"header\":\"/KMP3 KA6U001234567890\",\"meter\":\"KA6U001234567890\","
	  "\"crc\":\"none\",\"import_t1\":185.000,\"breaker\":1,\"mbus\":["
	  "{\"channel\":1,\"medium\":\"heat\",\"meter\":\"4201\","
	  "\"time\":\"2026-11-21T09:00:00\",\"value\":1.500,\"unit\":\"GJ\"},"
	  "{\"channel\":2,\"medium\":\"cold\","
	  "\"time\":\"2026-11-21T09:00:00\",\"value\":2.500,"
	  "\"unit\":\"GJ\"},"
	  "{\"channel\":3,\"medium\":\"gas\",\"meter\":\"27120001\","
	  "\"time\":\"2026-11-21T10:00:00\",\"value\":11.000,\"unit\":\"m3\"},"
	  "{\"channel\":4,\"medium\":\"water\","
	  "\"time\":\"2026-11-21T09:00:00\",\"value\":3.500,"
	  "\"unit\":\"m3\"}]}" },
	{ "Lithuania: kV, kA, kHz, totals beside four tariffs, two hours ahead",
	  "^/ESO5\\\\253123456_A\r\n\r\n0-0:1.0.0(260701120000S)\r\n"
	  "1-0:1.8.0(00000100.000*kWh)\r\n1-0:1.8.1(00000040.000*kWh)\r\n"
	  "1-0:1.8.2(00000030.000*kWh)\r\n1-0:1.8.3(00000020.000*kWh)\r\n"
	  "1-0:1.8.4(00000010.000*kWh)\r\n1-0:3.8.0(00000007.000*kvarh)\r\n"
	  "1-0:21.7.0(00000000.433*kW)\r\n1-0:32.7.0(0000.242*kV)\r\n"
	  "1-0:31.7.0(0000.002*kA)\r\n1-0:31.4.0(0000.012*kA)\r\n"
	  "1-0:14.7.0(0000.049*kHz)\r\n!#\r\n",
	  "{\"time\":\"2026-07-01T09:00:00Z\","
	  "\"header\":\"/ESO5\\\\\\\\253123456_A\",\"crc\":\"ok\","
	  "\"import_total\":100.000,\"import_t1\":40.000,\"import_t2\":30.000,"
	  "\"import_t3\":20.000,\"import_t4\":10.000,"
	  "\"reactive_import_total\":7.000,\"power_import_l1\":0.433,"
	  "\"voltage_l1\":242.000,\"current_l1\":2.000}" },
	{ "Lithuania: V as elsewhere, known by its network's name",
	  "^/ESO5\\253123456_A\r\n\r\n0-0:1.0.0(261121140000W)\r\n"
	  "1-0:1.8.0(000100.000*kWh)\r\n1-0:16.7.0(-00.250*kW)\r\n"
	  "1-0:32.7.0(231.4*V)\r\n1-0:13.7.0(-1.000)\r\n!#\r\n",
	  "{\"time\":\"2026-11-21T12:00:00Z\","
	  "\"header\":\"/ESO5\\\\253123456_A\",\"crc\":\"ok\","
	  "\"import_total\":100.000,\"power_import\":0.000,"
	  "\"power_export\":0.250,\"voltage_l1\":231.400}" },
	{ "Holley: the month's close as lines, with references that were there",
	  "^/HLY5/D545-METER\r\n\r\n0-0:1.0.0(261121120000W)\r\n"
	  "1-0:1.8.0(00000138.583*kWh)\r\n1-0:2.8.0(00000020.400*kWh )\r\n"
	  "0-0:98.1.0\r\n(\r\n0-0:1.0.0(261101000000W)\r\n"
	  "1-0:1.8.0(00000100.000*kWh)\r\n1-0:2.8.0(00000017.000*kWh )\r\n)\r\n"
	  "0-0:96.13.0()\r\n!#\r\n",
	  "{\"time\":\"2026-11-21T11:00:00Z\","
	  "\"header\":\"/HLY5/D545-METER\",\"crc\":\"ok\","
	  "\"import_total\":138.583,\"export_total\":20.400}" },
	{ "Iskraemeco in Sweden: date and time on lines of their own",
	  "/ISk5\\2MIE5E-200\r\n\r\n0-0:96.1.0(84000000)\r\n"
	  "1-0:0.9.1(155237)\r\n1-0:0.9.2(230510)\r\n"
	  "1-0:1.8.0(000002.331*kWh)\r\n!\r\n",
	  "{\"time\":\"2023-05-10T15:52:37\","
	  "\"header\":\"/ISk5\\\\2MIE5E-200\",\"meter\":\"84000000\","
	  "\"crc\":\"none\",\"import_total\":2.331}" },
	{ "the telegram's time counts, not the clock's",
	  "/ISK5\\2M550E-1012\r\n\r\n0-0:0.9.1(155237)\r\n"
	  "0-0:0.9.2(230510)\r\n0-0:1.0.0(230510155238S)\r\n"
	  "1-0:1.8.0(000002.331*kWh)\r\n!\r\n",
	  "{\"time\":\"2023-05-10T13:52:38Z\","
	  "\"header\":\"/ISK5\\\\2M550E-1012\",\"crc\":\"none\","
	  "\"import_total\":2.331}" },
	{ "half a time, or an impossible date, is not a time",
	  "/ISk5\\2MIE5E-200\r\n\r\n1-0:0.9.1(155237)\r\n"
	  "1-0:0.9.2(2305)\r\n0-0:0.9.2(231310)\r\n"
	  "1-0:1.8.0(000002.331*kWh)\r\n!\r\n",
	  "{\"header\":\"/ISk5\\\\2MIE5E-200\",\"crc\":\"none\","
	  "\"import_total\":2.331}" },
	{ "EasyMeter: returned with a minus, group E of power not used",
	  "/ESY5Q3DA1004 V3.03\r\n\r\n1-0:0.0.0*255(0273033000001)\r\n"
	  "1-0:1.8.0*255(00014869.2594317*kWh)\r\n"
	  "1-0:21.7.255*255(-000128.41*W)\r\n"
	  "1-0:41.7.255*255(000000.00*W)\r\n"
	  "1-0:61.7.255*255(000011.64*W)\r\n"
	  "1-0:1.7.255*255(-000116.77*W)\r\n!\r\n",
	  "{\"header\":\"/ESY5Q3DA1004 V3.03\",\"meter\":\"0273033000001\","
	  "\"crc\":\"none\",\"import_total\":14869.259,"
	  "\"power_import\":0.000,\"power_export\":0.116,"
	  "\"power_import_l1\":0.000,\"power_import_l2\":0.000,"
	  "\"power_import_l3\":0.011,\"power_export_l1\":0.128,"
	  "\"power_export_l2\":0.000,\"power_export_l3\":0.000}" },
	{ "eBZ: net powers alone, eight decimals",
	  "/EBZ5DD32R10ETA_107\r\n\r\n1-0:0.0.0*255(1EBZ0100000001)\r\n"
	  "1-0:96.1.0*255(1EBZ0100000001)\r\n"
	  "1-0:1.8.0*255(003902.58359727*kWh)\r\n"
	  "1-0:2.8.0*255(001267.59172376*kWh)\r\n"
	  "1-0:16.7.0*255(000459.90*W)\r\n1-0:36.7.0*255(-000344.88*W)\r\n"
	  "1-0:56.7.0*255(000804.78*W)\r\n1-0:76.7.0*255(-*W)\r\n!\r\n",
	  "{\"header\":\"/EBZ5DD32R10ETA_107\",\"meter\":\"1EBZ0100000001\","
	  "\"crc\":\"none\",\"import_total\":3902.583,"
	  "\"export_total\":1267.591,\"power_import\":0.459,"
	  "\"power_export\":0.000,\"power_import_l1\":0.000,"
	  "\"power_import_l2\":0.804,\"power_export_l1\":0.344,"
	  "\"power_export_l2\":0.000}" },
	{ "net power beside both ways says nothing new",
	  "^/ISK5\\2M550T-1012\r\n\r\n1-0:16.7.0(-00.500*kW)\r\n"
	  "1-0:1.7.0(00.250*kW)\r\n1-0:2.7.0(00.750*kW)\r\n!#\r\n",
	  "{\"header\":\"/ISK5\\\\2M550T-1012\",\"crc\":\"ok\","
	  "\"power_import\":0.250,\"power_export\":0.750}" },
	{ "Iskraemeco IE.7: a time and no CRC, an identifier that it cannot read",
	  "/ISk9\\2MIE7T-200\r\n\r\n0-0:42.0.0(ISK1030700000001)\r\n"
	  "0-0:1.0.0(261121120000W)\r\n0-0:96.1.0(ER23)\r\n"
	  "1-0:1.8.1(002734.214*kWh)\r\n1-0:1.7.0(19.950*kW)\r\n"
	  "0-1:24.1.0(003)\r\n0-1:96.1.0(ER11)\r\n"
	  "0-1:24.2.1(261121115500W)(00012.345*m3)\r\n!\r\n",
	  "{\"time\":\"2026-11-21T11:00:00Z\","
	  "\"header\":\"/ISk9\\\\2MIE7T-200\",\"meter\":\"ISK1030700000001\","
	  "\"crc\":\"none\",\"import_t1\":2734.214,\"power_import\":19.950,"
	  "\"mbus\":[{\"channel\":1,\"medium\":\"gas\","
	  "\"time\":\"2026-11-21T10:55:00Z\",\"value\":12.345,"
	  "\"unit\":\"m3\"}]}" },
	{ "Iskraemeco IE.5: local time without a letter",
	  "^/ISk5\\2MIE5E-200\r\n\r\n0-0:96.1.0(91300001)\r\n"
	  "0-0:1.0.0(260701154953)\r\n1-0:1.8.1(000036.396*kWh)\r\n!#\r\n",
	  "{\"time\":\"2026-07-01T15:49:53\","
	  "\"header\":\"/ISk5\\\\2MIE5E-200\",\"meter\":\"91300001\","
	  "\"crc\":\"ok\",\"import_t1\":36.396}" },
	{ "Ireland: no offset in winter",
	  "^/ISk5\\2MIE5T-200\r\n\r\n1-0:0.0.0(00000000)\r\n"
	  "0-0:96.1.0(09610)\r\n0-0:1.0.0(261121120000W)\r\n"
	  "1-0:1.8.1(000010.181*kWh)\r\n0-1:96.1.1()\r\n!#\r\n",
	  "{\"time\":\"2026-11-21T12:00:00Z\","
	  "\"header\":\"/ISk5\\\\2MIE5T-200\",\"meter\":\"09610\","
	  "\"crc\":\"ok\",\"import_t1\":10.181}" },
	{ "Sweden and Finland: winter's letter in summer, a CT meter's Wh",
	  "^/ADN9 6560\r\n\r\n0-0:1.0.0(260701130000W)\r\n"
	  "1-0:1.8.0(01219311.383*Wh)\r\n1-0:1.7.0(1234.567*W)\r\n"
	  "1-0:0.4.2(995)\r\n1-0:71.7.0(123.1*A)!#\r\n",
	  "{\"time\":\"2026-07-01T12:00:00Z\",\"header\":\"/ADN9 6560\","
	  "\"crc\":\"ok\",\"import_total\":1219.311,\"power_import\":1.234,"
	  "\"current_l3\":123.100}" },
};

/* Write the reading as JSON, or the reader's result. */
static void decode(const char *bytes, size_t n, char *out, size_t size)
{
	struct reader *rd = reader_new();
	struct reading r;
	enum refusal why;

	reader_push(rd, bytes, n);
	reader_end(rd);
	out[0] = '\0';
	switch (reader_next(rd, &r, &why)) {
	case NEXT_READING:
		assert_true(json_reading(&r, out, size) > 0);
		break;
	case NEXT_REFUSED:
		strcat(out, refusal_words[why]);
		break;
	default:
		break;
	}
	reader_free(rd);
}

static void dialects_decode(void **state)
{
	char bytes[4096], is[4096];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		decode(bytes, recipe_cook(cases[i].recipe, bytes), is,
		       sizeof(is));
		check_text(cases[i].name, is, cases[i].want);
	}
}

/* A message of 1024 bytes FF, and a header with a second slash. */
static void hungary_sends_raw_bytes(void **state)
{
	char recipe[4096] = "^/HLY5/D545-METER\r\n\r\n"
			    "0-0:1.0.0(261121120000W)\r\n0-0:96.13.0(";
	char bytes[4096], is[JSON_MAX / 16], *at = recipe + strlen(recipe);

	(void)state;
	memset(at, 0xFF, 1024);
	strcpy(at + 1024, ")\r\n0-0:96.14.0(TARIFF 3)\r\n0-0:96.50.68(OFF)\r\n"
			  "1-0:1.8.0(00000138.583*kWh)\r\n!#\r\n");
	decode(bytes, recipe_cook(recipe, bytes), is, sizeof(is));
	assert_non_null(strstr(is, "\"header\":\"/HLY5/D545-METER\""));
	assert_non_null(strstr(is, "\"crc\":\"ok\",\"tariff\":3,"
				   "\"import_total\":138.583,\"breaker\":0"));
}

/* Pairs of power_import and power_export, one for each telegram. */
static void a_meter_of_minus_returns_nothing_above_zero(void **state)
{
	static const char *const watts[] = { "000300.00", "-000116.77",
					     "000020.00" };
	static const int64_t import[] = { 300, 0, 20 },
			     export[] = { -1, 116, 0 };
	struct reader *rd = reader_new();
	struct reading r;
	enum refusal why;
	char text[256];

	(void)state;
	for (size_t i = 0; i < COUNT(watts); i++) {
		int n = snprintf(text, sizeof(text),
				 "/ESY5Q3DA1004 V3.04\r\n\r\n"
				 "1-0:1.8.0*255(00014869.2594317*kWh)\r\n"
				 "1-0:1.7.0*255(%s*W)\r\n!\r\n",
				 watts[i]);

		reader_push(rd, text, (size_t)n);
		reader_end(rd);
		assert_int_equal(reader_next(rd, &r, &why), NEXT_READING);
		check_int(watts[i], r.value[Q_POWER_IMPORT], import[i]);
		check_int(watts[i],
			  reading_has(&r, Q_POWER_EXPORT)
				  ? r.value[Q_POWER_EXPORT]
				  : -1,
			  export[i]);
	}
	reader_free(rd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dialects_decode),
		cmocka_unit_test(hungary_sends_raw_bytes),
		cmocka_unit_test(a_meter_of_minus_returns_nothing_above_zero),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
