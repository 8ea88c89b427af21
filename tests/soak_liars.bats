#!/usr/bin/env bats
# Ten households whose meters lie; `make soak` makes two thousand.
# tests/soak/liars.py says what is compared.
load helper

@test "the readings that can be true together are accepted, in whatever order" {
	python3 "$BATS_TEST_DIRNAME/soak/liars.py" --times 10
}
