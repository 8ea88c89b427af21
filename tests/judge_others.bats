#!/usr/bin/env bats
# Two electricity meters in turn on one port: one counts, the other is named.
# shellcheck disable=SC2154,SC2034,SC2119,SC2120 # the helper's variables and functions
load logger_helper

setup() {
	logger_setup
	PYTHONPATH=$BATS_TEST_DIRNAME python3 -c 'if 1:
		from judge_telegrams import checksum, stamp, START
		import sys
		for i in range(120):
		    name = ("4141414141", "4242424242")[i % 2]
		    text = (f"/TST5\\2TEST\r\n\r\n1-3:0.2.8(50)\r\n"
		            f"0-0:1.0.0({stamp(START + i * 10)})\r\n"
		            f"0-0:96.1.1({name})\r\n"
		            f"1-0:1.8.1({1000 + i % 2 * 5000 + i / 1000:010.3f}*kWh)\r\n"
		            f"1-0:1.7.0({i % 2 + 1:02d}.000*kW)\r\n!").encode()
		    sys.stdout.buffer.write(text + b"%04X\r\n" % checksum(text))
		' >turns
}

teardown() {
	[ -z "${service_pid-}" ] || kill -KILL "$service_pid" 2>/dev/null || true
}

sentence="the electricity meter BBBBB has been taking turns with AAAAA on this port"

@test "the log and --verify name it, and it is in no total" {
	write_ini "$PWD/turns" "commit = 1"
	service
	wait_for grep -q "$sentence" log
	stop_service || true
	[ "$(grep -c "$sentence" log)" = 1 ]
	[ "$(sql "SELECT import_wh FROM daily_wh")" = 118 ]
	[ "$(sql "SELECT count(*) FROM other_electricity")" = 60 ]
	run -0 p1logger --verify -c "$ini"
	[[ $output == *"$sentence"* ]]
	service
	wait_for grep -q "$sentence" log
	stop_service || true
}

@test "files get the telegrams of both, and the values of one" {
	printf '%s\n' "[files]" "telegrams = $PWD/raw" "json = $PWD/json" >>"$ini"
	sed -i "s|^port =.*|port = $PWD/turns|" "$ini"
	p1logger -c "$ini" --import turns
	service
	wait_for bash -c "[ \$(grep -c 4242424242 raw) = 60 ]"
	stop_service || true
	[ "$(grep -c 4141414141 json)" = 60 ]
	run -1 grep 4242424242 json
}

@test "[meter] identifier names the house's" {
	p1logger -c "$ini" --import turns
	sed -i "s|^port =.*|&\nidentifier = 4242424242|" "$ini"
	p1logger -c "$ini" --check-config
	p1logger -c "$ini" --import turns
	[ "$(sql "SELECT m.identifier, count(*) FROM electricity AS r
		JOIN meter AS m ON m.id = r.meter GROUP BY 1")" = "4242424242|60" ]
	[ "$(sql "SELECT count(*) FROM other_electricity")" = 60 ]
	[ "$(sql "SELECT import_wh FROM daily_wh")" = 118 ]
	p1logger -c "$ini" --verify
}

@test "[meter] also adds it" {
	p1logger -c "$ini" --import turns
	sed -i "s|^port =.*|port = $PWD/turns\nalso = BBBBB, 4343434343|" "$ini"
	p1logger -c "$ini" --check-config
	service
	wait_for grep -q "4343434343, which was never seen on this port" log
	stop_service || true
	[ "$(grep -c "The electricity meter BBBBB is added to the house's totals" log)" = 1 ]
	run -1 grep "$sentence" log
	[ "$(sql "SELECT import_wh FROM daily_wh")" = 236 ]
	[ "$(sql "SELECT count(*) FROM other_electricity")" = 60 ]
	run -0 p1logger --verify -c "$ini"
	[[ $output != *"$sentence"* ]]
	sed -i "s|^also =.*|&\nidentifier = 4242424242|" "$ini"
	run -78 p1logger -c "$ini" --check-config
	[[ $output == *"[meter] also: 'BBBBB' is the house's meter, which [meter] identifier names"* ]]
}

@test "RRD files follow [meter] also" {
	sed -i "s|^rrd =.*|rrd = $PWD/rrd|" "$ini"
	p1logger -c "$ini" --import turns
	p1rrd -c "$ini" --verify
	for also in 4242424242 4343434343 "4343434343 BBBBB" ""; do
		sed -i "/^also/d; s|^port =.*|&\nalso = $also|" "$ini"
		p1logger -c "$ini" --import turns
		p1rrd -c "$ini"
		p1rrd -c "$ini" --verify
		p1logger -c "$ini" --verify
	done
}

@test "a backup has it, and --quarantine judges it" {
	p1logger -c "$ini" --import turns
	mkdir copies
	p1logger -c "$ini" --backup "$PWD/copies"
	[ "$(sqlite3 copies/*.db "SELECT count(*) FROM other_electricity")" = 60 ]
	p1logger -c "$ini" --quarantine reject 2026-01-09T09:05:00Z..2026-01-09T09:06:00Z \
		--meter 4242424242 --yes
	[ "$(sql "SELECT count(*) FROM other_electricity")" = 57 ]
	[ "$(sql "SELECT count(*) FROM held")" = 3 ]
	[ "$(sql "SELECT count(*) FROM electricity")" = 60 ]
	p1logger -c "$ini" --verify
}
