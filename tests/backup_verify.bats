#!/usr/bin/env bats
# p1logger --verify: finds and names every contradiction.
# shellcheck disable=SC2154 # the helper's variables
load logger_helper

setup() {
	logger_setup
	sed -i "s|^rrd =|rrd = $PWD/rrd|" "$ini"
	mkdir to rrd
	p1sim -n 400 --start 2026-03-28T00:00:00Z --interval 600 --fast \
		--meter-swap 2026-03-29T12:00:00Z \
		--gas-swap 2026-03-30T00:00:00Z >telegrams
	p1logger -c "$ini" --import telegrams
}

verify() {
	as_serial p1logger -c "$ini" --verify "$@"
}

falsify() { # SQL
	sqlite3 "$db" "$1"
}

@test "all is well: two lines with ages, across new meters and a clock change" {
	run verify
	[ "$status" -eq 0 ]
	echo "$output"
	[ "${#lines[@]}" = 2 ]
	[[ ${lines[0]} == "last reading: 2026-03-30T18:30:00Z, "*" s ago" ]]
	[ "${lines[1]}" = "last backup: none" ]
	p1logger -c "$ini" --backup to
	run verify
	[[ ${lines[1]} == "last backup: 2"*" s ago, /"*"/to/p1-2"* ]]
}

@test "an entered counter is not the last reading" {
	p1logger -c "$ini" --closing 2 --at 2026-03-31T12:00:00Z import_t1=9999
	run verify
	[ "$status" -eq 0 ]
	[[ ${lines[0]} == "last reading: 2026-03-30T18:30:00Z, "* ]]
}

@test "days of another time zone than that of the settings are found" {
	sed -i "s|^timezone.*|timezone = Europe/London|" "$ini"
	run verify
	[ "$status" -eq 65 ]
	[[ ${lines[0]} == "the calendar: days and months are those of Europe/Amsterdam, but the settings say Europe/London: "* ]]
	run verify --repair
	[ "$status" -eq 0 ]
}

@test "a falsified counter is found, with its table, time and values" {
	falsify "UPDATE electricity SET import_t1_wh = import_t1_wh + 5000000
		WHERE ts = unixepoch('2026-03-28T12:00:00Z')"
	run verify
	echo "$output"
	[ "$status" -eq 65 ]
	[[ $output == *"electricity meter "*", 2026-03-28T12:10:00Z: import_t1_wh falls to "* ]]
	[[ $output == *" at 2026-03-28T12:00:00Z"* ]]
	[[ $output == *"counter_from, 2026-03-28T12:00:00Z: import_wh does not follow from the readings"* ]]
	[[ $output == *"power_import at 2026-03-28T1"* ]] # p1rrd agrees
	[[ $output == *" problem"*" in $db"* ]]
}

@test "a falsified gas counter is found" {
	falsify "UPDATE mbus SET value = 0 WHERE ts = (SELECT max(ts) FROM mbus
		WHERE ts < unixepoch('2026-03-28T12:30:00Z'))"
	run verify
	[ "$status" -eq 65 ]
	[[ $output == *"gas meter "*", 2026-03-28T12:"*"Z: "*" falls to 0; it was "* ]]
}

@test "a missing day in the calendar is found, and years later --repair adds it" {
	falsify "DELETE FROM calendar_day WHERE day = '2026-03-29'"
	run verify
	echo "$output"
	[ "$status" -eq 65 ]
	[[ $output == *"the calendar lacks days"* ]]
	clock_is 2030-01-01T00:00:00Z
	verify --repair
}

@test "a falsified boundary is found, and --repair fixes it" {
	falsify "UPDATE counter_to SET import_wh = import_wh + 1000
		WHERE ts = unixepoch('2026-03-28T12:00:00Z')"
	run verify
	echo "$output"
	[ "$status" -eq 65 ]
	[[ ${lines[0]} == "counter_to, 2026-03-28T12:00:00Z: import_wh does not follow from "* ]]
	before=$(sqlite3 "$db" "SELECT * FROM hourly_wh")
	verify --repair
	[ "$(sqlite3 "$db" "SELECT * FROM hourly_wh")" != "$before" ]
	run verify --repair telegrams
	[ "$status" -eq 2 ]
	[[ $output == *"--repair needs --verify without a file"* ]]
}

@test "a falsified RRD file is found, and p1rrd --rebuild fixes it" {
	rrdtool dump rrd/electricity.rrd |
		sed '0,/<v>[1-9][.0-9]*e+0[23]/s//<v>7.0e+03/' >dump.xml
	rrdtool restore --force-overwrite dump.xml rrd/electricity.rrd
	run verify
	echo "$output"
	[ "$status" -eq 65 ]
	[[ $output == *"electricity.rrd: "*" is "*", should be "* ]]
	p1rrd -c "$ini" --rebuild
	run verify
	[ "$status" -eq 0 ]
}

@test "an RRD file that is missing or truncated" {
	rm rrd/gas.rrd
	truncate -s 3000 rrd/electricity.rrd
	run verify
	echo "$output"
	[ "$status" -eq 65 ]
	[[ $output == *"gas.rrd: it is missing"* ]]
	[[ $output == *"electricity.rrd"* ]]
}

@test "a damaged file is reported with its pages" {
	falsify "PRAGMA wal_checkpoint(TRUNCATE)"
	pages=$(($(stat -c %s "$db") / 4096))
	dd if=/dev/urandom of="$db" bs=4096 seek=$((pages - 5)) count=3 \
		conv=notrunc status=none
	run verify
	[ "$status" -eq 65 ]
	[[ $output == *"file: "* && $output == *"last reading: unknown"* ]]
}

@test "no database, and one without readings" {
	rm -r data rrd/*
	run verify
	ends 69 "$db"
	echo >nothing
	run p1logger -c "$ini" --import nothing
	run verify
	[ "$status" -eq 0 ]
	[[ $output == "no readings yet: p1logger --discover says "* ]]
}
