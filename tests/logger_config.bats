#!/usr/bin/env bats
# Arguments and settings of p1logger, and their errors.
# shellcheck disable=SC2154,SC2030,SC2031,SC2034,SC2119,SC2120 # the helper's variables and functions
load logger_helper

setup() {
	logger_setup
}

@test "unknown words are 2, with a hint" {
	for words in --nonsense -x "--config" "--wait 0 --once" "--wait x --once" \
		"file" "--import" "--once --decode" "--time-from mtime --once" \
		"--once=yes"; do
		# shellcheck disable=SC2086 # words are to be split
		run p1logger $words
		echo "$words: $status $output"
		[ "$status" -eq 2 ]
		[ "${#lines[@]}" -eq 1 ]
		[[ $output == "p1logger: "* ]]
	done
	run p1logger --nonsense
	ends 2 "--nonsense: no such option; see p1logger --help"
	run p1logger --config
	ends 2 "--config: needs a value (FILE); see p1logger --help"
}

@test "--help and --version go to stdout" {
	run --separate-stderr p1logger --help
	[ "$status" -eq 0 ] && [ -z "$stderr" ]
	[[ $output == Usage:* ]]
	run --separate-stderr p1logger -V
	[ "$status" -eq 0 ] && [ -z "$stderr" ]
	[[ $output == "p1logger "[0-9]* ]]
}

@test "--print-config prints the settings in effect, which can be read back" {
	p1logger --config "$ini" --print-config >again
	grep -x "port = $port" again
	p1logger --config again --print-config | cmp - again
}

@test "--check-config is silent when the settings are right" {
	touch "$port"
	run p1logger --config "$ini" --check-config
	silent
}

@test "--check-config tells a person that all is right, and what is changed" {
	touch "$port"
	write_ini "$port" "interval = 20"
	run script -qec "p1logger --check-config -c $ini" /dev/null </dev/null
	[ "$status" -eq 0 ]
	[ "${lines[0]}" = "$ini is valid."$'\r' ]
	[[ $output == *$'\n'"[meter] port = $port    (default: empty)"* ]]
	[[ $output == *$'\n'"[storage] rrd = empty    (default: /var/lib/p1logger/rrd)"* ]]
	[[ $output == *$'\n'"[storage] interval = 20    (default: 10)"* ]]
	[[ $output != *commit* ]]
	p1logger --check-config -v -c "$ini" | tr -d '\r' >told
	diff told <(tr -d '\r' <<<"$output")
}

@test "--check-config warns of a port that does not exist" {
	run p1logger --check-config -c "$ini"
	ends 0 "p1logger: [meter] port: $port does not exist; p1logger --discover finds"
}

@test "--check-config refuses what p1web would refuse, in the same words" {
	touch "$port" && mkdir -p data
	for bad in "[web]|listen = 5002x" "[web]|listen = 5002" "[web]|listen = meter:0" \
		"[prices]|currency = EURO" "[prices]|currency = eur" \
		"[web]|frame = ha.local" "[web]|frame = *" \
		"[web]|frame = http://ha.local:8123/lovelace" \
		"[web]|token_for_reading = yes" "[web]|token_file = $PWD/none"; do
		write_ini "$port"
		tr '|' '\n' <<<"$bad" >>"$ini"
		run p1logger --check-config -c "$ini"
		key=${bad#*|}
		ends 78 "p1logger: $ini: ${bad%%|*} ${key%% =*}"
		[ -x "$P1_BIN/p1web" ] || continue
		said=${output#p1logger: "$ini": }
		run p1web -c "$ini"
		ends 78 "p1web: $said"
	done
}

@test "--check-config does not refuse a token that its user may not read" {
	user_setup
	touch "$port"
	(umask 077 && echo 0123456789abcdef >token)
	printf '%s\n' "[web]" "token_file = $PWD/token" >>"$ini"
	run p1logger --check-config -c "$ini"
	silent
	[ "$(id -u)" -eq 0 ] || return 0
	run as_user bin/p1logger --check-config -c "$ini"
	ends 0 "[web] token_file $PWD/token: Permission denied: not checked"
}

@test "wrong settings are 78 and name file, key and value" {
	for bad in "interval = 0" "nonsense = 1" "timezone = Mars/Phobos"; do
		printf '[storage]\n%s\n' "$bad" >bad.ini
		for mode in --check-config --print-config --once --decode; do
			run p1logger $mode -c bad.ini
			ends 78 "p1logger: bad.ini: " "[storage] ${bad%% =*}" "${bad##*= }"
		done
	done
	run p1logger --once -c "$PWD/absent.ini"
	echo "$status $output"
	[ "$status" -ne 0 ]
	[[ $output == *absent.ini* ]]
}

@test "an impossible port is 78" {
	for bad in tcp://host tcp://host:0 tcp://host:70000 "$PWD"; do
		write_ini "$bad"
		run p1logger --once -c "$ini"
		ends 78 "$bad"
	done
}

@test "--config works in any position, and the current folder does not matter" {
	printf 'nonsense\n' >p1logger.ini
	run p1logger --version
	[ "$status" -eq 0 ]
	run p1logger --once --wait 1 -c "$ini"
	ends 69 "$port does not exist"
}

@test "an impossible port or database is found by --check-config" {
	for bad in tcp://localhost tcp://localhost:0 tcp://:80 http://meter \
		localhost:80 tcp:localhost:80 "$PWD"; do
		write_ini "$bad"
		run p1logger --check-config -c "$ini"
		ends 78 "p1logger: $ini: [meter] port: $bad"
	done
	for good in "" - tcp://localhost:80 "tcp://[::1]:80" /dev/none \
		"/dev/serial/by-id/usb-a:b" none; do
		write_ini "$good"
		p1logger --check-config -c "$ini"
	done
	db=$PWD write_ini ""
	run p1logger --check-config -c "$ini"
	ends 78 "p1logger: $ini: [storage] database: $PWD is a folder"
	db='' write_ini ""
	run p1logger --check-config -c "$ini"
	ends 78 "[storage] database: it is not a file name"
}

@test "a missing settings file is 78 for all programs, in the same words" {
	look_for_leaks
	for program in "p1logger --once" "p1logger --check-config" \
		"p1graph --day" p1rrd p1web; do
		[ -x "$P1_BIN/${program%% *}" ] || continue
		run $program -c absent.ini
		ends 78 "${program%% *}: the settings file absent.ini does not exist"
	done
}

@test "a key before any section is reported as such" {
	echo "port = /dev/ttyUSB0" >"$ini"
	run p1logger --check-config -c "$ini"
	ends 78 "$ini: the key 'port' is outside any [section]"
}

@test "a database that does not exist yet is one sentence for readers" {
	look_for_leaks
	write_ini ""
	sed -i "s|^rrd =|rrd = $PWD/rrd|" "$ini"
	for program in "p1graph --day -o day.png" p1rrd "p1logger --verify"; do
		run $program -c "$ini"
		ends 69 "database $db: it does not exist; p1logger creates it with its first reading"
	done
}

@test "decoding or importing a folder is 69" {
	mkdir folder
	write_ini ""
	run p1logger --decode folder -c "$ini"
	ends 69 "folder is a folder, not a file"
	run p1logger --import folder -c "$ini"
	ends 69 "folder is a folder, not a file"
}

@test "p1graph reports a meter that the household lacks" {
	look_for_leaks
	p1sim -n 1 --start 2026-03-10T12:00:00Z --no-gas -o telegram
	write_ini "$PWD/telegram"
	p1logger --once -c "$ini"
	p1graph --day 2026-03-10 -o day.png -c "$ini"
	for medium in gas water warm-water; do
		run p1graph --$medium --day -o day.png -c "$ini"
		ends 65 "p1graph: the database has no readings from a ${medium/-/ } meter"
		[ -s day.png ]
	done
}
