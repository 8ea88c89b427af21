#!/usr/bin/env bats
# Ports are lost a few times; `make soak` loses them a thousand times.
# tests/soak/ports.py describes how, and the checks.
load helper

@test "serial ports and servers are lost a dozen times, and readings resume" {
	run python3 "$BATS_TEST_DIRNAME/soak/ports.py" --losses 12 --lanes 6
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == *'"times": 12,'*'"lost": 0, "false": 0,'* ]]
}
