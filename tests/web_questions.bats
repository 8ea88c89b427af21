#!/usr/bin/env bats
# What the page asks of p1web beside history: prices, meter readings, a usual day,
# standby, peaks, a selection.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

setup() {
	web_setup
}

teardown() {
	web_teardown
}

@test "prices: those of the active tariff, and what the tariffs are called" {
	forward_to "[prices]" "import = 0.3" "import_t1 = 0.25123" "export = 0.09" \
		"export_t2 = -0.01" "heat = 35" "fixed = -0.5" "currency = CHF"
	web "[web]"
	p1logger --decode tape | tail -1 >line
	prices_with() { # TARIFF
		say "$(sed "s/\"tariff\":[0-9]*/\"tariff\":$1/" line)"
		wait_for tariff_is "$1"
		get /api/v1/prices
	}
	tariff_is() {
		[ "$(get /api/v1/prices | values 'd.get("tariff")')" = "$1" ]
	}
	[ "$(prices_with 1)" = '{"currency":"CHF","tariff":1,"tariff_names":"low_normal","import":0.25123,"export":0.09,"heat":35.00,"standing_day":-0.50}' ]
	[ "$(prices_with 2)" = '{"currency":"CHF","tariff":2,"tariff_names":"low_normal","import":0.30,"export":-0.01,"heat":35.00,"standing_day":-0.50}' ]
	sqlite3 "$db" "UPDATE identity SET header = '/FLU5\\253769484_A'"
	[ "$(get /api/v1/prices | values 'd["tariff_names"]')" = day_night ]
}

@test "prices: what is not in the settings, or not known, is absent" {
	rm -r data
	web
	[ "$(get /api/v1/prices)" = '{"currency":"EUR"}' ]
}
