#!/usr/bin/env bats
# Can people who cannot see, or not well, use the page? axe-core looks at each of
# its states. Only for `make accessibility`, which installs axe-core.
# bats file_tags=plain
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

now=2026-06-17T10:00:00Z # also for the browser

setup() {
	[ -n "${P1_AXE:-}" ] || skip "make accessibility"
	logger_setup
	touch log
	web_port=$(free_port) url=http://127.0.0.1:$web_port
	forward_to "[web]" \
		"listen = 127.0.0.1:$web_port" "rate = 0" "work = 0"
	clock_is $now
}

teardown() {
	web_teardown
}

look() { # all | first | plain
	node "$BATS_TEST_DIRNAME/web_accessibility.mjs" "$url" "$PWD/profile" "$1"
}

# Two weeks until now, of a meter of this kind.
two_weeks() { # P1SIM-OPTION...
	p1sim --start 2026-06-03T10:00:00Z --interval 900 --duration 14d --fast "$@" >tape
	p1logger -c "$ini" --import tape
}

@test "a year of electricity and gas, with prices: all that can be chosen" {
	year_of_readings
	forward_to "[prices]" "import = 0.25" "gas = 1.4" "fixed = 0.8"
	web
	look all
}

@test "without JavaScript, the form, and a name that is not in the settings" {
	two_weeks
	web
	look plain
}

@test "no database, and the first minute" {
	web
	look first
	kill -TERM "$web_pid"
	wait "$web_pid"
	p1sim --start 2026-06-17T09:59:00Z -n 6 >tape
	p1logger -c "$ini" --import tape
	web
	rm -rf profile
	look first
}

@test "meters of Belgium" {
	two_weeks --dialect be
	web
	look first
}

@test "held counters" {
	two_weeks
	p1sim --start 2026-06-17T08:00:00Z --interval 300 -n 23 \
		--initial import_t1=0 --initial import_t2=0 --initial export_t1=0 \
		--initial export_t2=0 >reset
	p1logger -c "$ini" --import reset
	web
	look first
}
