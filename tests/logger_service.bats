#!/usr/bin/env bats
# p1logger as a service: signals, lost ports, its log, systemd.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034,SC2119,SC2120 # the helper's variables and functions
load logger_helper

setup() {
	look_for_leaks
	logger_setup
}

teardown() {
	[ -z "${service_pid-}" ] || kill -KILL "$service_pid" 2>/dev/null || true
	stop_meter
	echo "log:"
	cat log
}

has_more_lines() { # FILE N: N more than when first asked
	local now

	now=$(wc -l <"$1")
	: "${lines_before=$now}"
	[ "$now" -ge $((lines_before + $2)) ]
}

@test "the first row is written immediately, the rest at SIGTERM, with status 0" {
	write_ini "$port" "interval = 1"
	meter --truth sent
	service
	wait_for has_rows 1
	wait_for has_more_lines sent 4
	has_rows 1
	run ! has_rows 3
	stop_service
	has_rows 3
}

@test "rows are written every commit seconds" {
	write_ini "$port" "interval = 1" "commit = 1"
	meter
	service
	wait_for has_rows 3
	stop_service
}

@test "SIGINT stops it as well" {
	meter
	service
	wait_for has_rows 1
	kill -INT "$service_pid"
	wait "$service_pid"
	service_pid=
}

@test "a port that disappears and comes back is one line each" {
	write_ini "$port" "interval = 1" "commit = 1"
	service
	wait_for grep "does not exist" log
	meter
	wait_for has_rows 1
	stop_meter
	wait_for grep "has disappeared" log
	before=$(rows)
	meter --seed 2
	wait_for has_rows $((before + 2))
	[ "$(grep -c "is back after" log)" -eq 2 ]
	[ "$(wc -l <log)" -le 7 ]
	stop_service
}

@test "a TCP server that hangs up is reconnected" {
	p1sim --tcp 0 >address 3>&- &
	meter_pid=$!
	wait_for grep : address
	tcp=$(sed 's/.*://' address)
	write_ini "tcp://localhost:$tcp" "interval = 1" "commit = 1"
	service
	wait_for has_rows 1
	stop_meter
	wait_for grep "has disappeared" log
	p1sim --tcp "$tcp" 3>&- >/dev/null &
	meter_pid=$!
	wait_for grep "is back after" log
	stop_service
}

@test "SIGHUP rereads the settings and reopens the port" {
	meter
	service
	wait_for has_rows 1
	mv port other
	port=$PWD/other
	write_ini "$port" "interval = 1" "commit = 1"
	kill -HUP "$service_pid"
	wait_for has_rows 3
	[ "$(cat "$db.port")" = "115200 8N1 $port" ]
	stop_service
}

@test "after SIGHUP with wrong settings the old ones stay" {
	write_ini "$port" "interval = 1" "commit = 1"
	meter
	service
	wait_for has_rows 1
	echo nonsense = 1 >>"$ini"
	kill -HUP "$service_pid"
	wait_for grep "nonsense.*keeping the old settings" log
	wait_for has_rows 4
	stop_service
}

@test "refused telegrams are reported once, and counted" {
	meter --fault badcrc=0.5 --seed 3 --truth sent
	service
	wait_for grep "a telegram was refused: crc 1" log
	wait_for has_more_lines sent 4
	[ "$(grep -c refused log)" -eq 1 ]
	stop_service
}

@test "killed in the middle, it loses no written row" {
	write_ini "$port" "interval = 1" "commit = 1"
	meter
	service
	wait_for has_rows 2
	kill -KILL "$service_pid"
	wait "$service_pid" || true
	[ "$(sqlite3 "$db" "PRAGMA integrity_check")" = ok ]
	before=$(rows)
	service
	wait_for has_rows $((before + 1))
	stop_service
}

@test "the end of a pipe is the end of the service" {
	write_ini - "interval = 1"
	p1sim -n 3 | p1logger -c "$ini" 2>log
	has_rows 3
}

@test "a second service is 75" {
	meter
	service
	wait_for has_rows 1
	run p1logger -c "$ini" --wait 1
	ends 75 "is locked by p1logger (pid $service_pid)"
	stop_service
}

@test "systemd is told that it is ready, alive and stopping" {
	p1logger --version >/dev/null
	python3 -c 'if 1:
		import socket
		s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
		s.bind("notify")
		while True:
		    print(s.recv(1000).decode(), flush=True)' >notified 3>&- &
	meter_pid=$!
	wait_for test -S notify
	export NOTIFY_SOCKET=$PWD/notify WATCHDOG_USEC=1000000
	service
	unset NOTIFY_SOCKET WATCHDOG_USEC
	wait_for test -s log
	wait_for grep READY=1 notified
	wait_for bash -c "grep WATCHDOG=1 notified | sed -n 2p | grep ."
	wait_for grep -F "STATUS=$port is lost, no telegram yet" notified
	stop_service
	grep STOPPING=1 notified
}

@test "in the journal its lines carry their priority" {
	touch log
	JOURNAL_STREAM=$(stat -c %d:%i log)
	export JOURNAL_STREAM
	service
	unset JOURNAL_STREAM
	wait_for grep "^<4>.*does not exist" log
	stop_service
}
