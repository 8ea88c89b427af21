#!/usr/bin/env bats
# bats file_tags=plain
# p1pg, its server and the network are killed a few times; `make fleet-kills` does it two
# hundred times. tests/power/fleet_kill.py describes the checks.
load helper
load postgres

setup() {
	postgres_setup
}

teardown() {
	postgres_teardown
}

@test "killed at any moment, a home is stored once" {
	PG_BIN=$pg_bin python3 "$BATS_TEST_DIRNAME/power/fleet_kill.py" --seed 1 --kills 20
}
