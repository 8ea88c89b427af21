#!/usr/bin/env bats
# Ten households with lying meters; `make soak` simulates two thousand.
# tests/soak/liars.py describes the comparison.
load helper

@test "the largest consistent set of readings is accepted, in any order" {
	python3 "$BATS_TEST_DIRNAME/soak/liars.py" --times 10
}
