#!/usr/bin/env bats
# Some allocations of the programs fail; `make soak` tries thousands.
# tests/power/starve.py describes what must not happen.
load helper

@test "a program without memory stops with a message, and nothing is lost" {
	python3 "$BATS_TEST_DIRNAME/power/starve.py" --most 25 --seed $RANDOM
}
