#!/usr/bin/env bats
# The programs are killed a few times; `make soak` does it a thousand times.
# tests/power/kill.py describes the checks.
load helper

kills() { # SEED N
	python3 "$BATS_TEST_DIRNAME/power/kill.py" --seed "$1" --kills "$2"
}

@test "programs killed at any moment lose nothing: a meter on a TCP port" {
	kills 1 10
}

@test "programs killed at any moment lose nothing: a meter on a serial port" {
	kills 2 10
}
