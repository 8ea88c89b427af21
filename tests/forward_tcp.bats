#!/usr/bin/env bats
# The telegrams on a TCP port: for p1logger itself, socat, and slow clients.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load forward_helper

setup() {
	forward_setup
	at=127.0.0.1:$(free_port)
	forward_to "[tcp]" "listen = $at"
}

teardown() {
	forward_teardown
}

@test "a client gets complete telegrams, byte for byte" {
	meter --truth truth.csv
	service
	wait_for grep started log
	socat -u "TCP:$at,retry=50,interval=0.1" "OPEN:heard,creat,append" 3>&- &
	receivers+=($!)
	wait_for has_telegrams heard 3
	stop_service
	p1logger --decode heard >decoded 2>refused
	[ ! -s refused ]
	[ "$(wc -l <decoded)" -ge 3 ]
}

@test "a second p1logger reads what the first one forwards" {
	meter
	service
	wait_for grep started log
	printf '%s\n' "[meter]" "port = tcp://$at" "[storage]" \
		"database = $PWD/other/p1.db" "rrd =" >other.ini
	run p1logger --once -c other.ini
	silent
	stop_service
}

@test "a client that does not read is dropped, and reading continues" {
	recorded -n 5000
	mkfifo pipe
	write_ini "$PWD/pipe" "commit = 1"
	forward_to "[tcp]" "listen = $at"
	receiver bash -c 'exec 9<>pipe
		until [ -e go ]; do sleep 0.05; done
		cat tape >&9; sleep 60'
	service
	wait_for grep started log
	receiver python3 -c "
import socket, time
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
host, port = '$at'.split(':')
s.connect((host, int(port)))
open('go', 'w')
time.sleep(60)"
	wait_for grep "dropped a client that is too slow" log
	wait_for has_rows 500
	stop_service
	[ "$(grep -c "too slow" log)" -eq 1 ]
}

@test "a port in use is one line in the log, and not a reason to stop" {
	receiver socat "TCP-LISTEN:${at#*:},bind=127.0.0.1,fork" OPEN:/dev/null
	wait_for bash -c "echo >/dev/tcp/${at/://}"
	meter
	service
	wait_for has_rows 1
	stop_service
	[ "$(grep -c "tcp: listening on $at: Address already in use" log)" -eq 1 ]
}
