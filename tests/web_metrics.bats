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
		! grep -q '^p1_power_import' names || says p1_power_import_watts \
			"$(python3 -c 'import json
print("%.15g" % (1000 * json.load(open("line"))["power_import"]))')"
	done
	[ "$(get /metrics -o /dev/null -w '%{content_type}')" = \
		'text/plain; version=0.0.4; charset=utf-8' ]
}

@test "several M-Bus meters, heat in joules, names that need escaping" {
	web
	say '{"time":"2026-03-10T11:36:10Z","mbus":[{"channel":3,"medium":"heat","meter":"473","time":"2026-03-10T10:00:00Z","value":12345.678,"unit":"GJ"},{"channel":1,"medium":"gas","meter":"4\"7\\3","time":"2026-03-10T10:00:00Z","value":1621.615,"unit":"m3"},{"channel":2,"medium":"water","meter":"43","time":"2026-03-10T10:00:00Z","value":0.001,"unit":"m3"}]}'
	get /metrics >metrics
	cat metrics
	rules <metrics
	says 'p1_mbus_joules_total{channel="3",medium="heat",meter="473"}' 12345678000000
	says 'p1_mbus_cubic_meters_total{channel="1",medium="gas",meter="4\"7\\3"}' 1621.615
	says 'p1_mbus_cubic_meters_total{channel="2",medium="water",meter="43"}' 0.001
}

@test "without a reading there are p1web's own counts" {
	rm -r data
	web
	get /metrics | rules >names
	[ "$(sort names | head -1)" = p1_web_live_clients ]
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
