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
	[[ $output == *"CRC right"* ]]
}

# A port that repeats the output of a command.
says() { # COMMAND
	socat -u "SYSTEM:while sleep 0.5 && $1; do true; done" \
		"PTY,link=$port,rawer,wait-slave" 3>&- &
	meter_pid=$!
	wait_for test -c "$port"
}

@test "damaged: a server in between doubles line ends" {
	p1sim | sed 's/\r/\r\r/' >long
	says "cat long"
	discover --wait 60
	finds 65 damaged "line-end translation"
}

@test "no-telegram: P1 text without a start or an end" {
	p1sim | sed '1d; /^!/d' >middle
	says "cat middle"
	discover --wait 5
	finds 65 no-telegram "in 5 s"
}
