#!/usr/bin/env bats
# Telegrams with a correct CRC that keep changing: their cost is bounded.
# shellcheck disable=SC2154 # the helper's variables
load forward_helper

setup() {
	forward_setup
}

teardown() {
	forward_teardown
}

flood() { # KIND COUNT: until all are read
	receiver python3 "$BATS_TEST_DIRNAME/logger_flood.py" "$@" >flood
	wait_for grep . flood
	write_ini "tcp://127.0.0.1:$(head -n 1 flood)" "interval = 10"
	service
	wait_for grep -x sent flood
}

is_bounded() { # KB of memory and KB of disk at most
	local peak used

	is_sanitized ||
		peak=$(sed -n 's/^VmHWM:\s*\([0-9]*\) kB/\1/p' "/proc/$service_pid/status")
	stop_service
	used=$(du -sk data | cut -f1)
	echo "memory ${peak-?} kB, disk $used kB"
	[ "${peak:-0}" -le "$1" ]
	[ "$used" -le "$2" ]
}

@test "messages of 50 KB and a failure log, different in each telegram" {
	flood text 600
	is_bounded 24000 6000
	[ "$(sql "SELECT max(length(text)) <= 2048 FROM message")" = 1 ]
	[ "$(grep -c "more messages, headers, identifiers" log)" = 1 ]
}

@test "a different header in each telegram" {
	flood header 5000
	is_bounded 24000 6000
	[ "$(sql "SELECT count(*) <= 400 FROM identity")" = 1 ]
	[ "$(grep -c "more messages, headers, identifiers" log)" = 1 ]
}

@test "a different meter in each telegram" {
	flood meter 5000
	is_bounded 24000 6000
	[ "$(sql "SELECT count(*) <= 60 FROM meter")" = 1 ]
	[ "$(grep -c "more messages, headers, identifiers" log)" = 1 ]
}
