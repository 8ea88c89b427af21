/* Texts that other programs parse: CSV, Smart Meter Service, Home Assistant. */
#include "forward/csv.h"
#include "forward/ha_manufacturer.h"
#include "forward/homeassistant.h"
#include "forward/smartmeter.h"
#include "tests/forward/fixture.h"

static void a_table_has_as_many_columns_as_names(void **state)
{
	struct reading full = read_telegram(telegram), empty = { 0 };
	const struct reading *cases[] = { &full, &empty };
	char header[CSV_MAX], row[CSV_MAX];
	size_t commas = 0;

	(void)state;
	csv_header(header);
	for (size_t i = 0; header[i]; i++)
		commas += header[i] == ',';
	check_int("columns", commas, 1 + Q_COUNT + 4 * MBUS_CHANNELS);
	for (size_t c = 0; c < COUNT(cases); c++) {
		size_t n = csv_reading(cases[c], row), found = 0;

		check_int("length", n, strlen(row));
		check_int("newline", row[n - 1], '\n');
		for (size_t i = 0; i < n; i++)
			found += row[i] == ',';
		check_int("row", found, commas);
	}
}

static void a_row_holds_what_the_telegram_said(void **state)
{
	struct reading r = read_telegram(telegram);
	char row[CSV_MAX];

	(void)state;
	csv_reading(&r, row);
	assert_int_equal(strncmp(row,
				 "2026-03-10T11:36:10Z,4530303031,,"
				 "1164.722,1000.500,,,,5.000,",
				 59),
			 0);
	assert_non_null(strstr(row, ",gas,2026-03-10T10:00:00Z,1621.615,m3,"
				    "water,2026-03-10T11:35:00Z,12.345,m3,"));
	r.meter = SPAN("a,b\"c\nd");
	csv_reading(&r, row);
	assert_non_null(strstr(row, "Z,\"a,b\"\"c\\x0ad\","));
	r.meter = SPAN("=1+1");
	csv_reading(&r, row);
	assert_non_null(strstr(row, "Z,'=1+1,"));
}

static void smart_meter_is_the_old_document(void **state)
{
	struct reading r = read_telegram(telegram);
	char text[SMARTMETER_MAX];
	static const char want[] =
		"{\"header\":\"/TST5\\\\household\",\"version\":50,"
		"\"timestamp\":1773142570,\"kwh\":{\"eid\":\"4530303031\","
		"\"tariff\":2,\"switch\":1,\"threshold\":999.900,"
		"\"low\":{\"consumed\":1164.722,\"produced\":5.000},"
		"\"high\":{\"consumed\":1000.500,\"produced\":null},"
		"\"current_consumed\":0.087,\"current_produced\":0.000},"
		"\"instantaneous\":{\"l1\":{\"volts\":230.100,\"amps\":3.000,"
		"\"watts\":87},\"l2\":{\"volts\":null,\"amps\":null,"
		"\"watts\":0},\"l3\":{\"volts\":null,\"amps\":null,"
		"\"watts\":0}},\"gas\":{\"eid\":\"4730303032\","
		"\"device_type\":3,\"total\":1621.615,\"valve\":1,"
		"\"measured_at\":1773136800},\"msg\":{\"code\":null,"
		"\"text\":null}}";

	(void)state;
	check_int("length", smartmeter(&r, text, sizeof(text)),
		  sizeof(want) - 1);
	check_text("document", text, want);
	check_int("too small", smartmeter(&r, text, 100), 0);
}

static struct ha_options place = { .prefix = "homeassistant",
				   .topic = "home/p1",
				   .status = "home/p1/status",
				   .expire_s = 900,
				   .page = "http://meter:5002/" };

static void holds(const char *topic, const struct ha_document *d,
		  const char *part)
{
	check_int(topic, d->n, strlen(d->text));
	if (strstr(d->text, part) == NULL)
		fail_msg("%s: no '%s' in %s", topic, part, d->text);
}

static void quantities_are_announced_with_their_classes(void **state)
{
	static const struct {
		enum quantity q;
		const char *topic, *part;
	} cases[] = {
		{ Q_IMPORT_T1, "home_p1_import_t1",
		  "{\"name\":\"Import tariff 1\","
		  "\"unique_id\":\"home_p1_import_t1\","
		  "\"state_topic\":\"home/p1/import_t1\","
		  "\"availability_topic\":\"home/p1/status\","
		  "\"expire_after\":900,\"device_class\":\"energy\","
		  "\"state_class\":\"total_increasing\","
		  "\"unit_of_measurement\":\"kWh\","
		  "\"suggested_display_precision\":1,"
		  "\"device\":{\"identifiers\":"
		  "[\"home_p1\"],\"name\":\"Smart meter\","
		  "\"model\":\"TST5\\\\household\","
		  "\"serial_number\":\"E0001\","
		  "\"sw_version\":\"p1logger " VERSION "\","
		  "\"configuration_url\":\"http://meter:5002/\"},\"origin\":"
		  "{\"name\":\"p1logger\",\"sw_version\":\"" VERSION "\"}}" },
		{ Q_POWER_IMPORT, "home_p1_power_import",
		  "\"device_class\":\"power\",\"state_class\":\"measurement\","
		  "\"unit_of_measurement\":\"kW\"," },
		{ Q_VOLTAGE_L1, "home_p1_voltage_l1",
		  "\"device_class\":\"voltage\",\"state_class\":"
		  "\"measurement\",\"unit_of_measurement\":\"V\"," },
		{ Q_CURRENT_L1, "home_p1_current_l1",
		  "\"device_class\":\"current\",\"state_class\":"
		  "\"measurement\",\"unit_of_measurement\":\"A\"," },
		{ Q_TARIFF, "home_p1_tariff",
		  "\"home/p1/status\",\"expire_after\":900,\"device\":" },
		{ Q_POWER_FAILURES, "home_p1_power_failures",
		  "900,\"state_class\":\"total_increasing\","
		  "\"entity_category\":\"diagnostic\",\"device\":" },
		{ Q_REACTIVE_POWER_IMPORT, "home_p1_reactive_power_import",
		  "900,\"state_class\":\"measurement\","
		  "\"unit_of_measurement\":\"kvar\"," },
	};
	struct reading r = read_telegram(telegram);

	(void)state;
	ha_meter(&place, &r);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct ha_document d;
		char topic[TOPIC_TEXT];

		snprintf(topic, sizeof(topic), "homeassistant/sensor/%s/config",
			 cases[i].topic);
		assert_true(ha_quantity(&place, cases[i].q, &d));
		check_text("topic", d.topic, topic);
		holds(topic, &d, cases[i].part);
	}
}

static void channels_are_meters_of_their_own(void **state)
{
	static const struct {
		struct mbus m;
		const char *topic, *part;
	} cases[] = {
		{ { .channel = 1,
		    .medium = MEDIUM_GAS,
		    .unit = UNIT_DM3,
		    .meter = SPAN("4730303132") },
		  "mbus1_gas",
		  "\"device_class\":\"gas\",\"state_class\":"
		  "\"total_increasing\",\"unit_of_measurement\":\"m\\u00b3\","
		  "\"suggested_display_precision\":2,"
		  "\"device\":{\"identifiers\":[\"home_p1_mbus1_gas\"],"
		  "\"name\":\"Gas meter\",\"serial_number\":\"G0012\","
		  "\"sw_version\":\"p1logger " VERSION "\","
		  "\"configuration_url\":\"http://meter:5002/\","
		  "\"via_device\":\"home_p1\"}" },
		{ { .channel = 2, .medium = MEDIUM_WATER, .unit = UNIT_DM3 },
		  "mbus2_water",
		  "\"device_class\":\"water\"" },
		{ { .channel = 2,
		    .medium = MEDIUM_WARM_WATER,
		    .unit = UNIT_DM3 },
		  "mbus2_warm_water",
		  "\"name\":\"Warm water\"" },
		{ { .channel = 3, .medium = MEDIUM_HEAT, .unit = UNIT_MJ },
		  "mbus3_heat",
		  "\"device_class\":\"energy\",\"state_class\":"
		  "\"total_increasing\",\"unit_of_measurement\":\"GJ\"" },
		{ { .channel = 4,
		    .medium = MEDIUM_ELECTRICITY,
		    .unit = UNIT_WH },
		  "mbus4_electricity",
		  "\"unit_of_measurement\":\"kWh\"" },
		{ { .channel = 1, .medium = MEDIUM_UNKNOWN, .unit = UNIT_DM3 },
		  "mbus1",
		  "\"name\":\"M-Bus 1\"" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct ha_document d;
		char topic[TOPIC_TEXT];

		snprintf(topic, sizeof(topic),
			 "homeassistant/sensor/home_p1_%s/config",
			 cases[i].topic);
		assert_true(ha_channel(&place, &cases[i].m, &d));
		check_text("topic", d.topic, topic);
		holds(topic, &d, cases[i].part);
	}
}

static void the_days_totals_are_one_document(void **state)
{
	struct today t = {
		.since = 1773097200,
		.until = 1773142570,
		.known = { [TODAY_IMPORT] = true, [TODAY_COST] = true },
		.of = { [TODAY_IMPORT] = 4321, [TODAY_COST] = -50 },
		.currency = "EUR"
	};
	char text[TODAY_TEXT];
	struct span s = today_json(&t, text);

	(void)state;
	check_int("length", s.n, strlen(text));
	check_text("today", text,
		   "{\"since\":\"2026-03-09T23:00:00Z\","
		   "\"until\":\"2026-03-10T11:36:10Z\",\"import\":4.321,"
		   "\"cost\":-0.050,\"currency\":\"EUR\"}");
	for (int i = 0; i < TODAY_COUNT; i++)
		t.known[i] = true, t.of[i] = INT64_MIN / 2;
	assert_true(today_json(&t, text).n > 0);
}

static void the_days_totals_are_announced(void **state)
{
	static const struct {
		enum today_item item;
		const char *part;
	} cases[] = {
		{ TODAY_IMPORT,
		  "{\"name\":\"Import today\","
		  "\"unique_id\":\"home_p1_today_import\","
		  "\"state_topic\":\"home/p1/today\","
		  "\"value_template\":"
		  "\"{{ value_json.import | default('') }}\","
		  "\"last_reset_value_template\":\"{{ value_json.since }}\","
		  "\"availability_topic\":\"home/p1/status\","
		  "\"expire_after\":900,\"device_class\":\"energy\","
		  "\"state_class\":\"total\",\"unit_of_measurement\":\"kWh\"" },
		{ TODAY_GAS,
		  "\"device_class\":\"gas\",\"state_class\":\"total\","
		  "\"unit_of_measurement\":\"m\\u00b3\"" },
		{ TODAY_COST, "\"device_class\":\"monetary\",\"state_class\":"
			      "\"total\",\"unit_of_measurement\":\"SEK\"" },
		{ TODAY_MONTH_PEAK,
		  "default('') }}\",\"availability_topic\":" },
	};
	struct ha_document d;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_true(ha_today(&place, cases[i].item, "SEK", &d));
		holds(today_names[cases[i].item], &d, cases[i].part);
	}
}

static void a_header_names_its_maker(void **state)
{
	static const struct {
		const char *header, *maker;
	} cases[] = {
		{ "/ISk5\\2MT382-1000", "Iskraemeco" },
		{ "/KFM5KAIFA-METER", "Kaifa" },
		{ "/TST5", NULL },
		{ "/IS", NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *maker = ha_manufacturer(span_of(cases[i].header));

		if (cases[i].maker == NULL)
			assert_null(maker);
		else
			check_text(cases[i].header, maker, cases[i].maker);
	}
}

/* Every row of the table of quantities, and the longest value of everything. */
static void no_document_is_too_long(void **state)
{
	char topic[TOPIC_PREFIX], bytes[300];
	struct ha_options at = { .prefix = topic,
				 .topic = topic,
				 .status = topic,
				 .expire_s = 86400 };
	struct reading r = read_telegram(telegram);

	(void)state;
	memset(topic, 't', sizeof(topic) - 1);
	topic[sizeof(topic) - 1] = '\0';
	memset(bytes, '\x01', sizeof(bytes));
	r.header = (struct span){ bytes, sizeof(bytes) };
	r.meter = r.header;
	ha_meter(&at, &r);
	memset(at.page, '"', sizeof(at.page) - 1);
	for (int q = 0; q < Q_COUNT; q++) {
		struct ha_document d;

		assert_true(ha_quantity(&at, (enum quantity)q, &d));
		assert_true(strlen(d.topic) < sizeof(d.topic) - 1);
		assert_non_null(strstr(d.topic, "/config"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_has_as_many_columns_as_names),
		cmocka_unit_test(a_row_holds_what_the_telegram_said),
		cmocka_unit_test(smart_meter_is_the_old_document),
		cmocka_unit_test(quantities_are_announced_with_their_classes),
		cmocka_unit_test(channels_are_meters_of_their_own),
		cmocka_unit_test(the_days_totals_are_one_document),
		cmocka_unit_test(the_days_totals_are_announced),
		cmocka_unit_test(a_header_names_its_maker),
		cmocka_unit_test(no_document_is_too_long),
	};

	return cmocka_run_group_tests_name("documents", tests, NULL, NULL);
}
