#!/usr/bin/env bats
# Malicious clients: refused, with bounded memory, beside one that is served.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load web_helper

setup() {
	web_setup 60
}

teardown() {
	web_teardown
}

abuse() { # see web_abuse.py, without the port
	timeout 280 python3 "$BATS_TEST_DIRNAME/web_abuse.py" "$web_port" "$@"
}

memory_kb() { # of p1web
	awk '/VmRSS/ { print $2 }' "/proc/$web_pid/status"
}

# Its memory after COMMAND is the same as before, within KB.
keeps_memory() { # KB COMMAND...
	local before after

	before=$(memory_kb)
	"${@:2}"
	after=$(memory_kb)
	echo "memory: $before KB, then $after KB"
	is_sanitized || [ "$after" -le $((before + $1)) ]
}

# The sanitizers report nothing.
ends_well() {
	kill -TERM "$web_pid"
	wait "$web_pid"
	[ ! -s weblog ]
}

@test "10,000 bad requests are refused, and leave nothing behind" {
	web
	abuse requests 2000
	keeps_memory 1024 abuse requests 10000
	ends_well
}

@test "the same with a token for reading: no bad request passes" {
	echo abcdefghijklmnopqrstuvwxyz >token
	chmod 640 token
	web "token_file = $PWD/token" "token_for_reading = yes"
	abuse requests 1000 abcdefghijklmnopqrstuvwxyz
	ends_well
}

@test "WebSockets that violate the protocol are closed" {
	web
	say '{"time":"2026-03-10T11:00:00Z"}'
	abuse sockets 200
	keeps_memory 1024 abuse sockets 1000
	ends_well
}

@test "half requests that are kept open block nobody" {
	web "clients = 100"
	keeps_memory 4096 abuse hold 300
	ends_well
}

@test "a client that asks much and reads nothing blocks nobody, and costs a few MB" {
	recorded -n 20000
	p1logger --import -c "$ini" tape
	forward_to "[feed]" "socket = $feed" "[web]" "listen = 127.0.0.1:$web_port" \
		"rate = 0" "work = 0" "clients = 300"
	web
	path='/api/v1/power?from=2026-03-10&to=2026-03-11&step=1'
	get "$path" >answer
	[ "$(wc -c <answer)" -ge 100000 ]
	abuse stall 250 "$path"
	most=$(awk '/VmHWM/ { print $2 }' "/proc/$web_pid/status")
	echo "at most $most KB, for $((250 * $(wc -c <answer) / 1024)) KB of answers"
	is_sanitized || [ "$most" -lt 32768 ]
	ends_well
}
