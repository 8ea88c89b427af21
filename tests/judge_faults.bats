#!/usr/bin/env bats
# bats file_tags=plain
# Readings that once made lasting false totals: each scene is imported in every
# order of its files. judge_faults.py says what is right of each.
# shellcheck disable=SC2154 # variables of logger_helper
load logger_helper

setup() {
	logger_setup
}

scenes() { # GROUP
	python3 "$BATS_TEST_DIRNAME/judge_faults.py" "$BATS_TEST_TMPDIR" "$1"
}

@test "zeros, and counters that go over their end" {
	scenes zeros
}

@test "false steps that fit what was before them" {
	scenes steps
}

@test "identifiers that come, go and change their spelling" {
	scenes identifiers
}

@test "a total in place of tariffs, and tariffs in place of a total" {
	scenes forms
}

# DSMR 2.2 has no CRC. The first telegram ends within.
@test "a reading that nothing proves is named by a counter that it shows" {
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
