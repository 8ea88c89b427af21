#!/usr/bin/env bats
# Receivers that are dead, full or missing do not disturb reading the meter.
# bats file_tags=plain
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load forward_helper

setup() {
	forward_setup
	has_mqtt || skip "built without MQTT"
}

teardown() {
	forward_teardown
}

now_ms() {
	date +%s%3N
}

# Enable all outputs, without a receiver. BROKER is host:port; PIPE has no
# reader, or one that does not read.
all_dead() { # BROKER [PIPE]
	mkfifo nobody
	forward_to "[udp_json]" "target = 127.0.0.1:9" \
		"[udp_lines]" "target = 127.0.0.1:9" \
		"[udp_values]" "host = 127.0.0.1" \
		"[mqtt]" "broker = $1" "homeassistant = homeassistant" \
		"[tcp]" "listen = 127.0.0.1:$(free_port)" \
		"[files]" "telegrams = $PWD/nowhere/at/all/%F.txt" \
		"json = /dev/full" "csv = $PWD/${2-nobody}" \
		"[feed]" "socket = $PWD/nowhere/feed"
}

# A full pipe.
full_pipe() {
	mkfifo full
	receiver python3 -c "
import os, time
pipe = os.open('full', os.O_RDWR | os.O_NONBLOCK)
try:
    while True:
        os.write(pipe, bytes(4096))
except BlockingIOError:
    open('filled', 'w')
time.sleep(100)"
	wait_for test -e filled
}

# A port that accepts connections and never responds.
mute_broker() {
	local port

	port=$(free_port)
	receiver python3 -c "
import socket, time
s = socket.socket()
s.bind(('127.0.0.1', $port)); s.listen(9)
open('mute', 'w')
time.sleep(100)"
	wait_for test -e mute
	mute=127.0.0.1:$port
}

# A port on a machine that does not respond: connecting hangs for minutes.
black_hole() {
	hole=127.0.0.1:$(free_port)
	receiver python3 -c "
import socket, time
at = ('127.0.0.1', ${hole#*:})
s = socket.socket(); s.bind(at); s.listen(0)
full = [socket.socket() for i in range(8)]
for c in full:
    c.setblocking(False); c.connect_ex(at)
time.sleep(0.3)
open('hole', 'w')
time.sleep(100)"
	wait_for test -e hole
}

# Measure --once in ms, into $took.
once() {
	local began

	rm -rf nobody data
	"$@"
	began=$(now_ms)
	run p1logger --once -c "$ini"
	took=$(($(now_ms) - began))
	[ "$status" -eq 0 ]
	[ "$(rows)" = 1 ]
	[ "${#lines[@]}" -le 2 ]
}

# One second, plus the noise of a busy machine: one of three attempts must pass.
no_longer() { # COMMAND...: writes the settings
	local without i

	for i in 1 2 3; do
		once write_ini "$PWD/tape"
		without=$took
		once "$@"
		echo "without $without ms, with $took ms: $output"
		[ $((took - without)) -gt 3000 ] || return 0
	done
	return 1
}

deaf() { # BROKER PIPE
	write_ini "$PWD/tape"
	all_dead "$@"
}

@test "--once takes no more than a second longer if all receivers are dead" {
	mute_broker
	black_hole
	full_pipe
	recorded -n 1
	no_longer deaf "127.0.0.1:$(free_port)" nobody
	no_longer deaf "$mute" full
	no_longer deaf "$hole" full
}

@test "--once reports in one line that a broker accepts nothing" {
	mute_broker
	recorded -n 1
	for broker in "127.0.0.1:$(free_port)" "$mute"; do
		write_ini "$PWD/tape"
		forward_to "[mqtt]" "broker = $broker"
		rm -rf data
		run p1logger --once -c "$ini"
		[ "$status" -eq 0 ]
		[ "${#lines[@]}" -eq 1 ]
		[[ ${lines[0]} == "p1logger: mqtt: $broker: "* ]]
	done
}

@test "the service reads on, and reports it once per output" {
	mute_broker
	write_ini "$port" "interval = 1" "commit = 1"
	all_dead "$mute"
	meter --interval 1
	service
	wait_for has_rows 6
	wait_for has_rows 9
	stop_service
	[ "$(sql "SELECT count(*) FROM electricity")" -eq \
		"$(sql "SELECT max(ts) - min(ts) + 1 FROM electricity")" ]
	[ "$(grep -c files: log)" -eq 1 ]
	[ "$(grep -c mqtt: log)" -le 1 ]
	[ "$(wc -l <log)" -le 4 ]
}

@test "SIGTERM and SIGHUP are not delayed by a dead broker" {
	black_hole
	meter
	forward_to "[mqtt]" "broker = $hole"
	service
	wait_for has_rows 1
	kill -HUP "$service_pid"
	wait_for bash -c '[ "$(grep -c started log)" -eq 2 ]'
	began=$(now_ms)
	stop_service
	[ $(($(now_ms) - began)) -le 10000 ] # connecting would hang for minutes
}

@test "SIGHUP changes the outputs" {
	one=$(free_port) two=$(free_port)
	meter
	forward_to "[udp_json]" "target = 127.0.0.1:$one"
	hear_udp heard "$one" "$two"
	service
	wait_for grep -q "^$one {" heard
	sed -i "s/:$one/:$two/" "$ini"
	kill -HUP "$service_pid"
	wait_for grep -q "^$two {" heard
	sed -i "s/:$two/:none/" "$ini"
	kill -HUP "$service_pid"
	wait_for grep -q "\[udp_json] target: .*keeping the old settings" log
	last=$(wc -l <heard)
	wait_for has_lines heard $((last + 1))
	stop_service
}
