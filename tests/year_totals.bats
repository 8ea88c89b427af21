#!/usr/bin/env bats
# A year of a household, to the Wh and the dm3: both clock changes, new meters
# in the middle of a day, a gap of three days. tests/year_totals.py computes
# every hour, day, month and year independently from p1sim's truth.
# P1_YEAR_INTERVAL=10 (make year) uses a telegram every 10 seconds.
# bats file_tags=plain

bats_require_minimum_version 1.5.0
load helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir rrd
	cat >p1.ini <<-END
		[storage]
		database = $PWD/p1.db
		rrd = $PWD/rrd
		timezone = Europe/Amsterdam
	END
}

# A year starting at local midnight, as p1sim options in `year`.
a_year() {
	local interval=$1

	shift
	year=(--start 2024-12-31T23:00:00Z --duration 1y
		--interval "${P1_YEAR_INTERVAL:-$interval}"
		--gap 2025-07-03T14:20:00Z+3d --gap 2025-12-10T09:13:00Z+5h
		"$@")
}

# The same bytes twice: for p1logger, and for the check.
import_year() {
	p1sim "${year[@]}" | p1logger --config p1.ini --import -
}

check_year() { # [SETTINGS]: also p1report's with them
	p1sim "${year[@]}" -o /dev/null --truth /dev/stdout |
		python3 "$BATS_TEST_DIRNAME/year_totals.py" p1.db rrd "$@"
}

# Everything that rrdtool can report about the year.
fetch_year() {
	local file step

	for file in rrd/*.rrd; do
		for step in 300 3600 86400; do
			rrdtool fetch "$file" AVERAGE -r $step \
				-s 1735603200 -e 1767225600
		done
		rrdtool fetch "$file" MAX -r 3600 -s 1735603200 -e 1767225600
	done
}

@test "Dutch, with sun, gas and water: all sums are exact" {
	a_year 300 --dialect nl50 --water --seed 3 \
		--meter-swap 2025-05-20T11:37:12Z --gas-swap 2025-08-14T09:12:00Z
	import_year
	check_year p1.ini
	fetch_year >before
	rm rrd/*.rrd
	p1rrd --config p1.ini
	fetch_year >after
	cmp before after
	p1rrd --config p1.ini --rebuild
	fetch_year >rebuilt
	cmp before rebuilt
}

@test "Belgian, without sun, with heat: all sums are exact" {
	a_year 900 --dialect be --no-solar --heat --seed 5 \
		--meter-swap 2025-03-30T01:00:00Z \
		--meter-swap 2025-10-26T00:30:00Z --gas-swap 2025-10-26T00:30:00Z
	import_year
	check_year p1.ini
}

@test "DSMR 4.2 with gas once an hour, imported twice: all sums are exact" {
	a_year 900 --dialect nl42 --phases 1 --seed 6 \
		--meter-swap 2025-07-04T12:00:00Z \
		--gas-swap 2025-06-05T12:20:00Z --gas-swap 2025-07-05T12:20:00Z
	import_year
	fetch_year >before
	import_year
	fetch_year >after
	cmp before after
	check_year
}
