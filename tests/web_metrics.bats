#!/usr/bin/env bats
# bats file_tags=plain
# /metrics by the rules of Prometheus, with the values of each kind of meter.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

setup() {
	web_setup 60
}

teardown() {
	web_teardown
}

rules() { # like promtool, if present
	python3 "$BATS_TEST_DIRNAME/web_metrics.py" || return
}

says() { # a METRIC with VALUE
	grep -qxF "$1 $2" metrics
}

heard() { # N readings
	get /metrics | grep -qx "p1_web_readings_total $1"
}

@test "every dialect's values follow the rules, and promtool has no complaint" {
	web
	n=0
	for dialect in nl22 nl30 nl50 be lu se "fi" hu lt at ch de ebz ie ace4000 heat; do
		p1sim --dialect "$dialect" --start 2026-03-10T11:00:00Z -n 3 -o "$dialect"
		p1logger --decode "$dialect" 2>/dev/null | tail -1 >line
		test -s line
		say "$(cat line)"
		n=$((n + 1))
		wait_for heard "$n"
		get /metrics >metrics
		rules <metrics >names
		if command -v promtool >/dev/null; then
			run promtool check metrics <metrics
			echo "$dialect: $output"
			[ -z "$output" ]
		fi
		python3 - <<-'END'
			import json
			line = json.load(open("line"))
			got = dict(l.rsplit(" ", 1) for l in open("metrics") if l[0] != "#")
			power = got.get('p1_power_watts{direction="import"}')
			assert (power is None) == ("power_import" not in line)
			assert not power or float(power) == 1000 * line["power_import"]
			total = [float(v) for k, v in got.items() if k.startswith(
			    'p1_energy_joules_total{direction="import"')]
			wh = line.get("import_total", sum(
			    line.get(f"import_t{n}", 0) for n in (1, 2, 3, 4)))
			assert total == ([round(wh * 1000) * 3600] if wh else []), total
		END
	done
	[ "$(get /metrics -o /dev/null -w '%{content_type}')" = \
		'text/plain; version=0.0.4; charset=utf-8' ]
}

@test "every register has a sample, and docs/web.md its name" {
	web
	registers=$(sed -n 's/^\tX([A-Z0-9_]*, *\([a-z0-9_]*\), *(.*/\1/p' \
		"$BATS_TEST_DIRNAME/../telegram/obis_quantities.h")
	[ "$(wc -w <<<"$registers")" -gt 40 ]
	line='{"time":"2026-03-10T11:36:10Z"'
	for register in $registers; do
		case $register in
		tariff | breaker | *failures | voltage_s*) line+=",\"$register\":7" ;;
		*) line+=",\"$register\":7.000" ;;
		esac
	done
	say "$line}"
	wait_for heard 1
	get /metrics >metrics
	rules <metrics >names
	while read -r name; do
		grep -F "\`$name\`" "$BATS_TEST_DIRNAME/../docs/web.md"
	done <names
	# demand_peak is p1_month_peak_watts, from the journal.
	[ "$(grep -c '^p1_.* 7$\|^p1_.* 7000$\|^p1_.* 25200000$' metrics)" = \
		"$(($(wc -w <<<"$registers") - 1))" ]
}

@test "M-Bus meters: a metric for each medium, others with a label, names that need escaping" {
	web
	say '{"time":"2026-03-10T11:36:10Z","mbus":[{"channel":3,"medium":"heat","meter":"473","time":"2026-03-10T10:00:00Z","value":12345.678,"unit":"GJ"},{"channel":1,"medium":"gas","meter":"4\"7\\3","time":"2026-03-10T10:00:00Z","value":1621.615,"unit":"m3"},{"channel":2,"medium":"water","meter":"43","time":"2026-03-10T10:00:00Z","value":0.001,"unit":"m3"}]}'
	get /metrics >metrics
	cat metrics
	rules <metrics
	says 'p1_heat_joules_total{channel="3",meter="473"}' 12345678000000
	says 'p1_gas_cubic_meters_total{channel="1",meter="4\"7\\3"}' 1621.615
	says 'p1_water_cubic_meters_total{channel="2",meter="43"}' 0.001
	say '{"time":"2026-03-10T11:36:11Z","mbus":[{"channel":1,"medium":"type-021","value":1.000,"unit":"m3"},{"channel":2,"medium":"gas","meter":"4530303434303037","value":2.000,"unit":"kWh"},{"channel":3,"medium":"warm_water","value":3.000,"unit":"m3"},{"channel":4,"medium":"type-022","value":4.000,"unit":"m3"}]}'
	wait_for heard 2
	get /metrics >metrics
	rules <metrics
	says 'p1_mbus_cubic_meters_total{channel="1",medium="type-021",meter=""}' 1
	says 'p1_mbus_energy_joules_total{channel="2",medium="gas",meter="E0044007"}' 7200000
	says 'p1_warm_water_cubic_meters_total{channel="3",meter=""}' 3
	says 'p1_mbus_cubic_meters_total{channel="4",medium="type-022",meter=""}' 4
}

@test "powers of a silent meter are left out, its counters and its age are not" {
	web
	get /metrics >metrics
	rules <metrics >names
	says p1_last_reading_timestamp_seconds "$(sql 'SELECT max(ts) FROM electricity')"
	grep -x p1_energy_joules_total names
	run grep -E '^p1_(power_watts|voltage_volts|active_tariff)$' names
	[ "$status" -eq 1 ]
}

@test "the service's own numbers: telegrams, refused by reason; held, backup, size, cost" {
	printf '%s\n' '[prices]' 'fixed = 0.85' >>"$ini"
	mkdir backups
	p1logger -c "$ini" --backup backups
	sqlite3 data/p1.db "INSERT INTO held (meter, channel, ts, time_source,
		weight, reason, register, seen_ts, telegram, value)
		SELECT id, 1, n, 0, 1, 'back', 'value', 0, x'', 1
		FROM meter JOIN (SELECT 1 AS n UNION SELECT 2) WHERE medium = 'gas';
		INSERT INTO pin SELECT id, 1, 1, 0, NULL FROM meter WHERE medium = 'gas'"
	web
	say '{"time":"2026-03-10T11:00:00Z"}
telegrams 41
refused crc 3
refused moon 2
'
	wait_for heard 1
	say '
telegrams 42
refused crc 3
refused cut 1
'
	wait_for counted 42
	rules <metrics
	says 'p1_refused_telegrams_total{reason="crc"}' 3
	says 'p1_refused_telegrams_total{reason="cut"}' 1
	says 'p1_refused_telegrams_total{reason="cipher"}' 0
	says p1_web_readings_total 1
	says 'p1_held_readings{medium="gas"}' 1
	says 'p1_held_readings{medium="electricity"}' 0
	says "p1_build_info{version=\"$(p1web --version | cut -d' ' -f2)\"}" 1
	says p1_database_size_bytes "$(cat data/p1.db data/p1.db-wal | wc -c)"
	says p1_last_backup_timestamp_seconds "$(date -d "$(cut -d' ' -f1 data/p1.db.backup)" +%s)"
	run ! grep '^p1_cost_today' metrics # today has no readings
	sqlite3 data/p1.db 'DELETE FROM held'
	wait_for counts_held 0 # the commit of another program is noticed
}

counted() { # N telegrams
	get /metrics >metrics
	says p1_telegrams_total "$1"
}

counts_held() { # N
	get /metrics >metrics
	says 'p1_held_readings{medium="gas"}' "$1"
}

@test "without a reading there are p1web's own counts" {
	rm -r data
	web
	get /metrics | rules >names
	[ "$(sort names | head -1)" = p1_build_info ]
	run ! grep -vE '^p1_(build_info|web_)' names
}

@test "a broken rule is detected" {
	good='# HELP p1_a_total x
# TYPE p1_a_total counter
p1_a_total 1'
	rules <<<"$good"
	for wrong in 's/ 1$/ one/' 's/ 1$/ -1/' 's/_total//' 's/counter/gauge/' \
		's/counter/count/' '1d' '2d' '3d' 's/p1_a/p1-a/' 's/p1_a/p1_aB/' \
		's/p1_a_/p1_kilojoules_/' 's/p1_a_/p1_minutes_/' 's/^p1.*/& & /' \
		'1p' '3p' 's/^\(p1_a_total\)/\1{a="b}/' 's/^\(p1_a_total\)/\1{0="b"}/' \
		's/^\(p1_a_total\)/\1{a="b\\x"}/' 's/HELP\(.*\) x/HELP\1/' 's/^p1/ p1/'; do
		run rules < <(sed "$wrong" <<<"$good")
		echo "$wrong: $output"
		[ "$status" -eq 1 ]
	done
}
