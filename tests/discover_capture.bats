#!/usr/bin/env bats
# p1logger --discover: what it writes, and what it masks.
load logger_helper

setup() {
	logger_setup
	p1sim --dialect nl50 -n 3 -o telegrams
}

teardown() {
	stop_meter
}

identifiers() { # FILE
	grep -aoE '0-[0-9]:96\.1\.[0-9]\([^)]*\)|^/.*' "$1" | sort -u
}

@test "--capture writes the bytes as received" {
	run p1logger -c "$ini" --discover telegrams --capture out
	[ "$status" -eq 0 ]
	cmp telegrams out
	[[ $output == *"The received bytes are in out."* ]]
}

@test "--redact masks the report and the file, and the CRC is correct" {
	meter=$(sed -n 's/^0-0:96.1.1(\(.*\)).*/\1/p' telegrams | head -1)
	gas=$(sed -n 's/^0-1:96.1.0(\(.*\)).*/\1/p' telegrams | head -1)
	[ -n "$meter" ] && [ -n "$gas" ]
	run p1logger -c "$ini" --discover telegrams --capture out --redact
	[ "$status" -eq 0 ]
	[[ $output != *"$meter"* && $output != *"$gas"* ]]
	[[ $output != *"$(perl -e 'print pack "H*", shift' "$meter")"* ]]
	run -1 grep -aqE "$meter|$gas" out
	[ "$(p1logger --decode out | grep -c '"crc":"ok"')" -eq 3 ]
	diff <(p1logger --decode telegrams | sed 's/"meter":"[^"]*"//g') \
		<(p1logger --decode out | sed 's/"meter":"[^"]*"//g')
}

@test "--redact leaves every number of every dialect" {
	texts='"(header|meter|message|message_code)":"[^"]*",?'
	for d in nl22 nl30 nl40 nl50 be lu se "fi" hu lt at ch de ebz ie ace4000 heat; do
		p1sim --dialect $d -n 3 --water --heat -o it 2>/dev/null ||
			p1sim --dialect $d -n 3 -o it
		p1logger -c /dev/null --discover it --capture out --redact >/dev/null
		p1logger --decode it 2>/dev/null >was
		p1logger --decode out 2>/dev/null >is
		[ -s was ]
		diff <(sed -E "s/$texts//g" was) <(sed -E "s/$texts//g" is)
		grep -oE '"meter":"[^"]*"' is >meters || true
		run -1 grep -vE '"meter":"[03 ]*[0-9]?[ 0]*"' meters
	done
}

@test "--redact masks the serial number of a cable in the port's name" {
	mkdir by-id
	port=$PWD/by-id/usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0
	meter --uart
	run as_serial p1logger -c /dev/null --discover "$port" --redact
	[ "$status" -eq 0 ]
	[[ $output == *"port = $PWD/by-id/usb-FTDI_FT232R_USB_UART_00000000-if00-port0"* ]]
	[[ $output != *A50285BI* ]]
	stop_meter
	run p1logger -c /dev/null --discover "$port" --redact
	[ "$status" -eq 69 ]
	[[ $output != *A50285BI* ]]
}

@test "--redact masks the host of a port and the user of a folder" {
	p1sim --tcp 0 --fast >address 3>&- &
	meter_pid=$!
	wait_for grep -q : address
	tcp=tcp://$(cat address)
	run p1logger -c /dev/null --discover "$tcp" --redact
	[ "$status" -eq 0 ]
	[[ $output == *"tcp://000.0.0.0:${tcp##*:}"* && $output != *127.0.0.1* ]]
	run p1logger -c /dev/null --discover /home/Alice/p1 --redact
	[[ $output == */home/00000/p1* && $output != *Alice* ]]
}

# Print the settings suggested by --discover as a file, with extra lines.
printed_settings() {
	sed -n '/^Lines for/,$s/^    //p' <<<"$output" | sed 's/^#extra/extra/'
}

@test "the suggested settings are complete and correct" {
	for d in nl50 hu lt; do
		meter --uart --dialect $d --interval 1 --water --heat
		run as_serial p1logger -c /dev/null --discover "$port" --wait 30
		[ "$status" -eq 0 ]
		printed_settings >printed.ini
		grep -q "^port = $port\$" printed.ini
		run p1logger -c printed.ini --check-config
		stop_meter
		[ "$status" -eq 0 ]
		[ -z "$output" ]
	done
	grep -q "^extra = " printed.ini
}

@test "settings used for reading telegrams are printed too" {
	umask 077
	echo 000102030405060708090A0B0C0D0E0F >key
	p1sim --key key --dialect lu -n 3 -o sealed || skip "built without OpenSSL"
	printf '%s\n' "[meter]" "key_file = $PWD/key" \
		"auth_key_file = $PWD/auth" "utc_offset = +1" >key.ini
	echo 00112233445566778899AABBCCDDEEFF >auth
	run p1logger -c key.ini --discover sealed
	[ "$status" -eq 0 ]
	printed_settings >printed.ini
	for line in "key_file = $PWD/key" "auth_key_file = $PWD/auth" \
		"utc_offset = +1"; do
		grep -qxF "$line" printed.ini
	done
	p1logger -c printed.ini --check-config
}

@test "the table is narrow, whatever a meter sends" {
	for d in hu lt be ace4000 de; do
		p1sim --dialect $d --water --heat -n 3 -o wide
		run p1logger -c /dev/null --discover wide
		[ "$status" -eq 0 ]
		[ "$(awk 'length($0) > 110' <<<"$output")" = "" ]
	done
}

@test "--redact writes no damaged telegrams" {
	p1sim -n 3 --fault flip=1 -o bad
	run p1logger -c "$ini" --discover bad --capture out --redact
	[ "$status" -eq 65 ]
	[ ! -s out ]
}

@test "a file that cannot be written is named" {
	run p1logger -c "$ini" --discover telegrams --capture none/out
	[ "$status" -eq 73 ]
	[[ $output == *"none/out"* ]]
}

@test "--capture and --redact work with --discover only" {
	run p1logger --once --capture out
	ends 2 "need --discover"
	run p1logger --discover a b
	ends 2 "takes one port"
}
