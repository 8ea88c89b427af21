#!/usr/bin/env bats
# bats file_tags=plain
# Readings that once caused lasting false totals: each scene is imported in
# every order of its files. judge_faults.py has the right results.
# shellcheck disable=SC2154 # variables of logger_helper
load logger_helper

setup() {
	logger_setup
}

scenes() { # GROUP
	python3 "$BATS_TEST_DIRNAME/judge_faults.py" "$BATS_TEST_TMPDIR" "$1"
}

@test "zeros, and counters that wrap around" {
	scenes zeros
}

@test "false steps that match earlier readings" {
	scenes steps
}

@test "identifiers that appear, disappear and change their spelling" {
	scenes identifiers
}

@test "a total instead of tariffs, and tariffs instead of a total" {
	scenes forms
}

# DSMR 2.2 has no CRC. The first telegram is truncated.
@test "a held reading without proof is named by one of its counters" {
	p1sim --dialect nl22 -n 2 --seed 3 >two
	first=$(sed -n 's/^1-0:1.8.1(0*\([0-9.]*\)\*kWh).*/\1/p' two | head -n 1)
	sed '/^1-0:1.8.1/q' two >first_part
	cat first_part two | head -n "$(($(wc -l <first_part) + $(wc -l <two) / 2))" >torn
	p1logger -c "$ini" --import --time-from 2025-01-01T00:00:00Z+10 torn
	run p1logger -c "$ini" --quarantine
	[ "$status" -eq 0 ]
	[ "$(rows)" = 0 ]
	echo "$output"
	[[ ${lines[1]} == *" unproven "*" import_t1 $first kWh "* ]]
	[[ $output != *import_total* ]]
}
