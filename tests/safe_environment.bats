#!/usr/bin/env bats
# What the parent process may inflict on p1logger and p1web: standard error
# without a reader, limits, signals, closed descriptors.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034 # the helper's variables and functions
load web_helper

setup() {
	logger_setup
	touch log
	every_second
}

teardown() {
	web_teardown
}

more_rows() { # N: N more than when first asked
	local now

	now=$(rows)
	: "${rows_before=$now}"
	[ "$now" -ge $((rows_before + $1)) ]
}

@test "a pipe without a reader stops neither the readings nor SIGTERM" {
	mkfifo pipe
	exec 5<>pipe
	LD_PRELOAD=$P1_BIN/tests/shim.so ASAN_OPTIONS=verify_asan_link_order=0 \
		p1logger -v -c "$ini" 2>&5 3>&- 5>&- &
	service_pid=$!
	wait_for has_rows 1
	dd if=/dev/zero of=pipe bs=4096 oflag=nonblock 2>&1 | grep -c "unavailable"
	wait_for more_rows 3
	timeout 5 cat <&5 | tr -d '\0' >>log || true
	wait_for more_rows 5
	stop_service
	timeout 1 cat <&5 >>log || true
	grep "lost [0-9]* lines: standard error was blocked" log
}

@test "a file size limit is like a full disk: the readings wait in memory" {
	service
	wait_for has_rows 2
	prlimit --pid "$service_pid" --fsize=4096:
	wait_for grep "$db: .*ulimit -f.*; the readings wait in memory" log
	prlimit --pid "$service_pid" --fsize=unlimited:
	wait_for grep "$db is writable again after" log
	stop_service
	[ "$(missing)" = 0 ]
}

@test "unrelated signals have no effect" {
	service
	wait_for has_rows 1
	for name in PIPE USR1 USR2 ALRM VTALRM PROF IO WINCH XFSZ; do
		kill -s "$name" "$service_pid"
	done
	wait_for more_rows 2
	stop_service
}

@test "nor on p1web, whose child still draws charts" {
	service
	wait_for has_rows 2
	stop_service
	web_port=$(free_port) url=http://127.0.0.1:$web_port
	web "[web]" "listen = 127.0.0.1:$web_port"
	for name in PIPE USR1 USR2 ALRM VTALRM PROF IO WINCH XFSZ; do
		kill -s "$name" "$web_pid"
	done
	answered 200 /graph/day.png
	kill -TERM "$web_pid"
	wait "$web_pid"
}

@test "without descriptors 0, 1 and 2 no file of ours takes their numbers" {
	# shellcheck disable=SC2016 # the inner shell's
	LD_PRELOAD=$P1_BIN/tests/shim.so ASAN_OPTIONS=verify_asan_link_order=0 \
		sh -c 'exec "$@" <&- >&- 2>&-' sh p1logger -v -c "$ini" 3>&- &
	service_pid=$!
	wait_for has_rows 2
	for fd in 0 1 2; do
		[ "$(readlink "/proc/$service_pid/fd/$fd")" = /dev/null ]
	done
	stop_service
}
