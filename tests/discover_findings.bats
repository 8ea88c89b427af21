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
	discover --wait 30
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
	discover --wait 6 "$address"
	finds 65 noise "wrong speed"
}

@test "noise: no telegrams at any speed" {
	meter --babble
	discover --wait 8
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
	discover --wait 20
	finds 65 flipped
}

@test "lost: telegrams that lack bytes" {
	meter --fault drop=1
	discover --wait 20
	finds 65 lost
}

@test "cut: telegrams that end early" {
	meter --fault cut=1
	discover --wait 20
	finds 65 cut
}

@test "flipped: some of them, and status 0" {
	p1sim -n 40 --fault flip=0.5 -o some
	discover some
	finds 0 flipped "of"
	[[ $output == *"CRC right"* ]]
}

# HDLC frames of 32 bytes between their flags, with right checks.
hdlc() {
	python3 - <<-'EOF'
		import sys
		def crc(data):
		    c = 0xFFFF
		    for b in data:
		        c ^= b
		        for _ in range(8):
		            c = c >> 1 ^ (0x8408 if c & 1 else 0)
		    return (c ^ 0xFFFF).to_bytes(2, "little")
		head = bytes([0xA0, 32, 0x41, 0x03, 0x13])
		body = head + crc(head) + bytes(range(0x80, 0x97))
		frame = b"\x7e" + body + crc(body) + b"\x7e"
		sys.stdout.buffer.write(frame * 3)
	EOF
}

@test "push: DLMS/HDLC in place of P1" {
	hdlc >pushed
	discover pushed
	finds 65 push "DLMS"
}

@test "encrypted: and no key" {
	# DB 08, a title of 8 bytes, 82 and a length of 117, 30, the rest.
	{
		for _ in 1 2; do
			printf '\xdb\x08TITLE123\x82\x00\x75\x30'
			head -c 116 /dev/zero | tr '\0' '\203'
		done
	} >secret
	discover secret
	finds 65 encrypted "key"
}
