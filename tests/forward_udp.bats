#!/usr/bin/env bats
# UDP output and p1web's feed, received in Python.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load forward_helper

setup() {
	forward_setup
}

teardown() {
	forward_teardown
}

@test "each reading is the same JSON line as from --decode" {
	to=$(free_port)
	recorded
	forward_to "[udp_json]" "target = 127.0.0.1:$to"
	hear_udp heard "$to"
	p1logger -c "$ini" 2>log
	p1logger --decode tape | sed "s/^/$to /" >want
	wait_for has_lines heard 61
	sed 1d heard | diff want -
}

@test "multicast reaches members of the group" {
	recorded
	to=$(free_port)
	forward_to "[udp_json]" "target = 239.255.77.7:$to" "interface = lo"
	hear_udp heard "$to@239.255.77.7"
	p1logger -c "$ini" 2>log
	wait_for has_lines heard 61
	python3 -c 'import json, sys
for line in open("heard").readlines()[1:]:
    json.loads(line.split(" ", 1)[1])'
}

@test "a broadcast reaches all listeners" {
	to=$(free_port)
	recorded
	forward_to "[udp_json]" "target = 127.255.255.255:$to"
	for name in one two; do
		receiver socat -u "UDP-RECV:$to,reuseaddr,so-rcvbuf=4000000" \
			"OPEN:$name,creat,append"
	done
	wait_for listeners 2 "$to"
	p1logger -c "$ini" 2>log
	p1logger --decode tape >want
	for name in one two; do
		wait_for has_lines "$name" 60
		diff want "$name"
	done
}

listeners() { # N PORT: N UDP sockets are bound to it
	[ "$(awk -v p=":$(printf %04X "$2")" '$2 ~ p"$"' /proc/net/udp | wc -l)" -eq "$1" ]
}

@test "the lines of the telegram, as Python Smart Meter sends them" {
	to=$(free_port)
	recorded -n 3
	forward_to "[udp_lines]" "target = 127.0.0.1:$to"
	hear_udp heard "$to"
	p1logger -c "$ini" 2>log
	tr -d '\r' <tape | sed "s/^/$to /" >want
	wait_for has_lines heard $(($(wc -l <want) + 1))
	sed 1d heard | diff want -
}

@test "values on separate ports, as p1_listener sends them" {
	recorded -n 600
	a=$(free_port) b=$(free_port) c=$(free_port) d=$(free_port)
	forward_to "[udp_values]" "host = 127.0.0.1" "timer = 3600" \
		"1-0:1.8.1 = $a" "1-0:1.7.0 = $b" "0-0:96.14.0 = $c" \
		"0-1:24.2.1 = $d"
	hear_udp heard "$a" "$b" "$c" "$d"
	p1logger -c "$ini" 2>log
	p1logger --decode tape | python3 -c '
import json, sys
last = {}
def say(port, value, news):
    if news != last.get(port):
        print(port, value)
    last[port] = news
a, b, c, d = sys.argv[1:]
for line in sys.stdin:
    r = json.loads(line)
    gas = r["mbus"][0]
    counters = last.get(d) != gas["time"]
    if counters:
        print(a, r["import_t1"])
    say(c, r["tariff"], r["tariff"])
    say(b, r["power_import"], r["power_import"])
    say(d, gas["value"], gas["time"])
' "$a" "$b" "$c" "$d" | sort >want
	wait_for has_lines heard $(($(wc -l <want) + 1))
	sed 1d heard | sort | diff want -
	[ "$(wc -l <want)" -gt 10 ]
}

@test "p1web's feed gets one datagram per reading" {
	recorded
	forward_to "[feed]" "socket = $PWD/feed"
	receiver python3 -u -c '
import socket
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
s.bind("feed")
while True:
    print(s.recv(65536).decode())' >heard
	wait_for test -S feed
	p1logger -c "$ini" 2>log
	p1logger --decode tape >want
	# Such a socket queues a few datagrams, and p1logger does not wait.
	wait_for grep -q '^{' heard
	grep '^{' heard >lines # below each is the service's state
	grep -vxF -f want lines && false
	[ "$(wc -l <lines)" -ge 5 ]
	grep -qx "port $PWD/tape" heard
}

@test "--once forwards as well, and waits for nothing but the reading" {
	to=$(free_port) to_lines=$(free_port)
	recorded -n 1
	forward_to "[udp_json]" "target = 127.0.0.1:$to" \
		"[udp_lines]" "target = 127.0.0.1:$to_lines" \
		"[files]" "csv = $PWD/files/%Y-%m-%d.csv"
	hear_udp heard "$to" "$to_lines"
	run p1logger --once -c "$ini"
	silent
	wait_for grep '^'"$to"' {"time":"2026-03-10T11:00:00Z",' heard
	wait_for grep '^'"$to_lines"' !' heard
	[ "$(wc -l <files/2026-03-10.csv)" -eq 2 ]
}

@test "an invalid setting is found before anything starts" {
	recorded -n 1
	forward_to "[udp_json]" "target = meter.example:5005"
	for mode in --once --check-config ""; do
		# shellcheck disable=SC2086 # without a mode, no argument
		run p1logger $mode -c "$ini"
		ends 78 "[udp_json] target: 'meter.example' is not a numeric address"
	done
	run p1logger --decode -c "$ini" tape
	[ "$status" -eq 0 ]
}
