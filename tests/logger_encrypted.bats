#!/usr/bin/env bats
# Encrypted telegrams through the programs: keys from files, line faults.
# shellcheck disable=SC2154 # variables of logger_helper
load logger_helper

setup() {
	logger_setup
	umask 077
	echo 000102030405060708090A0B0C0D0E0F >key
	echo 00112233445566778899AABBCCDDEEFF >auth
	p1sim --key key -o /dev/null || skip "built without OpenSSL"
	printf '[meter]\nkey_file = %s\n' "$PWD/key" >key.ini
	printf '[meter]\nkey_file = %s\nauth_key_file = %s\n' "$PWD/key" \
		"$PWD/auth" >both.ini
}

decoded() { # INI FILE: count decoded telegrams
	p1logger -c "$1" --decode "$2" 2>refused | wc -l
}

@test "plain and encrypted give the same readings" {
	for d in lu at; do
		p1sim --dialect $d --start 2025-01-15 -n 20 -o plain
		p1sim --dialect $d --start 2025-01-15 -n 20 --key key -o sealed
		p1logger -c /dev/null --decode plain >want
		p1logger -c key.ini --decode sealed >is
		cmp want is
		p1logger -c both.ini --decode sealed >is
		cmp want is
		p1logger -c both.ini --decode plain >is
		cmp want is
	done
}

@test "a missing or wrong key is reported" {
	p1sim --dialect lu --start 2025-01-15 -n 3 --key key -o sealed
	run -65 p1logger -c /dev/null --decode sealed
	[[ $output == *"refused 3: cipher 3"* ]]
	tr 0-9 1-90 <key >other
	printf '[meter]\nkey_file = %s\n' "$PWD/other" >other.ini
	run -65 p1logger -c other.ini --decode sealed
	[[ $output == *"refused 3: cipher 3"* ]]
	p1sim --dialect lu --start 2025-01-15 -n 3 --key key --auth-key key -o sealed
	[ "$(decoded key.ini sealed)" = 3 ]
	run -65 p1logger -c both.ini --decode sealed
	[[ $output == *"refused 3: cipher 3"* ]]
}

@test "line faults cost only the telegrams they hit" {
	for fault in flip cut headless drop garbage dup ff; do
		p1sim --dialect lu --start 2025-01-15 -n 300 --key key \
			--fault $fault=0.2 --truth t -o sealed
		want=$(awk -F, 'NR > 1 { n += $3 } END { print n }' t)
		[ "$(decoded both.ini sealed)" = "$want" ]
	done
}

@test "no message or listing contains a key; a readable key file is refused" {
	chmod 644 key
	run -78 p1logger -c key.ini --decode /dev/null
	[[ $output == *"can read it too"* ]]
	run -78 p1logger -c key.ini --check-config
	run -0 p1logger -c key.ini --print-config
	[[ $output != *0001020304* ]]
}

@test "--import and --once use the keys too" {
	cat both.ini - >both-too.ini <<-END
		port = $PWD/sealed
		[storage]
		database = $db
		rrd =
	END
	p1sim --dialect lu --start 2025-01-15 -n 30 --key key -o sealed
	p1logger -c both-too.ini --import sealed
	[ "$(sqlite3 "$db" 'SELECT count(*) FROM electricity')" = 30 ]
	rm -r "${db%/*}"
	p1logger -c both-too.ini --once
	[ "$(sqlite3 "$db" 'SELECT count(*) FROM electricity')" = 1 ]
}
