/* Which messages a reading causes on MQTT. */
#include "forward/mqtt_publish.h"
#include "tests/forward/fixture.h"

enum { NOON = 1773142570, LIST = 4096 };

struct world {
	struct mqtt_publish p;
	struct mqtt_outbox out;
	char list[LIST]; /* what publish() has queued: "time tariff " */
};

static void begin(struct world *w, long refresh_s, bool values)
{
	struct outputs_settings s = nothing_forwarded();
	struct err e = { 0 };

	memset(w, 0, sizeof(*w));
	s.mqtt.refresh_s = refresh_s;
	s.mqtt.values = values;
	s.mqtt.homeassistant = "ha";
	assert_int_equal(mqtt_publish_open(&w->p, &s, &e), 0);
}

/* List the topics that wait, without their prefix, and forget them. */
static const char *taken(struct world *w)
{
	struct message m;
	size_t at = 0;

	w->list[0] = '\0';
	while (mqtt_outbox_next(&w->out, &at, &m))
		snprintf(w->list + strlen(w->list), LIST - strlen(w->list),
			 "%s ",
			 strncmp(m.topic, "p1logger/", 9) == 0 ? m.topic + 9
							       : m.topic);
	mqtt_outbox_clear(&w->out);
	return w->list;
}

/* Hand over a telegram `s` seconds after the first. */
static const char *publish(struct world *w, const char *text, int64_t s)
{
	struct reading r = read_telegram(text);
	const struct live live = { .reading = &r,
				   .json = SPAN("{}"),
				   .utc = NOON + s,
				   .now_ms = 5000 + s * 1000 };

	mqtt_publish_reading(&w->p, &w->out, &live);
	return taken(w);
}

static const char all[] =
	"reading time import_t1 import_t2 export_t1 tariff power_import "
	"power_export power_import_l1 voltage_l1 current_l1 power_failures "
	"breaker limiter mbus1_gas mbus1_gas_time mbus2_water "
	"mbus2_water_time ";

static void a_value_is_published_when_it_changes(void **state)
{
	static const struct {
		const char *from, *to, *topics;
	} cases[] = {
		{ "00.087*kW)\r\n1-0:2", "00.088*kW)\r\n1-0:2",
		  "reading power_import " },
		{ "123610W", "123611W", "reading time " },
		{ "01621.615", "01621.616", "reading mbus1_gas " },
		{ "110000W", "120000W", "reading mbus1_gas_time " },
		{ "14.0(0002)", "14.0(0001)", "reading tariff " },
		{ "0-2:24.1.0(007)", "0-2:24.1.0(006)",
		  "reading mbus2_warm_water mbus2_warm_water_time " },
	};
	char text[2048];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world w;

		begin(&w, 300, true);
		check_text("first", publish(&w, telegram, 0), all);
		check_text("same", publish(&w, telegram, 1), "reading ");
		check_text(cases[i].to,
			   publish(&w,
				   changed(text, cases[i].from, cases[i].to),
				   2),
			   cases[i].topics);
		mqtt_outbox_free(&w.out);
	}
}

static void a_value_that_stays_is_published_again(void **state)
{
	struct world w;

	(void)state;
	begin(&w, 300, true);
	publish(&w, telegram, 0);
	check_text("before", publish(&w, telegram, 299), "reading ");
	check_text("due", publish(&w, telegram, 300), all);
	check_text("after", publish(&w, telegram, 301), "reading ");
	mqtt_publish_again(&w.p);
	check_text("a new connection", publish(&w, telegram, 302), all);
	mqtt_outbox_free(&w.out);
	begin(&w, 0, true);
	check_text("always", publish(&w, telegram, 0), all);
	check_text("always", publish(&w, telegram, 0), all);
	mqtt_outbox_free(&w.out);
	begin(&w, 300, false);
	check_text("without values", publish(&w, telegram, 0), "reading ");
	mqtt_outbox_free(&w.out);
}

static void todays_totals_end_at_midnight(void **state)
{
	static const char doc[] = "ha/sensor/p1logger_today_gas/config ";
	char want[sizeof(doc) + 8];
	struct world w;

	(void)state;
	begin(&w, 300, true);
	publish(&w, telegram, 0);
	w.p.today = (struct today){ .since = NOON - 100,
				    .until = NOON,
				    .end = NOON + 400,
				    .known[TODAY_GAS] = true };
	snprintf(want, sizeof(want), "%stoday ", doc);
	mqtt_publish_today(&w.p, &w.out, 6000);
	check_text("announced", taken(&w), want);
	mqtt_publish_today(&w.p, &w.out, 7000);
	check_text("same", taken(&w), "");
	w.p.today.of[TODAY_GAS]++;
	mqtt_publish_today(&w.p, &w.out, 8000);
	check_text("more", taken(&w), "today ");
	assert_non_null(strstr(publish(&w, telegram, 399), "today "));
	mqtt_publish_again(&w.p);
	assert_null(strstr(publish(&w, telegram, 400), "today "));
	mqtt_outbox_free(&w.out);
}

static void values_expire_after_twice_the_refresh(void **state)
{
	static const struct {
		long refresh_s, interval_s, expire_s, want;
	} cases[] = {
		{ 300, 0, 900, 900 },
		{ 3600, 0, 900, 7200 },
		{ 300, 86400, 1, 172800 },
		{ 300, 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct outputs_settings s = nothing_forwarded();
		struct mqtt_publish p = { 0 };
		struct err e = { 0 };

		s.mqtt.refresh_s = cases[i].refresh_s;
		s.mqtt.interval_s = cases[i].interval_s;
		s.mqtt.expire_s = cases[i].expire_s;
		assert_int_equal(mqtt_publish_open(&p, &s, &e), 0);
		check_int("expire", p.ha.expire_s, cases[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_published_when_it_changes),
		cmocka_unit_test(a_value_that_stays_is_published_again),
		cmocka_unit_test(todays_totals_end_at_midnight),
		cmocka_unit_test(values_expire_after_twice_the_refresh),
	};

	return cmocka_run_group_tests_name("mqtt_publish", tests, NULL, NULL);
}
