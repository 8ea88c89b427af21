#!/usr/bin/env bats
# A lost port comes back: each kind of loss separately.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034 # the helper's variables and functions
load logger_helper

setup() {
	logger_setup
	write_ini "$port" "interval = 1" "commit = 1"
}

teardown() {
	[ -z "${service_pid-}" ] || kill -KILL "$service_pid" 2>/dev/null || true
	stop_meter
	stop_holder
	[ -z "${net-}" ] || ip link del "v$net" 2>/dev/null || true
	[ -z "${net-}" ] || kill "$net" 2>/dev/null || true
	[ ! -e log ] || sed 's/^/log: /' log
}

gap() { # the longest time without a row, s
	sql "SELECT max(d) FROM (SELECT ts - lag(ts) OVER (ORDER BY ts) AS d
		FROM electricity)"
}

@test "the time without a port is a gap in the journal, and loses no Wh" {
	p1sim --tcp 0 --interval 1 >listening 3>&- &
	meter_pid=$!
	wait_for grep : listening
	cable=("PTY,link=$port,rawer" "TCP:localhost:$(sed 's/.*://' listening)")
	socat "${cable[@]}" 3>&- &
	holder_pid=$!
	wait_for test -c "$port"
	service
	wait_for has_rows 3
	stop_holder
	wait_for grep "has disappeared" log
	sleep 4
	before=$(rows)
	socat "${cable[@]}" 3>&- &
	holder_pid=$!
	wait_for has_rows $((before + 3))
	[ "$(gap)" -ge 4 ]
	[ "$(sql "SELECT (SELECT sum(import_wh) FROM hourly_wh) =
		max(import_t1_wh + import_t2_wh) - min(import_t1_wh + import_t2_wh)
		FROM electricity")" = 1 ]
}

@test "a port that sends noise for a while is still the same port" {
	mkfifo speech
	socat -u PIPE:speech "PTY,link=$port,rawer" 3>&- &
	holder_pid=$!
	exec 4>speech
	wait_for test -c "$port"
	p1sim -n 40 --start "$(date -u -d '-2 minutes' +%Y-%m-%dT%H:%M:%SZ)" \
		--interval 1 -o telegrams
	p1logger -c "$ini" 2>log 3>&- 4>&- &
	service_pid=$!
	wait_for listens
	head -c 8000 telegrams >&4
	wait_for has_rows 2
	for _ in 1 2 3; do
		head -c 3000 /dev/urandom >&4
		sleep 0.3
	done
	before=$(rows)
	tail -c 12000 telegrams >&4
	wait_for has_rows $((before + 5))
	[ "$(grep -c "is back after" log)" = 0 ]
	exec 4>&-
}

there() { # COMMAND...: on the other machine; ip's own way would leave a mount
	nsenter --net="/proc/$net/ns/net" "$@"
}

is_apart() {
	[ "$(readlink "/proc/$net/ns/net")" != "$(readlink /proc/self/ns/net)" ]
}

# The cable to another machine is unplugged: no FIN, no RST, only silence.
@test "a TCP peer that vanishes silently is dropped after 30 s" {
	address=198.18.$((BASHPID % 250)) # not used by another test
	unshare --net true 2>/dev/null ||
		skip "may not make a network of its own here"
	unshare --net sleep 300 3>&- &
	net=$!
	wait_for is_apart
	ip link add "v$net" type veth peer name eth0 netns "$net"
	ip addr add $address.1/30 dev "v$net"
	ip link set "v$net" up
	there ip addr add $address.2/30 dev eth0
	there ip link set eth0 up
	nsenter --net="/proc/$net/ns/net" p1sim --tcp $address.2:7777 \
		--interval 1 >listening 3>&- &
	meter_pid=$!
	wait_for grep : listening
	write_ini tcp://$address.2:7777 "interval = 1" "commit = 1"
	service
	wait_for has_rows 2
	ip link set "v$net" down
	wait_for grep "has been silent for 30 s" log ||
		wait_for grep "has been silent for 30 s" log
	before=$(rows)
	ip link set "v$net" up
	wait_for has_rows $((before + 2))
	wait_for grep "is back after" log
	[ "$(gap)" -ge 29 ]
	[ "$(wc -l <log)" -le 6 ]
}
