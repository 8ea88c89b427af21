#!/usr/bin/env bats
# p1logger --discover: speeds, polarity and noise.
load discover_helper

setup() {
	logger_setup
}

teardown() {
	discover_teardown
}

@test "a 9600 7E1 meter is found at its speed" {
	meter --uart --dialect nl22 --interval 2
	discover
	[ "$status" -eq 0 ]
	[[ $output == *"Speed       9600 7E1"* ]]
	[[ $output == *"DSMR 2.2 or 3.0"* ]]
	[[ $output == *"has no CRC"* ]]
}

@test "inverted: garbage at the right rate" {
	meter --invert
	discover --wait 60
	finds 65 inverted "inverted"
}

@test "inverted: a 9600 meter" {
	meter --invert --dialect nl22 --interval 2
	discover --wait 60
	finds 65 inverted
}

@test "inverted: over TCP" {
	tcp_meter --invert
	discover --wait 60 "$address"
	finds 65 inverted
}

@test "odd-speed: telegrams at a speed that no P1 port has" {
	meter --uart --baud 19200 --interval 2
	discover --wait 120
	finds 0 odd-speed "19200 8N1"
}

@test "other-speed: a serial server set too fast" {
	tcp_meter --dialect nl22 --interval 2 --heard 115200
	discover --wait 6 "$address"
	finds 65 other-speed "9600 7E1"
}

@test "noise: a serial server set too slow" {
	tcp_meter --heard 9600
	discover --wait 5 "$address"
	finds 65 noise "wrong speed"
}

@test "noise: no telegrams at any speed" {
	meter --babble
	discover --wait 5
	finds 65 noise
}
