#!/usr/bin/env bats
# p1logger --discover: each of the doctor's findings, produced and named.
load logger_helper

setup() {
	logger_setup
}

teardown() {
	stop_meter
	stop_holder
	stop_process
}

# The report of a port that is a serial one to p1logger, its status.
discover() { # [OPTION...]
	run as_serial p1logger -c "$ini" --discover "$@"
	echo "status $status: $output"
}

# The status, and a finding of that name at the start of a line.
finds() { # STATUS WORD [TEXT...]
	[ "$status" -eq "$1" ] || return 1
	grep -q "^$2: " <<<"$output" || return 1
	shift 2
	local text
	for text; do
		[[ ${output//$'\n'/ } == *"$text"* ]] || return 1
	done
}

process() { # COMMAND...: until stop_process or the test's end
	"$@" 3>&- &
	process_pid=$!
}

stop_process() {
	[ -z "${process_pid-}" ] || kill "$process_pid" 2>/dev/null || true
	[ -z "${process_pid-}" ] || wait "$process_pid" || true
	process_pid=
}

# A TCP meter; its address in $address.
tcp_meter() { # P1SIM-OPTION...
	p1sim --tcp 0 "$@" >address 3>&- &
	meter_pid=$!
	wait_for test -s address
	address=tcp://$(<address)
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

@test "a meter of 9600 7E1 is found at its speed" {
	meter --uart --dialect nl22 --interval 2
	discover
	[ "$status" -eq 0 ]
	[[ $output == *"Speed       9600 7E1"* ]]
	[[ $output == *"DSMR 2.2 or 3.0"* ]]
	[[ $output == *"CRC none"* ]]
}

@test "silent: nothing comes" {
	meter --silent
	discover --wait 2
	finds 75 silent "was silent for 2 s"
}

@test "silent: nothing comes over TCP" {
	tcp_meter --silent
	discover --wait 2 "$address"
	finds 75 silent "$address"
}

@test "no-request: RTS stays down" {
	meter
	P1_SHIM_RTS=stuck discover --wait 3
	finds 75 no-request "RTS"
}

@test "inverted: garbage at the right rate" {
	meter --invert
	discover --wait 10
	finds 65 inverted "inverted"
}

@test "inverted: a meter of 9600" {
	meter --invert --dialect nl22 --interval 2
	discover --wait 20
	finds 65 inverted
}

@test "inverted: over TCP" {
	tcp_meter --invert
	discover --wait 10 "$address"
	finds 65 inverted
}

@test "odd-speed: telegrams at a speed that no P1 port has" {
	meter --uart --baud 19200
	discover --wait 30
	finds 0 odd-speed "19200 8N1"
}

@test "other-speed: a serial server that is set too fast" {
	tcp_meter --dialect nl22 --interval 2 --heard 115200
	discover --wait 6 "$address"
	finds 65 other-speed "9600 7E1"
}

@test "noise: a serial server that is set too slow" {
	tcp_meter --heard 9600
	discover --wait 5 "$address"
	finds 65 noise "wrong speed"
}

@test "noise: no telegrams at any speed" {
	meter --babble
	discover --wait 5
	finds 65 noise
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

@test "modemmanager: it runs, beside another finding" {
	meter --silent
	cp "$(command -v sleep)" ModemManager
	process ./ModemManager 60
	wait_for grep -q ModemManager "/proc/$process_pid/comm"
	discover --wait 2
	finds 75 silent
	finds 75 modemmanager "ModemManager (pid $process_pid)"
}

@test "forbidden: a user who may not, and the group that may" {
	user_setup
	meter
	chgrp dialout "$(readlink "$port")" || skip "only root can"
	chmod 660 "$(readlink "$port")"
	run as_user bin/p1logger -c "$ini" --discover
	finds 77 forbidden "to group dialout"
}

@test "absent: a port that is not there" {
	discover /dev/ttyUSB99
	finds 69 absent "/dev/ttyUSB99 is not there"
}

@test "absent: a server that does not answer" {
	discover tcp://127.0.0.1:1
	finds 69 absent "127.0.0.1"
}

@test "no-port: none was named and none is there" {
	compgen -G "/dev/tty[UA][SC][BM]*" && skip "this machine has one"
	write_ini ""
	discover
	finds 69 no-port "P1 cable"
}

@test "flipped: telegrams with turned bits" {
	meter --fault flip=1
	discover --wait 8
	finds 65 flipped
}

@test "lost: telegrams that lack bytes" {
	meter --fault drop=1
	discover --wait 8
	finds 65 lost
}

@test "cut: telegrams that end early" {
	meter --fault cut=1
	discover --wait 8
	finds 65 cut
}

@test "flipped: some of them, and status 0" {
	p1sim -n 40 --fault flip=0.5 -o some
	discover some
	finds 0 flipped "of"
	[[ $output == *"CRC right"* ]]
}

@test "push: DLMS/HDLC in place of P1" {
	meter --uart --push
	discover --wait 15
	finds 65 push "DLMS"
}

@test "push: over TCP, some frames damaged" {
	tcp_meter --push --fault flip=0.3
	discover --wait 7 "$address"
	finds 65 push "DLMS"
}

@test "push: in a file" {
	p1sim --push -n 3 -o pushed
	discover pushed
	finds 65 push
}

# A meter's key, and settings with another.
keys() {
	umask 077
	echo 000102030405060708090A0B0C0D0E0F >key
	tr 0-9 1-90 <key >other
	p1sim --key key -o /dev/null || skip "built without OpenSSL"
}

@test "encrypted: and no key" {
	keys
	meter --uart --dialect lu --key key --interval 1
	discover --wait 15
	finds 65 encrypted "key_file"
}

@test "encrypted: over TCP, and a wrong key" {
	keys
	sed -i "s|^port.*|&\nkey_file = $PWD/other|" "$ini"
	tcp_meter --dialect at --key key --interval 1
	discover --wait 15 "$address"
	finds 65 encrypted "no key that opens"
}

@test "encrypted: with its key the meter is told, and the settings name it" {
	keys
	sed -i "s|^port.*|&\nkey_file = $PWD/key|" "$ini"
	meter --uart --dialect lu --key key --interval 1
	discover --wait 20
	[ "$status" -eq 0 ]
	[[ $output == *"Dialect     Smarty, Luxembourg"* ]]
	[[ $output == *"    key_file = $PWD/key"* ]]
}

# A port that says over and over what a command prints.
says() { # COMMAND
	socat -u "SYSTEM:while sleep 0.5 && $1; do true; done" \
		"PTY,link=$port,rawer,wait-slave" 3>&- &
	meter_pid=$!
	wait_for test -c "$port"
}

@test "damaged: a server between makes two line ends of one" {
	p1sim | sed 's/\r/\r\r/' >long
	says "cat long"
	discover --wait 8
	finds 65 damaged "translation of line ends"
}

@test "no-telegram: text of P1 without a beginning or an end" {
	p1sim | sed '1d; /^!/d' >middle
	says "cat middle"
	discover --wait 5
	finds 65 no-telegram "in 5 s"
}

@test "unusable: a name that is no port" {
	discover tcp://127.0.0.1
	finds 74 unusable "not of the form tcp://host:port"
	discover "$PWD"
	finds 69 absent "is a folder"
}

@test "a port that never stops does not outlast --wait" {
	discover --wait 2 /dev/zero
	finds 65 other-speed
}
