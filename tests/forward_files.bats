#!/usr/bin/env bats
# Files written by p1logger, read by other programs and by p1logger.
# shellcheck disable=SC2154,SC2030,SC2031 # the helper's variables
load forward_helper

setup() {
	forward_setup
}

teardown() {
	forward_teardown
}

two_days() { # 20 minutes before and after midnight in Amsterdam
	recorded --start 2026-03-10T22:40:00Z -n 240 --interval 10
	forward_to "[files]" "telegrams = $PWD/kept/%Y-%m-%d.txt" \
		"json = $PWD/kept/%Y-%m-%d.jsonl" "csv = $PWD/kept/%Y-%m-%d.csv"
}

@test "two days give two files of each kind with every reading" {
	two_days
	p1logger -c "$ini" 2>log
	[ "$(cat kept/2026-03-10.txt kept/2026-03-11.txt | cmp - tape)" = "" ]
	p1logger --decode tape >want
	cat kept/2026-03-10.jsonl kept/2026-03-11.jsonl | diff want -
	[ "$(wc -l <kept/2026-03-10.csv)" -eq 121 ]
	python3 - <<-'PYTHON'
		import csv, json
		rows = []
		for day in ("10", "11"):
		    rows += csv.DictReader(open("kept/2026-03-%s.csv" % day))
		for row, line in zip(rows, open("want"), strict=True):
		    r = json.loads(line, parse_float=str, parse_int=str)
		    gas = r["mbus"][0]
		    assert row["mbus1_value"] == gas["value"]
		    assert row["mbus1_time"] == gas["time"]
		    for key, value in row.items():
		        if key in r:
		            assert r[key] == value, key
		        elif not key.startswith("mbus"):
		            assert value == "", key
	PYTHON
}

@test "archives can be imported again, also gzipped" {
	two_days
	p1logger -c "$ini" 2>log
	sql "SELECT * FROM electricity" >want
	gzip kept/2026-03-10.txt
	rm -r data
	p1logger --import -c "$ini" kept/2026-03-10.txt.gz kept/2026-03-11.txt
	sql "SELECT * FROM electricity" | diff want -
}

@test "the next --once gzips the previous day" {
	two_days
	p1logger -c "$ini" 2>log
	# The service ended with its input, before it had time.
	[ -e kept/2026-03-10.txt ]
	rm -r data # or --once would leave it to the service
	p1sim --start 2026-03-10T23:30:00Z -n 1 >tape
	run p1logger --once -c "$ini"
	silent
	for kind in txt jsonl csv; do
		gzip -t "kept/2026-03-10.$kind.gz"
		[ ! -e "kept/2026-03-10.$kind" ]
		[ -e "kept/2026-03-11.$kind" ]
	done
	p1logger --import -c "$ini" kept/2026-03-10.txt.gz
}

@test "the service gzips the previous day while reading on" {
	two_days
	mkfifo pipe
	sed -i "s|^port = .*|port = $PWD/pipe|" "$ini"
	p1sim --start 2026-03-10T23:20:00Z -n 60 --interval 10 >later
	receiver bash -c 'exec 9<>pipe
		cat tape >&9
		while read -r -d ! telegram; do
			read -r crc
			printf "%s!%s\n" "$telegram" "$crc" >&9
			sleep 0.05
		done <later
		sleep 60'
	service
	for kind in txt jsonl csv; do
		wait_for test -e "kept/2026-03-10.$kind.gz"
		wait_for test ! -e "kept/2026-03-10.$kind"
	done
	kill -0 "$service_pid"
	{ zcat kept/2026-03-10.txt.gz; cat kept/2026-03-11.txt; } |
		head -c "$(wc -c <tape)" | cmp - tape
	run ! grep files: log
}

@test "the archive stays below its limit" {
	recorded --start 2026-03-10T12:00:00Z -n 6000 --interval 60
	forward_to "[files]" "telegrams = $PWD/kept/%Y-%m-%d-%H.txt" \
		"gzip = no" "limit = 1"
	p1logger -c "$ini" 2>log
	[ "$(cat kept/* | wc -c)" -le 1000000 ]
	[ "$(cat kept/* | wc -c)" -ge 900000 ]
	tail -c 900000 tape | cmp - <(cat kept/* | tail -c 900000)
	run ! grep files: log
}

@test "a file deleted for the limit while being gzipped is not an error" {
	recorded --start 2026-03-10T12:00:00Z -n 20000 --interval 60
	forward_to "[files]" "telegrams = $PWD/kept/%Y-%m-%d-%H.txt" "limit = 1"
	p1logger -c "$ini" 2>log
	[ "$(cat kept/* | wc -c)" -le 1000000 ]
	[ "$(cat kept/* | wc -c)" -ge 900000 ]
	zcat -f kept/* >kept.all
	tail -c "$(wc -c <kept.all)" tape | cmp - kept.all
	rm -r data
	p1logger --import -c "$ini" kept/*
	[ "$(rows)" -eq "$(grep -c '^!' kept.all)" ]
	run ! grep files: log
}
