#!/usr/bin/env bats
# p1logger --import: archived telegrams by the same path as live ones.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034,SC2119,SC2120 # the helper's variables and functions
load logger_helper

setup() {
	logger_setup
}

import() {
	p1logger -c "$ini" --import "$@"
}

kilobytes() { # FILE: memory for importing it into a new database
	rm -rf "${db%/*}"
	ASAN_OPTIONS=quarantine_size_mb=1 python3 -c 'if 1:
		import resource, subprocess, sys
		subprocess.run(sys.argv[1:], check=True)
		print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
		' p1logger -c "$ini" --import "$1"
}

counters() {
	sql "SELECT count(*), min(ts), max(ts) FROM electricity"
}

@test "plain and gzipped archives are stored silently" {
	p1sim -n 100 --interval 10 --start 2025-01-01T00:00:00Z -o a
	p1sim -n 100 --interval 10 --start 2025-01-02T00:00:00Z --seed 2 -o b
	gzip b
	run import a b.gz
	silent
	[ "$(counters)" = "200|1735689600|1735776990" ]
}

@test "the RRD files follow, even if a file was missing" {
	p1sim -n 100 --interval 10 --start 2025-01-01T00:00:00Z -o a
	sed -i "s|^rrd =.*|rrd = $PWD/rrd|" "$ini"
	mkdir rrd
	run import nowhere a
	[ "$status" -eq 69 ]
	[ "$(rrdtool last rrd/electricity.rrd)" = 1735690500 ]
	rm rrd/*
	import a # nothing new, but the RRD files are updated
	[ -s rrd/electricity.rrd ]
}

@test "importing twice changes nothing" {
	p1sim -n 500 --interval 10 --start 2025-01-01T00:00:00Z -o a
	import a
	sqlite3 "$db" .dump >first
	run import --verbose a
	[ "$status" -eq 0 ]
	[[ $output == *"500 telegrams, 0 new rows" ]]
	sqlite3 "$db" .dump >second
	diff <(grep '^INSERT INTO [a-z]* ' first | grep -v "'changes'\|INTO change") \
		<(grep '^INSERT INTO [a-z]* ' second | grep -v "'changes'\|INTO change")
}

@test "held readings are reported, also without a terminal" {
	p1sim -n 20 --interval 10 --start 2025-01-01T00:00:00Z --initial import_t1=600 -o a
	p1sim -n 5 --interval 10 --start 2025-01-02T00:00:00Z --initial import_t1=500 -o b
	run import a
	silent
	run import b
	[ "$status" -eq 0 ]
	[[ $output == "p1logger: 5 telegrams, "*", held 5 (p1logger --quarantine)" ]]
}

@test "refused telegrams are in the summary of --verbose" {
	p1sim -n 5 --fault badcrc=1 -o bad
	p1sim -n 5 -o good
	run import -v bad good
	[ "$status" -eq 0 ]
	[[ ${lines[-1]} == *"5 telegrams, "*"refused 5: crc 5" ]]
}

@test "nothing valid is 65, a missing file 69, and the rest is stored" {
	p1sim -n 5 --fault badcrc=1 -o bad
	run import bad
	ends 65 "no valid telegram"
	p1sim -n 5 --interval 10 -o good
	run import nowhere good
	ends 69 nowhere
	[ "$(sql "SELECT count(*) FROM electricity")" -ge 5 ]
}

@test "only the gas of telegrams without a time is stored, and that is reported" {
	p1sim --dialect nl22 -n 5 --start 2013-01-05T10:00:00Z -o old
	run import old
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *"5 telegrams have no time: "*--time-from* ]]
	[ "$(sql "SELECT count(*) FROM electricity")" = 0 ]
	[ "$(sql "SELECT count(*) FROM mbus")" = 1 ]
}

@test "--time-from gives them times, from a stamp across all files" {
	p1sim --dialect nl22 -n 5 --start 2013-01-05T10:00:00Z -o old
	run import --time-from 2013-01-05T10:00:00Z+20 old
	silent
	[ "$(counters)" = "5|1357380000|1357380080" ]
}

# p1sim cannot stay in 2000: its fault starts there.
@test "a clock that was never set is reported, and --time-from gives times" {
	p1sim -n 5 --interval 10 --start 2025-01-01T00:00:00Z \
		--fault year2000=2025-01-01T00:00:00Z+1m -o old
	run import old
	echo "$output"
	[ "$status" -eq 0 ]
	[[ ${lines[0]} == *"5 telegrams are dated before 2008"*"--time-from"* ]]
	[ "$(rows)" = 0 ]
	run import --time-from 2025-01-01T00:00:00Z+10 old
	silent
	[ "$(counters)" = "5|1735689600|1735689640" ]
	[ "$(sql "SELECT count(*) FROM mbus")" = 2 ] # the gas meter knows its time
	touch -d 2025-01-01T00:00:40Z old
	import --time-from mtime old # the same times
	[ "$(counters)" = "5|1735689600|1735689640" ]
	p1logger -c "$ini" --verify
}

@test "--time-from mtime ends at the file's own time" {
	p1sim --dialect nl22 -n 5 --start 2013-01-05T10:00:00Z -o old
	touch -d 2013-01-05T10:01:00Z old
	run import --time-from mtime old
	silent
	[ "$(counters)" = "5|1357380020|1357380060" ]
	run bash -c "p1logger -c '$ini' --import --time-from mtime - <old"
	[ "$status" -eq 2 ]
}

@test "a wrong --time-from is 2" {
	: >a
	for how in yesterday 2013-02-30T00:00:00Z+10 mtime+0 2013-01-05T10:00:00Z; do
		run import --time-from "$how" a
		ends 2 "$how"
	done
}

@test "memory does not grow with the archive" {
	p1sim -n 50000 --interval 10 --start 2020-01-01 | gzip -1 >many.gz
	p1sim -n 5000 --interval 10 --start 2020-01-01 | gzip -1 >few.gz
	few=$(kilobytes few.gz)
	many=$(kilobytes many.gz)
	echo "$few KB, $many KB"
	is_sanitized || [ "$many" -lt $((few + 10000)) ]
}

@test "a terminal shows a bar and a summary" {
	p1sim -n 20 --interval 10 -o a
	run script -qec "p1logger -c '$ini' --import a" /dev/null
	[ "$status" -eq 0 ]
	[[ $output == *"20 telegrams, "*" new rows"* ]]
}
