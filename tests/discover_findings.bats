#!/usr/bin/env bats
# p1logger --discover: a port that is silent, held, forbidden or missing.
load discover_helper

setup() {
	logger_setup
}

teardown() {
	discover_teardown
}

@test "telegrams: port, speed, dialect, every line, settings" {
	meter --uart
	discover
	[ "$status" -eq 0 ]
	[[ $output == *"Speed       115200 8N1"* ]]
	[[ $output == *"Dialect     DSMR 5.0, the Netherlands"* ]]
	[[ $output == *"Interval    1 s"* ]]
	[[ $output == *"M-Bus 1     gas, "* ]]
	[[ $output == *"phases.voltage_l2_mv"* ]]
	[[ $output == *"    port = $port"* ]]
	[ "$(awk '{ if (length($0) > 100) print }' <<<"$output")" = "" ]
}

@test "silent: nothing comes" {
	meter --silent
	discover --wait 2
	finds 75 silent "was silent for 2 s"
}

@test "silent: nothing comes over TCP" {
	tcp_meter --silent
	discover --wait 2 "$address"
	finds 75 silent "$address accepted the connection" "only one program"
	[[ $output != *"another cable"* ]]
}

@test "no-request: RTS stays low" {
	meter
	P1_SHIM_RTS=stuck discover --wait 3
	finds 75 no-request "RTS"
}

@test "held: by another program, which is named" {
	meter
	hold flock "$port" sleep 60
	wait_for grep -q flock "/proc/$holder_pid/comm"
	discover
	finds 75 held "is in use by flock (pid $holder_pid)"
}

@test "held-by-modemmanager" {
	meter
	cp "$(command -v flock)" ModemManager
	hold ./ModemManager "$port" sleep 60
	wait_for grep -q ModemManager "/proc/$holder_pid/comm"
	discover
	finds 75 held-by-modemmanager "ModemManager (pid $holder_pid)"
}

@test "modemmanager: it is running, in addition to another finding" {
	meter --silent
	cp "$(command -v sleep)" ModemManager
	process ./ModemManager 60
	wait_for grep -q ModemManager "/proc/$process_pid/comm"
	discover --wait 2
	finds 75 silent
	finds 75 modemmanager "ModemManager (pid $process_pid)"
}

@test "forbidden: a user without access, and the group that has it" {
	user_setup
	meter
	chgrp dialout "$(readlink "$port")" || skip "only root can"
	chmod 660 "$(readlink "$port")"
	run as_user bin/p1logger -c "$ini" --discover
	finds 77 forbidden "to group dialout"
}

@test "absent: a missing port" {
	discover /dev/ttyUSB99
	finds 69 absent "/dev/ttyUSB99 does not exist"
}

@test "absent: a server that does not respond" {
	discover tcp://127.0.0.1:1
	finds 69 absent "127.0.0.1"
	[[ $output == *firewall* && $output != *by-id* ]]
}

@test "no-port: none was given and none exists" {
	compgen -G "/dev/tty[UA][SC][BM]*" && skip "this machine has one"
	write_ini ""
	discover
	finds 69 no-port "P1 cable"
}

@test "a name that is not a port" {
	discover tcp://127.0.0.1
	ends 2 "not of the form tcp://host:port"
	discover "$PWD"
	ends 2 "is a folder"
	discover localhost:23
	ends 2 "localhost:23: not a path; did you mean tcp://localhost:23?"
}

@test "a port that never stops sending does not outlast --wait" {
	discover --wait 2 /dev/zero
	finds 65 other-speed
}
