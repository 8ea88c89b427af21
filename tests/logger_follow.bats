#!/usr/bin/env bats
# p1logger and the p1rrd that it starts, replaced by a script.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034,SC2119,SC2120 # the helper's variables and functions
load logger_helper

setup() {
	logger_setup
	sed -i "s|^rrd.*|rrd = $PWD/rrd|" "$ini"
	mkdir bin
	cp "$P1_BIN/p1logger" bin
}

teardown() {
	[ -z "${service_pid-}" ] || kill -KILL "$service_pid" 2>/dev/null || true
	stop_meter
}

follower() { # SHELL-TEXT: the body of p1rrd
	printf '#!/bin/sh\n%s\n' "$1" >bin/p1rrd
	chmod 755 bin/p1rrd
}

once() {
	bin/p1logger --once -c "$ini" "$@"
}

@test "it gets the same settings file, and no signal is blocked" {
	follower "echo \"\$@\" >$PWD/args; grep SigBlk /proc/self/status >$PWD/mask"
	meter
	run once
	silent
	[ "$(cat args)" = "--config $ini" ]
	cat mask # shown if it differs
	[ "$(cat mask)" = "SigBlk:	0000000000000000" ]
}

@test "its own error message is the only line, the status is 73" {
	follower "echo 'p1rrd: no room' >&2; exit 73"
	meter
	run once
	ends 73 "p1rrd: no room"
	[ "$(rows)" = 1 ]
}

@test "a crash is 73 and named" {
	follower "kill -SEGV \$\$"
	meter
	run once
	ends 73 "p1rrd was killed by signal 11"
}

@test "a missing one is 73 and named" {
	meter
	run once
	ends 73 "$PWD/bin/p1rrd: No such file"
	[ "$(rows)" = 1 ]
}

@test "a slow one is awaited for 10 s at most, and continues" {
	follower "while [ ! -e $PWD/go ]; do sleep 0.2; done; echo >$PWD/finished"
	meter
	timeout 60 bin/p1logger -c "$ini" --once >log 2>&1 3>&-
	[ ! -e finished ]
	touch go
	wait_for test -e finished
}

has_run() { # N: lines of the runs, two each
	[ "$(wc -l <runs)" -ge "$1" ]
}

@test "the service starts one at a time, after each commit, and leaves none behind" {
	sed -i "s|^rrd.*|&\nrrd_interval = 0\ninterval = 1\ncommit = 1|" "$ini"
	follower "echo begin >>$PWD/runs; sleep 1.5; echo end >>$PWD/runs"
	meter
	bin/p1logger -c "$ini" 2>log 3>&- &
	service_pid=$!
	wait_for has_run 3
	kill "$service_pid"
	wait "$service_pid"
	service_pid=
	cat runs log
	[ "$(uniq runs | wc -l)" -eq "$(wc -l <runs)" ]
	[ "$(tail -n 1 runs)" = end ]
	[ "$(wc -l <runs)" -ge 4 ]
	run ! grep -v "created\|started\|reading" log
}

@test "the service starts it once per rrd_interval, and when it stops" {
	sed -i "s|^rrd.*|&\nrrd_interval = 86400\ninterval = 1\ncommit = 1|" "$ini"
	follower "echo run >>$PWD/runs"
	meter
	bin/p1logger -c "$ini" 2>log 3>&- &
	service_pid=$!
	wait_for has_run 1
	wait_for has_rows "$(($(rows) + 3))" # three commits
	[ "$(wc -l <runs)" -eq 1 ]
	kill "$service_pid"
	wait "$service_pid"
	service_pid=
	[ "$(wc -l <runs)" -eq 2 ]
}
