#!/usr/bin/env bats
# p1logger --discover: telegrams damaged in transit.
load discover_helper

setup() {
	logger_setup
}

teardown() {
	discover_teardown
}

@test "flipped: telegrams with flipped bits" {
	meter --fault flip=1 --speed 10
	discover --wait 60
	finds 65 flipped
}

@test "lost: telegrams with missing bytes" {
	meter --fault drop=1 --speed 10
	discover --wait 60
	finds 65 lost
}

@test "cut: truncated telegrams" {
	meter --fault cut=1 --speed 10
	discover --wait 5
	finds 65 cut
}

@test "flipped: only some of them, and status 0" {
	p1sim -n 40 --fault flip=0.5 -o some
	discover some
	finds 0 flipped "of"
	[[ $output == *"CRC correct"* ]]
}

# A port that repeats the output of a command.
says() { # COMMAND
	socat -u "SYSTEM:while sleep 0.5 && $1; do true; done" \
		"PTY,link=$port,rawer,wait-slave" 3>&- &
	meter_pid=$!
	wait_for test -c "$port"
}

@test "line-ends: a server in between doubles line ends" {
	p1sim | sed 's/\r/\r\r/' >long
	says "cat long"
	discover --wait 60
	finds 65 line-ends "CR LF" "let it pass raw bytes"
}

@test "line-ends: CR alone, and LF LF" {
	p1sim -n 3 | tr -d '\n' >cr
	p1sim -n 3 | tr '\r' '\n' >lf
	for name in cr lf; do
		discover "$PWD/$name"
		finds 65 line-ends "3 of 3 telegrams would be correct"
	done
}

@test "other-crc: whole telegrams with the CRC of X.25" {
	printf '%s\r\n' '/HLY5\D545-METER' '' '1-3:0.2.8(50)' \
		'0-0:1.0.0(250513214120S)' '1-0:1.8.0(031108.121*kWh)' '!02A9' >x25
	discover "$PWD/x25"
	finds 65 other-crc "1 of 1 telegrams have a" "correct CRC-16, but not the kind"
}

@test "mbus: wired M-Bus in place of P1" {
	for i in {1..300}; do
		printf '\x68\x04\x04\x68\x53\xFF\x00\x01\x53\x16'
	done >mbus
	discover "$PWD/mbus"
	finds 65 mbus "wired M-Bus"
}

@test "damaged: bytes are added" {
	p1sim | sed 's/^1-0/#&/' >longer
	discover "$PWD/longer"
	finds 65 damaged "a wrong CRC"
}

@test "no-telegram: P1 text without a start or an end" {
	p1sim | sed '1d; /^!/d' >middle
	says "cat middle"
	discover --wait 5
	finds 65 no-telegram "in 5 s"
}
