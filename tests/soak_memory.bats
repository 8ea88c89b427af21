#!/usr/bin/env bats
# An allocation of the programs fails, some of them; `make soak` takes
# thousands. tests/power/starve.py says what must not happen then.
load helper

@test "a program that lacks memory ends with a word, and nothing is lost" {
	python3 "$BATS_TEST_DIRNAME/power/starve.py" --most 25 --seed $RANDOM
}
